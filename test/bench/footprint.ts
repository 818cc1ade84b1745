import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { ensureN8n } from '../n8n/host/install';
import { createAvatar, HEYGEN, heyGenNode, runNode, scripts, type Suite } from '../n8n/suite';
import { atMost, exactly, median, type Row } from './table';

const MIB = 1024 ** 2;
const ROUNDS = 5;

/** What it takes n8n to load the package's nodes, n8n's own modules being there already. */
export async function loading(suite: Suite): Promise<Row[]> {
	const { nodeBin, dir } = await ensureN8n();
	const dist = path.join(
		suite.n8n.userFolder,
		'.n8n/nodes/node_modules/n8n-nodes-heygen-suite/dist',
	);
	const script = `
		require('n8n-workflow'); require('zod'); require('lodash/set'); require('lodash/omit');
		const from = process.hrtime.bigint();
		const { HeyGenVideo } = require(${JSON.stringify(`${dist}/nodes/HeyGenVideo/HeyGenVideo.node.js`)});
		const { HeyGenSuiteApi } = require(${JSON.stringify(`${dist}/credentials/HeyGenSuiteApi.credentials.js`)});
		new HeyGenVideo(); new HeyGenSuiteApi();
		process.stdout.write(String(Number(process.hrtime.bigint() - from) / 1e6));`;
	const times: number[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		const { stdout } = await promisify(execFile)(nodeBin, ['-e', script], {
			cwd: dir,
			env: { ...process.env, NODE_PATH: path.join(dir, 'node_modules') },
		});
		times.push(Number(stdout));
	}
	return [atMost("Loading the package's nodes", median(times), 50, ' ms')];
}

/** A 1 GiB file from the file host into n8n's binary store. */
export async function downloads(suite: Suite): Promise<Row[]> {
	await suite.sandbox.configure({ jobSeconds: 0, jobQueueSeconds: 0, fileBytes: 1024 * MIB });
	const heygen = heyGenNode(suite, createAvatar({ download: ['video'] }));
	// A small file first: what the first download of a process loads is not what is measured.
	await suite.sandbox.configure({ fileBytes: MIB });
	await runNode(suite, scripts(1), heygen);
	await suite.sandbox.configure({ fileBytes: 1024 * MIB });
	await suite.n8n.resetPeakRss();
	const before = await suite.n8n.rssBytes();
	const execution = await runNode(suite, scripts(1), heygen, 300_000);
	const peak = await suite.n8n.peakRssBytes();
	const file = execution.items(HEYGEN)[0]?.binary?.video;
	const { bytes } = await suite.n8n.client.hashBinary(file?.id ?? '');
	return [
		exactly('1 GiB download: bytes stored', bytes, 1024 * MIB),
		atMost("  growth of n8n's memory at the peak", (peak - before) / MIB, 64, ' MiB'),
	];
}
