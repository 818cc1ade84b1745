import { createAvatar, HEYGEN, heyGenNode, runNode, scripts, startSuite, type Suite } from './suite';

/** Large files must stream: what n8n's memory grows by may not depend on their size. */

jest.setTimeout(600_000);

const MIB = 1024 ** 2;
const FILE = 1024 * MIB;

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
	const heygen = heyGenNode(suite, createAvatar({ download: ['video'] }));
	const run = async (fileBytes: number) => {
		await suite.sandbox.configure({ jobSeconds: 0, jobQueueSeconds: 0, fileBytes });
		return await runNode(suite, scripts(1), heygen, 300_000);
	};
	// What the first download of a process loads is not what is measured.
	await run(MIB);
	await suite.n8n.resetPeakRss();
	const before = await suite.n8n.rssBytes();
	const execution = await run(FILE);
	const growth = (await suite.n8n.peakRssBytes()) - before;
	const file = execution.items(HEYGEN)[0]?.binary?.video;
	expect((await suite.n8n.client.hashBinary(file?.id ?? '')).bytes).toBe(FILE);
	process.stdout.write(`1 GiB download: n8n's memory grew by ${(growth / MIB).toFixed(0)} MiB at its peak\n`);
	expect(growth).toBeLessThan(64 * MIB);
});
