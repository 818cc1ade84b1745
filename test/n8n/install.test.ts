import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import manifest from '../../package.json';
import { N8nRestError } from './host/client';
import type { Execution } from './host/execution';
import { packedPackage } from './host/pack';
import { type N8nServer, startN8n } from './host/server';
import { run } from './host/shell';
import { feed, TRIGGER } from './host/workflow';
import { Registry } from './support/registry';
import { createAvatar, HEYGEN, HEYGEN_VIDEO, heyGenNode, scripts, type Suite, withSandbox } from './support/suite';
import { until } from './support/triggers';

/**
 * The package through n8n's own installer, from npm, as users get it. The other tests unpack it into n8n's folder.
 * The tests build on each other.
 */

jest.setTimeout(300_000);

const NAME = 'n8n-nodes-heygen-suite';
/** Node types of the package, in alphabetical order. */
const NODES = manifest.n8n.nodes.map((file) => `${NAME}.${typeName(path.basename(file, '.node.js'))}`).sort();
/** What the later version calls HeyGen Video: it tells whether n8n runs the later version's code. */
const LATER_NAME = 'HeyGen Video of Tomorrow';
const LATER = '99.0.0';

/**
 * What other tests switch off and new users have on. Whether packages that n8n has not verified may be installed is left
 * to n8n, which has announced that it will be switched off by default.
 */
const AS_NEW = { N8N_DISABLED_MODULES: '', N8N_VERIFIED_PACKAGES_ENABLED: 'true' };

/** "HeyGenVideo" is called heyGenVideo in workflows. */
function typeName(className: string): string {
	return className.charAt(0).toLowerCase() + className.slice(1);
}

let folder: string;
let tgz: string;
let registry: Registry;
let n8n: N8nServer;
let suite: Suite;
let workflow: string;
let version: string;

async function start(env: Record<string, string> = {}): Promise<N8nServer> {
	return await startN8n({ userFolder: path.join(folder, 'user'), env: { ...registry.env, ...AS_NEW, ...env } });
}

/** Packs a later version: the one that is packed, with another version and another name of HeyGen Video. */
async function packLater(): Promise<string> {
	const edit = async (file: string, from: string, to: string) => {
		const name = path.join(folder, 'package', file);
		const text = await readFile(name, 'utf8');
		expect(text).toContain(from);
		await writeFile(name, text.replace(from, to));
	};
	await run('tar', ['-xzf', tgz], { cwd: folder });
	await edit('package.json', `"version": "${version}"`, `"version": "${LATER}"`);
	await edit('dist/nodes/HeyGenVideo/HeyGenVideo.node.js', "displayName: 'HeyGen Video'", `displayName: '${LATER_NAME}'`);
	const later = path.join(folder, 'later.tgz');
	await run('tar', ['-czf', later, 'package'], { cwd: folder });
	return later;
}

/** Runs the workflow that was stored before the first update. */
async function makeVideo(): Promise<Execution> {
	return await n8n.client.runWorkflow(workflow, { startNode: TRIGGER });
}

function expectVideo(execution: Execution): void {
	expect(execution.error).toBeUndefined();
	const items = execution.items(HEYGEN);
	expect(items.map(({ json }) => json.status)).toEqual(['completed']);
	expect(items[0]?.binary?.video).toMatchObject({ mimeType: 'video/mp4' });
}

beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'heygen-suite-install-'));
	registry = await Registry.start();
	tgz = packedPackage();
	await registry.publish(tgz);
	n8n = await start();
});

afterAll(async () => {
	await Promise.all([n8n?.stop(), suite?.stop(), registry?.stop()]);
	await rm(folder, { recursive: true, force: true, maxRetries: 3 });
});

it('installs by its name alone, and nothing else comes along', async () => {
	const installed = await n8n.client.installPackage(NAME);
	version = installed.installedVersion;
	expect(installed.installedNodes.map(({ type }) => type).sort()).toEqual(NODES);
	for (const type of NODES) {
		const { properties } = await n8n.client.describeNodeType(type);
		expect(properties.length).toBeGreaterThan(0);
	}
	const [listed, ...others] = await n8n.client.installedPackages();
	expect(others).toEqual([]);
	expect(listed).toMatchObject({ packageName: NAME, installedVersion: version, failedLoading: false });
	expect(listed?.updateAvailable).toBeUndefined();
	expect(registry.requests.filter((url) => url.split('/')[1] !== NAME)).toEqual([]);
});

it('makes a finished video', async () => {
	suite = await withSandbox(n8n);
	const heygen = heyGenNode(suite, createAvatar({ download: ['video'] }));
	workflow = await n8n.client.createWorkflow(feed('Installed', scripts(1), heygen));
	expectVideo(await makeVideo());
});

it('is updated while a workflow waits for its video, and workflows go on', async () => {
	// The video cannot be seen to end before the update has.
	for (const path of ['/v3/videos/statuses', '/v3/videos/{video_id}']) {
		await suite.sandbox.addFault({ match: { method: 'GET', path }, kind: 'status', status: 503, times: -1 });
	}
	const before = (await suite.sandbox.stats()).videosCreated;
	const waiting = await n8n.client.startRun(workflow, { startNode: TRIGGER });
	await until(async () => (await suite.sandbox.stats()).videosCreated > before, 60_000);

	await registry.publish(await packLater());
	expect(await n8n.client.installedPackages()).toMatchObject([{ installedVersion: version, updateAvailable: LATER }]);
	expect(await n8n.client.updatePackage(NAME)).toMatchObject({ installedVersion: LATER });
	expect((await n8n.client.describeNodeType(HEYGEN_VIDEO)).displayName).toBe(LATER_NAME);

	expect((await n8n.client.getExecution(waiting)).finished).toBe(false);
	await suite.sandbox.clearFaults();
	expectVideo(await n8n.client.waitForEnd(waiting));
	expectVideo(await makeVideo());
	expect((await suite.sandbox.stats()).videosCreated).toBe(before + 2);
});

it('comes back at a restart when its files are gone, as in a new container', async () => {
	await n8n.stop();
	await rm(path.join(n8n.userFolder, '.n8n', 'nodes'), { recursive: true });
	n8n = await start({ N8N_REINSTALL_MISSING_PACKAGES: 'true' });
	expect(await n8n.client.installedPackages()).toMatchObject([{ installedVersion: LATER, failedLoading: false }]);
	expectVideo(await makeVideo());
});

it('is uninstalled, and its credential is there when it is installed again', async () => {
	await n8n.client.uninstallPackage(NAME);
	expect(await n8n.client.installedPackages()).toEqual([]);
	await expect(n8n.client.describeNodeType(HEYGEN_VIDEO)).rejects.toThrow(N8nRestError);
	await expect(makeVideo()).rejects.toThrow('Unrecognized node type');
	await expect(access(path.join(n8n.userFolder, '.n8n', 'nodes', 'node_modules', NAME))).rejects.toThrow('ENOENT');

	await n8n.client.installPackage(NAME);
	expectVideo(await makeVideo());
});
