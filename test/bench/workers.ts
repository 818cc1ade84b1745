import { N8nCluster } from '../n8n/host/cluster';
import { packedPackage } from '../n8n/host/pack';
import { createsUnderRateLimit, deliveries, jobsUnderJobLimit, killedWhileWaiting, wokenElsewhere } from '../n8n/support/queue';
import { manySleepers } from '../n8n/support/sleepers';
import { HEYGEN, type Suite, withSandbox } from '../n8n/support/suite';
import { simulated } from './pace';
import { atMost, exactly, type Row } from './table';

/** n8n in queue mode: two workers, a webhook processor, Redis and PostgreSQL; and processes that share one limit, simulated. */
export async function workers(): Promise<Row[]> {
	const rows = await simulated('gateLimits', 'processes that', (line) => /^scaling: (.*?) {2,}(.*)$/.exec(line)?.slice(1));
	const cluster = await N8nCluster.start(packedPackage());
	try {
		const suite = await withSandbox(cluster.main);
		const creates = await createsUnderRateLimit(suite);
		const jobs = await jobsUnderJobLimit(suite);
		const { sent, handedOn } = await deliveries(cluster, suite, 200, 50);
		const { ended, made, replayed } = await wokenElsewhere(cluster, suite, [20, 20]);
		const killed = await killedWhileWaiting(cluster, suite);
		await suite.stop();
		const twice = handedOn.length - new Set(handedOn).size;
		const files = ended.flatMap((execution) => execution.items(HEYGEN)).filter(({ binary }) => Number(binary?.video?.bytes) > 0);
		return [
			...rows,
			exactly('2 workers, 300 creates of 4 executions at 20 requests/s: videos', creates.made, 300),
			atMost('  time / ideal', creates.factor, 1.6),
			atMost('  refused requests', 100 * creates.refused, 25, ' %'),
			exactly('2 workers, 100 videos of 2 executions with 10 at a time: videos', jobs.made, 100),
			exactly('  at a time', jobs.atATime, 10),
			atMost('  time / ideal', jobs.factor, 1.5),
			exactly('250 events through main process and webhook processor: handed on', new Set(handedOn).size, sent.length),
			exactly('  of them twice', twice, 0),
			exactly('2 executions that sleep, both workers killed: videos with files', files.length, 40),
			exactly('  videos made, and creates repeated', `${made} and ${replayed}`, '40 and 0'),
			exactly('an execution that waits, both workers killed: videos of it and of the next one', killed.made, 10),
			exactly('  all of them in the log; the next execution', `${killed.isLogged ? 'yes' : 'no'}; ${killed.again.status}`, 'yes; success'),
		];
	} finally {
		await cluster.stop();
	}
}

/** Many executions that sleep at the same time, in one process. */
export async function sleeping(suite: Suite): Promise<Row[]> {
	const { growth, seconds, finished, made, looks } = await manySleepers(suite, 200);
	return [
		exactly('200 executions that sleep: finished with their file', finished, 200),
		exactly('  videos', made, 200),
		atMost('  growth of what n8n has in use while they sleep', growth, 50, ' MiB'),
		atMost('  seconds from the first that has woken up and ended to the last', seconds, 60),
		atMost('  requests for states', looks, 400),
	];
}
