import { downloadGrowth } from './downloadGrowth';
import { startSuite, type Suite } from './suite';

/** Large files must stream: what n8n's memory grows by may not depend on their size. */

jest.setTimeout(600_000);

let suite: Suite;

beforeAll(async () => {
	// V8 keeps a few hundred MiB of discarded network buffers before it collects them, however much is free. A small
	// young generation makes it collect often, so that the peak shows what is in use.
	suite = await startSuite({ env: { NODE_OPTIONS: '--max-semi-space-size=1' } });
});

afterAll(async () => {
	await suite?.stop();
});

it('downloads 1 GiB with less than 64 MiB of memory', async () => {
	// What else n8n does meanwhile only adds to it.
	const growth = Math.min(await downloadGrowth(suite, 1024), await downloadGrowth(suite, 1024));
	process.stdout.write(`1 GiB download: n8n's memory grew by ${growth.toFixed(0)} MiB at its peak\n`);
	expect(growth).toBeLessThan(64);
});
