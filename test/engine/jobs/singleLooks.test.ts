/** Jobs whose states HeyGen tells only one by one: how many looks there are at a time, and whom they are about. */
import { timing } from '../../../nodes/engine/basics/timing';
import { HeyGenVideo } from '../../../nodes/HeyGenVideo/HeyGenVideo.node';
import { SandboxClient } from '../../sandbox/client';
import type { SimpleJobName } from '../../sandbox/jobs/job';
import { startNode } from '../support/harness';
import { endOf, ID_FROM_ITEM, idItems, jsonOf, linksOf, nodeRun, requestsTo, useSandbox, useTiming } from '../support/support';

useTiming();
const sandbox = useSandbox({ jobSeconds: 1, jobQueueSeconds: 0.1, latencyMs: 10 });

/** Most looks of an account at a time. */
const MOST = 10;

const kinds: ReadonlyArray<readonly [SimpleJobName, string, string]> = [
	['clipping', 'jobId', 'GET /v3/ai-clipping/{job_id}'],
	['hyperframes', 'renderId', 'GET /v3/hyperframes/renders/{render_id}'],
];

describe.each(kinds)('%s', (name, parameter, endpoint) => {
	async function started(count: number): Promise<string[]> {
		const client = new SandboxClient(sandbox().url);
		return await Promise.all(Array.from({ length: count }, async () => String(await client.createJob(name))));
	}

	async function waitFor(ids: readonly string[]) {
		const parameters = { resource: name, operation: 'wait', [parameter]: ID_FROM_ITEM, download: [] };
		return await endOf(startNode(nodeRun(new HeyGenVideo(), sandbox(), parameters, { items: idItems(ids) })));
	}

	/** When each job was looked at, in milliseconds. */
	function looksByJob(): Map<string, number[]> {
		const looks = new Map<string, number[]>();
		for (const { path, time } of requestsTo(sandbox(), endpoint)) {
			const id = path.split('/').at(-1) ?? '';
			looks.set(id, [...(looks.get(id) ?? []), time]);
		}
		return looks;
	}

	it('100 of them are looked at ten at a time, and none twice in a tick', async () => {
		const ids = await started(100);
		const result = await waitFor(ids);
		expect(result.originalError).toBeUndefined();
		expect(new Set(linksOf(result)).size).toBe(100);
		expect(sandbox().stats().maxInFlight[endpoint]).toBeLessThanOrEqual(MOST);
		const looks = looksByJob();
		expect([...looks.keys()].sort()).toEqual([...ids].sort());
		// A look begins a tick after the one before it has ended, however slow the machine is.
		for (const times of looks.values()) {
			times.slice(1).forEach((time, before) => expect(time - (times[before] as number)).toBeGreaterThanOrEqual(timing.pollFirst));
		}
	});

	it('one that many items wait for is looked at once for all of them', async () => {
		const [id = ''] = await started(1);
		const result = await waitFor(Array.from({ length: 20 }, () => id));
		expect(new Set(linksOf(result)).size).toBe(20);
		expect(new Set(jsonOf(result).map(({ status }) => status))).toEqual(new Set(['completed']));
		expect(sandbox().stats().maxInFlight[endpoint]).toBe(1);
	});

	it('several runs of an account share the ten', async () => {
		const ids = await started(60);
		await Promise.all([ids.slice(0, 30), ids.slice(30)].map(async (half) => await waitFor(half)));
		expect(sandbox().stats().maxInFlight[endpoint]).toBeLessThanOrEqual(MOST);
		expect(looksByJob().size).toBe(60);
	});
});
