import { createAvatar, HEYGEN, heyGenNode, runNode, scripts, type Suite } from '../n8n/support/suite';
import { atMost, exactly, median, type Row } from './table';

/** Send as Batch. */
export async function batches(suite: Suite): Promise<Row[]> {
	await suite.sandbox.configure({ jobSeconds: 1 });
	const parameters = createAvatar({
		avatarId: {
			__rl: true,
			mode: 'id',
			value: "={{ $json.n === 123 ? 'no_such_look' : 'look_bruno_office_01' }}",
		},
		waitForCompletion: true,
		download: [],
		options: { sendAsBatch: true, title: '={{ $json.title }}' },
	});
	const heygen = heyGenNode(suite, parameters, { onError: 'continueErrorOutput' });
	const execution = await runNode(suite, scripts(250), heygen);
	const { requests } = await suite.sandbox.stats();
	const titles = execution.items(HEYGEN).map((item) => item.json.title);
	const expected = scripts(250).filter(({ n }) => n !== 123).map(({ title }) => title);
	return [
		exactly('Send as Batch, 250 items: create requests', requests['POST /v3/videos/batches']?.['202'] ?? 0, 3),
		exactly('  results in order', String(titles.join() === expected.join()), 'true'),
		exactly('  failed alone', execution.items(HEYGEN, 1).length, 1),
	];
}

/** Get Many of 10,000 videos, and of 30. */
export async function lists(suite: Suite): Promise<Row[]> {
	await suite.sandbox.seed(10_000);
	const timeOf = async (parameters: { returnAll: boolean; limit?: number }) => {
		const heygen = heyGenNode(suite, { operation: 'getAll', simplify: true, ...parameters });
		const execution = await runNode(suite, [{}], heygen);
		return {
			items: execution.items(HEYGEN).length,
			time: execution.nodes[HEYGEN]?.runs[0]?.executionTimeMs ?? NaN,
		};
	};
	const listed = async () => (await suite.sandbox.stats()).requests['GET /v3/videos']?.['200'] ?? 0;
	const all = await timeOf({ returnAll: true });
	const requestsForAll = await listed();
	await timeOf({ returnAll: false, limit: 30 });
	const requestsFor30 = (await listed()) - requestsForAll;
	const perPage: number[] = [];
	for (let round = 0; round < 3; round++) {
		const quarter = await timeOf({ returnAll: false, limit: 2_500 });
		const whole = await timeOf({ returnAll: true });
		perPage.push(whole.time / 100 / (quarter.time / 25));
	}
	return [
		exactly('Get Many, 10,000 videos: items', all.items, 10_000),
		exactly('  requests', requestsForAll, 100),
		exactly('  requests for a limit of 30', requestsFor30, 1),
		atMost('  time a page, 100 pages / 25 pages', median(perPage), 1.5),
	];
}
