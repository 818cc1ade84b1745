import { manySleepers } from './support/sleepers';
import { startSuite, useSuite } from './support/suite';

/** Many executions that sleep at the same time, in an n8n of one process. */

jest.setTimeout(600_000);

const suite = useSuite(startSuite);

it('200 at once: n8n grows by less than 50 MiB, and all wake up and end well', async () => {
	const { growth, seconds, finished, made, looks } = await manySleepers(suite, 200);
	process.stdout.write(`200 executions that sleep: n8n's memory has grown by ${growth.toFixed(0)} MiB; from the first end to the last ${seconds.toFixed(0)} s\n`);
	expect([finished, made]).toEqual([200, 200]);
	expect(growth).toBeLessThan(50);
	// One look each, and another one for those that woke up too early.
	expect(looks).toBeLessThanOrEqual(400);
});
