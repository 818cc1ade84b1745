import { statSync } from 'node:fs';
import path from 'node:path';

import { mp4Of, putFile, readFiles } from './support/files';
import { growthOf, MIB } from './support/growth';
import {
	assetNode,
	createAvatar,
	HEYGEN,
	heyGenNode,
	runNode,
	runNodes,
	scripts,
	startSuite,
	useSuite,
} from './support/suite';

/** A server that keeps files in its database, as n8n does by default in queue mode. */

jest.setTimeout(600_000);

/** MiB of the largest file that n8n stores there unless told otherwise. */
const N8N_LIMIT = 512;

const suite = useSuite(async () => await startSuite({ env: { N8N_DEFAULT_BINARY_DATA_MODE: 'database' } }));

function report(what: string, growth: number): void {
	process.stdout.write(`${what}: n8n's memory grew by ${growth.toFixed(0)} MiB at its peak\n`);
}

it('uploads 100 MiB and downloads them again, byte by byte', async () => {
	const film = await putFile(suite.n8n, 'film.mp4', mp4Of(100 * MIB));
	const read = await growthOf(suite, async () => await runNodes(suite, [{}], [readFiles(film.path)]));
	report('Read Files alone, 100 MiB into the database', read.growth);
	expect(read.result.items('Read Files')[0]?.binary?.data?.id).toMatch(/^database:/);

	const up = await growthOf(
		suite,
		async () => await runNodes(suite, [{}], [readFiles(film.path), assetNode(suite, { operation: 'upload' })]),
	);
	report('Read Files and upload of 100 MiB', up.growth);
	expect([up.result.status, up.result.error]).toEqual(['success', undefined]);
	const id = up.result.items(HEYGEN)[0]?.json.asset_id;
	expect(await suite.sandbox.assets()).toEqual([expect.objectContaining({ id, sha256: film.sha256 })]);

	const download = assetNode(suite, { operation: 'download', assetId: String(id) });
	const down = await growthOf(suite, async () => await runNode(suite, [{}], download));
	report('Download of 100 MiB', down.growth);
	const file = down.result.items(HEYGEN)[0]?.binary?.data;
	expect(file?.id).toMatch(/^database:/);
	expect(await suite.n8n.client.hashBinary(file?.id ?? '')).toEqual({ bytes: film.bytes, sha256: film.sha256 });
	const database = statSync(path.join(suite.n8n.userFolder, '.n8n/database.sqlite')).size;
	process.stdout.write(`The database has ${(database / MIB).toFixed(0)} MiB\n`);
});

it("says so when a file is larger than n8n's database takes, in n8n's words", async () => {
	await suite.sandbox.configure({ jobSeconds: 0, jobQueueSeconds: 0, fileBytes: (N8N_LIMIT + 1) * MIB });
	const heygen = heyGenNode(suite, createAvatar({ download: ['video'] }));
	const { result, growth } = await growthOf(suite, async () => await runNode(suite, scripts(1), heygen, 300_000));
	report(`Download of ${N8N_LIMIT + 1} MiB, refused by n8n`, growth);
	const run = result.nodes[HEYGEN]?.runs[0];
	process.stdout.write(`${run?.error ?? ''}\n${run?.errorDescription ?? ''}\n`);
	expect(result.status).toBe('error');
	expect(run?.error).toMatch(/^Could not download the video of video \w+: n8n could not store the file/);
	expect(run?.errorDescription).toContain('N8N_BINARY_DATA_DATABASE_MAX_FILE_SIZE');
});
