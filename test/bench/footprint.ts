import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

import { ensureN8n } from '../n8n/host/install';
import { downloadGrowth } from '../n8n/support/growth';
import { startSuite, type Suite } from '../n8n/support/suite';
import { atMost, median, type Row } from './table';

const FILE_MIB = 1024;
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

/**
 * A 1 GiB file from the file host into n8n's binary store. V8 keeps discarded network buffers until its young
 * generation is full, so the growth is measured twice: in this n8n as it is, and in one whose young generation is
 * small, which shows what is in use.
 */
export async function downloads(suite: Suite): Promise<Row[]> {
	const small = await startSuite({ env: { NODE_OPTIONS: '--max-semi-space-size=1' } });
	try {
		const inUse = await downloadGrowth(small, FILE_MIB);
		const first = await downloadGrowth(suite, FILE_MIB);
		const later = [await downloadGrowth(suite, FILE_MIB), await downloadGrowth(suite, FILE_MIB), await downloadGrowth(suite, FILE_MIB)];
		return [
			atMost("1 GiB download: growth of n8n's memory in use", inUse, 64, ' MiB'),
			atMost('  growth of the peak, buffers not yet collected included', median(later), 64, ' MiB'),
			{ what: '  the same for the first large file of a process', figure: `${first.toFixed(0)} MiB`, goal: '-', ok: true },
		];
	} finally {
		await small.stop();
	}
}
