import type { Execution } from '../n8n/host/execution';
import { createAvatar, HEYGEN, heyGenNode, runNode, scripts, type Suite } from '../n8n/support/suite';
import { atMost, exactly, type Row } from './table';

const ITEMS = 200;

function videoIds(execution: Execution): Set<unknown> {
	return new Set(execution.items(HEYGEN).map((item) => item.json.video_id));
}

/** Creates against a limit of 20 requests a second; the tenth second brings the last of 200, so 9 s is ideal. */
export async function rateLimit(suite: Suite): Promise<Row[]> {
	await suite.sandbox.configure({ latencyMs: 50, rateLimit: { requests: 20, perSeconds: 1 } });
	const heygen = heyGenNode(suite, createAvatar({ waitForCompletion: false }));
	const execution = await runNode(suite, scripts(ITEMS), heygen);
	const { refused429, requestsTotal, videosCreated } = await suite.sandbox.stats();
	const seconds = (execution.nodes[HEYGEN]?.runs[0]?.executionTimeMs ?? NaN) / 1_000;
	return [
		exactly('200 creates at 20 requests/s: videos', videosCreated, ITEMS),
		exactly('  different videos handed on', videoIds(execution).size, ITEMS),
		atMost('  time / ideal 9 s', seconds / 9, 1.2),
		atMost('  refused requests', (100 * refused429) / requestsTotal, 10, ' %'),
	];
}

/** Creates with waiting while only 20 jobs may run. */
export async function jobLimit(suite: Suite): Promise<Row[]> {
	const jobSeconds = 2;
	await suite.sandbox.configure({ concurrentJobs: 20, jobSeconds, jobQueueSeconds: 0 });
	const heygen = heyGenNode(suite, createAvatar({ waitForCompletion: true, download: [] }));
	const execution = await runNode(suite, scripts(ITEMS), heygen, 300_000);
	const { videosCreated, refused429, requestsTotal } = await suite.sandbox.stats();
	const finished = execution.items(HEYGEN).filter((item) => item.json.status === 'completed');
	const seconds = (execution.nodes[HEYGEN]?.runs[0]?.executionTimeMs ?? NaN) / 1_000;
	const ideal = (ITEMS / 20) * jobSeconds;
	return [
		exactly('200 creates with 20 running jobs at most: finished', finished.length, ITEMS),
		exactly('  videos', videosCreated, ITEMS),
		exactly('  execution', execution.status, 'success'),
		{
			what: '  time / ideal; refused requests',
			figure: `${(seconds / ideal).toFixed(2)}; ${((100 * refused429) / requestsTotal).toFixed(0)} %`,
			goal: '-',
			ok: true,
		},
	];
}

/** Status requests while 200 videos are running. */
export async function waiting(suite: Suite): Promise<Row[]> {
	await suite.sandbox.configure({ jobSeconds: 12 });
	const heygen = heyGenNode(suite, createAvatar({ waitForCompletion: true, download: [] }));
	await runNode(suite, scripts(ITEMS), heygen);
	const { requests } = await suite.sandbox.stats();
	const count = (route: string) =>
		Object.values(requests[route] ?? {}).reduce((sum: number, value) => sum + (value ?? 0), 0);
	const statuses = count('GET /v3/videos/statuses');
	return [
		exactly('200 running videos: status requests a tick', statuses % 2 === 0 ? 2 : 'odd', 2),
		exactly('  GETs of a video', count('GET /v3/videos/{video_id}'), ITEMS),
		{ what: '  ticks', figure: String(statuses / 2), goal: '-', ok: true },
	];
}
