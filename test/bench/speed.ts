import { setTimeout as sleep } from 'node:timers/promises';

import camelCase from 'lodash/camelCase';
import mapKeys from 'lodash/mapKeys';
import type { INode } from 'n8n-workflow';

import { feed, node, TRIGGER } from '../n8n/host/workflow';
import { createAvatar, HEYGEN, heyGenNode, LOOK, scripts, type Suite } from '../n8n/support/suite';
import { atMost, median, type Row } from './table';
import { startTlsFront } from './tls';

const LATENCY_MS = 50;
const ROUNDS = 5;

/** Body parameters of a create, as both nodes send them. */
type Parameters = Record<string, string>;

/** The script comes from the input, all else is fixed. */
const ONE_EXPRESSION: Parameters = { script: '={{ $json.script }}' };

const FIVE_EXPRESSIONS: Parameters = {
	...ONE_EXPRESSION,
	title: '={{ $json.title }}',
	callback_id: '={{ "row-" + $json.n }}',
	callback_url: '={{ "https://example.com/done/" + $json.n }}',
	motion_prompt: '={{ "waves " + $json.n + " times" }}',
};

/** Where the creates go. */
interface Target {
	url: string;
	isTls: boolean;
}

/**
 * Creates without a limit, against n8n's own HTTP Request node with a header credential in the same server. Both send
 * the same body; the times are those of the nodes alone, and the rounds alternate.
 */
export async function againstHttpRequest(suite: Suite): Promise<Row[]> {
	await suite.sandbox.configure({ latencyMs: LATENCY_MS });
	const plain = { url: suite.sandbox.url, isTls: false };
	return [
		await compare(suite, plain, 200, 1.15),
		await compare(suite, plain, 1_000, 0.95),
	];
}

/** The same over TLS, as HeyGen is reached: n8n opens a connection for every request. */
export async function overTls(suite: Suite): Promise<Row[]> {
	await suite.sandbox.configure({ latencyMs: LATENCY_MS });
	const front = await startTlsFront(suite.sandbox.url);
	try {
		const target = { url: front.url, isTls: true };
		return [await compare(suite, target, 200, 1.15), await compare(suite, target, 1_000, 0.95)];
	} finally {
		await front.stop();
	}
}

/**
 * The same with five expressions in each item, and how long n8n answers nothing meanwhile. n8n evaluates the expressions of
 * all items before anything is sent.
 */
export async function expressions(suite: Suite): Promise<Row[]> {
	await suite.sandbox.configure({ latencyMs: LATENCY_MS });
	const target = { url: suite.sandbox.url, isTls: false };
	const ratio = await compare(suite, target, 1_000, 1.1, FIVE_EXPRESSIONS);
	const longest = await longestSilence(suite, async () => {
		await nodeTime(suite, 1_000, await ours(suite, target, FIVE_EXPRESSIONS));
	});
	return [ratio, atMost('… longest time in which n8n does not answer /healthz', longest / 1_000, 1, ' s')];
}

/** Milliseconds that the slowest of n8n's answers takes while something is going on. */
async function longestSilence(suite: Suite, work: () => Promise<void>): Promise<number> {
	let isOver = false;
	let longest = 0;
	const watching = (async () => {
		while (!isOver) {
			const askedAt = performance.now();
			await (await fetch(`${suite.n8n.url}/healthz`)).text();
			longest = Math.max(longest, performance.now() - askedAt);
			await sleep(20);
		}
	})();
	await work();
	isOver = true;
	await watching;
	return longest;
}

async function httpRequest(suite: Suite, { url, isTls }: Target, parameters: Parameters): Promise<INode> {
	const header = await suite.n8n.client.createCredential({
		name: `Header ${url}`,
		type: 'httpHeaderAuth',
		data: { name: 'x-api-key', value: suite.sandbox.apiKey },
	});
	const fixed = { type: 'avatar', avatar_id: LOOK };
	return node(
		HEYGEN,
		'n8n-nodes-base.httpRequest',
		4.2,
		{
			method: 'POST',
			url: `${url}/v3/videos`,
			authentication: 'genericCredentialType',
			genericAuthType: 'httpHeaderAuth',
			sendBody: true,
			bodyParameters: {
				parameters: Object.entries({ ...fixed, ...parameters }).map(([name, value]) => ({ name, value })),
			},
			options: isTls ? { allowUnauthorizedCerts: true } : {},
		},
		{ credentials: { httpHeaderAuth: header } },
	);
}

async function ours(suite: Suite, { url, isTls }: Target, { script, ...options }: Parameters): Promise<INode> {
	const credential = await suite.n8n.client.createCredential({
		name: `HeyGen ${url}`,
		type: 'heyGenSuiteApi',
		data: { apiKey: suite.sandbox.apiKey, baseUrl: url },
	});
	const parameters = createAvatar({
		waitForCompletion: false,
		script,
		options: mapKeys(options, (_value, name) => camelCase(name)),
		...(isTls ? { requestOptions: { allowUnauthorizedCerts: true } } : {}),
	});
	return heyGenNode({ ...suite, credential }, parameters);
}

async function compare(
	suite: Suite,
	target: Target,
	items: number,
	goal: number,
	parameters = ONE_EXPRESSION,
): Promise<Row> {
	const theirs = await httpRequest(suite, target, parameters);
	const own = await ours(suite, target, parameters);
	const ratios: number[] = [];
	// The first round warms both up.
	for (let round = 0; round <= ROUNDS; round++) {
		const reference = await nodeTime(suite, items, theirs);
		const time = await nodeTime(suite, items, own);
		if (round > 0) ratios.push(time / reference);
	}
	const count = Object.keys(parameters).length;
	const how = `${count === 1 ? '' : `, ${count} expressions`}${target.isTls ? ', TLS' : ''}`;
	return atMost(`${items} creates at ${LATENCY_MS} ms${how}, time / HTTP Request node's`, median(ratios), goal);
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
