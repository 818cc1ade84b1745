import type { INode } from 'n8n-workflow';

import { feed, node, TRIGGER } from '../n8n/host/workflow';
import { createAvatar, HEYGEN, heyGenNode, LOOK, scripts, type Suite } from '../n8n/support/suite';
import { atMost, median, type Row } from './table';

const LATENCY_MS = 50;
const ROUNDS = 5;

/**
 * Creates without a limit, against n8n's own HTTP Request node with a header credential in the same server. Both send
 * the same body with the script taken from the input; the times are those of the nodes alone, and the rounds alternate.
 */
export async function againstHttpRequest(suite: Suite): Promise<Row[]> {
	await suite.sandbox.configure({ latencyMs: LATENCY_MS });
	const header = await suite.n8n.client.createCredential({
		name: 'Header',
		type: 'httpHeaderAuth',
		data: { name: 'x-api-key', value: suite.sandbox.apiKey },
	});
	const httpRequest = () =>
		node(
			HEYGEN,
			'n8n-nodes-base.httpRequest',
			4.2,
			{
				method: 'POST',
				url: `${suite.sandbox.url}/v3/videos`,
				authentication: 'genericCredentialType',
				genericAuthType: 'httpHeaderAuth',
				sendBody: true,
				bodyParameters: {
					parameters: [
						{ name: 'type', value: 'avatar' },
						{ name: 'avatar_id', value: LOOK },
						{ name: 'script', value: '={{ $json.script }}' },
					],
				},
				options: {},
			},
			{ credentials: { httpHeaderAuth: header } },
		);
	const ours = () => heyGenNode(suite, createAvatar({ waitForCompletion: false }));
	return [
		await compare(suite, 200, 1.15, ours, httpRequest),
		await compare(suite, 1_000, 0.95, ours, httpRequest),
	];
}

async function compare(
	suite: Suite,
	items: number,
	goal: number,
	ours: () => INode,
	theirs: () => INode,
): Promise<Row> {
	const ratios: number[] = [];
	// The first round warms both up.
	for (let round = 0; round <= ROUNDS; round++) {
		const reference = await nodeTime(suite, items, theirs());
		const time = await nodeTime(suite, items, ours());
		if (round > 0) ratios.push(time / reference);
	}
	return atMost(
		`${items} creates at ${LATENCY_MS} ms, time / HTTP Request node's`,
		median(ratios),
		goal,
	);
}

/** Milliseconds that a node took for its items, in a run that must succeed for all of them. */
async function nodeTime(suite: Suite, items: number, measured: INode): Promise<number> {
	const execution = await suite.n8n.client.runWorkflow(feed('Speed', scripts(items), measured), {
		startNode: TRIGGER,
		timeoutMs: 120_000,
	});
	const done = execution.items(HEYGEN).length;
	if (execution.status !== 'success' || done !== items) {
		throw new Error(`${measured.type}: ${execution.status}, ${done} items. ${execution.error ?? ''}`);
	}
	return execution.nodes[HEYGEN]?.runs[0]?.executionTimeMs ?? NaN;
}
