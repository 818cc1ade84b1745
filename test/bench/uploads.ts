import type { IDataObject, INode } from 'n8n-workflow';

import { node } from '../n8n/host/workflow';
import { mp4Of, putFile, readFiles } from '../n8n/support/files';
import { MIB, uploadGrowth } from '../n8n/support/growth';
import { assetNode, HEYGEN, runNodes, startSuite, type Suite } from '../n8n/support/suite';
import { atMost, exactly, median, type Row } from './table';

const LATENCY_MS = 50;
const ROUNDS = 5;
const SMALL_BYTES = 100_000;
/** As many as the node moves at a time, and fewer than it sends in batches. */
const FEW = 8;
const MANY = 100;
const LARGE_MIB = 1024;

/** Uploads of small files against n8n's own HTTP Request node, and memory while a large file goes up. */
export async function uploads(suite: Suite): Promise<Row[]> {
	return [...(await againstForms(suite)), ...(await growth(suite))];
}

/**
 * The HTTP Request node sends each file as a form with a header credential, all at once. The times are those of the
 * nodes alone; the rounds alternate.
 */
async function againstForms(suite: Suite): Promise<Row[]> {
	await suite.sandbox.configure({ latencyMs: LATENCY_MS });
	const header = await suite.n8n.client.createCredential({
		name: 'Header',
		type: 'httpHeaderAuth',
		data: { name: 'x-api-key', value: suite.sandbox.apiKey },
	});
	const forms = () =>
		node(
			HEYGEN,
			'n8n-nodes-base.httpRequest',
			4.2,
			{
				method: 'POST',
				url: `${suite.sandbox.url}/v3/assets`,
				authentication: 'genericCredentialType',
				genericAuthType: 'httpHeaderAuth',
				sendBody: true,
				contentType: 'multipart-form-data',
				bodyParameters: {
					parameters: [{ parameterType: 'formBinaryData', name: 'file', inputDataFieldName: 'data' }],
				},
				options: {},
			},
			{ credentials: { httpHeaderAuth: header } },
		);
	const ours = () => assetNode(suite, { operation: 'upload' });
	const paths: IDataObject[] = [];
	for (let n = 0; n < MANY; n++) {
		// Files of one content would be uploaded once.
		const { path } = await putFile(suite.n8n, `small-${n}.mp4`, mp4Of(SMALL_BYTES, `small ${n}`));
		paths.push({ path });
	}
	const few = await ratio(suite, paths.slice(0, FEW), ours, forms);
	const many = await ratio(suite, paths, ours, forms);
	const requestsBefore = (await suite.sandbox.stats()).requestsTotal;
	await nodeTime(suite, paths, ours());
	const requests = (await suite.sandbox.stats()).requestsTotal - requestsBefore;
	const { keysSeenOnFileHost } = await suite.sandbox.stats();
	return [
		plain(`${FEW} uploads as forms at ${LATENCY_MS} ms, time / HTTP Request node's`, few.toFixed(2)),
		plain(`${MANY} uploads in batches, time / HTTP Request node's as forms`, many.toFixed(2)),
		plain('  requests to the API, without the files themselves', String(requests)),
		exactly('  keys shown to the file host', keysSeenOnFileHost, 0),
	];
}

/** Time of the one node as a part of the other's, in the middle one of the rounds. */
async function ratio(suite: Suite, items: IDataObject[], ours: () => INode, theirs: () => INode): Promise<number> {
	const ratios: number[] = [];
	// The first round warms both up.
	for (let round = 0; round <= ROUNDS; round++) {
		const reference = await nodeTime(suite, items, theirs());
		const time = await nodeTime(suite, items, ours());
		if (round > 0) ratios.push(time / reference);
	}
	return median(ratios);
}

/** Milliseconds that a node took for the files of its items, in a run in which each of them became an asset. */
async function nodeTime(suite: Suite, items: IDataObject[], measured: INode): Promise<number> {
	const { assetsCreated } = await suite.sandbox.stats();
	const execution = await runNodes(suite, items, [readFiles('={{ $json.path }}'), measured]);
	const done = (await suite.sandbox.stats()).assetsCreated - assetsCreated;
	if (execution.status !== 'success' || done !== items.length) {
		throw new Error(`${measured.type}: ${execution.status}, ${done} assets. ${execution.error ?? ''}`);
	}
	return execution.nodes[HEYGEN]?.runs[0]?.executionTimeMs ?? NaN;
}

/** Measured as downloads are, in an n8n as it is and in one that shows what is in use. */
async function growth(suite: Suite): Promise<Row[]> {
	const small = await startSuite({ env: { NODE_OPTIONS: '--max-semi-space-size=1' } });
	const measure = async (of: Suite) => {
		const film = await putFile(of.n8n, 'film.mp4', mp4Of(LARGE_MIB * MIB));
		const growths: number[] = [];
		for (let round = 0; round < 3; round++) growths.push((await uploadGrowth(of, [film])).growth);
		return growths;
	};
	try {
		const inUse = await measure(small);
		const peaks = await measure(suite);
		return [
			atMost("1 GiB upload: growth of n8n's memory in use", median(inUse), 64, ' MiB'),
			plain('  growth of the peak, buffers not yet collected included', `${median(peaks).toFixed(0)} MiB`),
		];
	} finally {
		await small.stop();
	}
}

/** A figure without a goal. */
function plain(what: string, figure: string): Row {
	return { what, figure, goal: '-', ok: true };
}
