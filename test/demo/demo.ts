import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { IDataObject, INodeParameterResourceLocator } from 'n8n-workflow';
import { OWNER } from '../n8n/host/client';
import type { Execution, Item } from '../n8n/host/execution';
import { ensureN8n } from '../n8n/host/install';
import { packPackage } from '../n8n/host/pack';
import { freePort, startN8n, type N8nServer } from '../n8n/host/server';
import type { WorkflowJson } from '../n8n/host/workflow';
import { openApi, pickPresenter, type DemoApi, type NamedRecord, type Presenter } from './heygen';
import { takeEditorScreenshot, takePanelScreenshot } from './screenshot';

const EXAMPLE = path.resolve(__dirname, '..', '..', 'examples', 'avatar-video.json');
const TRIGGER = 'When clicking ‘Execute workflow’';
const SCRIPTS = 'Scripts';
const HEYGEN = 'HeyGen Video';
const USUAL_PORT = 5678;
/** The stand-in needs seconds for a video, HeyGen many minutes. Both in ms. */
const RUN_TIMEOUT_MS = { sandbox: 2 * 60_000, real: 60 * 60_000 };

/** Folder in which n8n keeps the files of its items, below its user folder. */
const BINARY_FOLDER = path.join('.n8n', 'storage');

/** True once everything is done and n8n is only kept open for the user. */
let showing = false;

/** Resolves when the user presses Ctrl-C while n8n is kept open. Earlier, that ends the demo at once. */
const interrupted = new Promise<void>((resolve) => {
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.on(signal, () => {
			// n8n ends and cleans up by itself when this process is gone.
			if (!showing) process.exit(130);
			resolve();
		});
	}
});

/**
 * Shows the package at work in a real n8n: runs the example workflow, prints what came out and leaves the editor open.
 *
 * Arguments: `--once` ends after the run; `--screenshot FILE` saves a picture of the editor after a run (stand-in only),
 * `--panel FILE` one of the nodes panel.
 * With HEYGEN_API_KEY in the environment the real HeyGen API is used, for one video, and HeyGen charges for it.
 *
 * @returns exit code: 0 when every item has a finished video, 1 otherwise
 */
async function main(): Promise<number> {
	const { values } = parseArgs({
		options: { once: { type: 'boolean' }, screenshot: { type: 'string' }, panel: { type: 'string' } },
	});
	const key = process.env.HEYGEN_API_KEY;
	if (key) {
		if (values.screenshot) {
			throw new Error('--screenshot runs the workflow again, which would be paid twice: unset HEYGEN_API_KEY.');
		}
		console.log('HEYGEN_API_KEY is set: this uses the REAL HeyGen API and COSTS MONEY (one short avatar video). Press Ctrl-C now to stop.');
	} else {
		console.log('No HEYGEN_API_KEY: using a stand-in for HeyGen on this machine. Nothing is charged.');
	}
	await ensureN8n();
	console.log('Building and packing the package …');
	const tgz = await packPackage();
	const api = await openApi(key);
	try {
		const presenter = await pickPresenter(api);
		console.log('Starting n8n …');
		const n8n = await startN8n({ tgz, ui: true, port: await freePort(USUAL_PORT) });
		try {
			return await demonstrate(n8n, api, presenter, values);
		} finally {
			await n8n.stop();
		}
	} finally {
		await api.stop();
	}
}

/** Everything that happens while n8n is running. Returns the exit code. */
async function demonstrate(
	n8n: N8nServer,
	api: DemoApi,
	presenter: Presenter,
	options: { once?: boolean; screenshot?: string; panel?: string },
): Promise<number> {
	const credential = await n8n.client.createCredential({
		name: 'HeyGen account',
		type: 'heyGenSuiteApi',
		data: { apiKey: api.apiKey, baseUrl: api.baseUrl },
	});
	const { workflow, titles } = await prepareExample(presenter, credential, api.real ? 1 : undefined);
	const workflowId = await n8n.client.createWorkflow(workflow);

	console.log(`Running "${workflow.name}": ${titles.length} avatar video(s) …`);
	const execution = await n8n.client.runWorkflow(workflowId, {
		startNode: TRIGGER,
		timeoutMs: api.real ? RUN_TIMEOUT_MS.real : RUN_TIMEOUT_MS.sandbox,
	});
	const success = report(execution, titles, n8n.userFolder) === titles.length;

	// The editor would only show the same failure again.
	if (options.screenshot && success) {
		await takeEditorScreenshot({ url: n8n.url, ...OWNER, workflowId, nodeName: HEYGEN, file: options.screenshot });
		console.log(`Screenshot: ${options.screenshot}`);
	}
	if (options.panel) {
		await takePanelScreenshot({ url: n8n.url, ...OWNER }, options.panel);
		console.log(`Screenshot: ${options.panel}`);
	}
	console.log(`\nOpen ${n8n.url}/workflow/${workflowId}\nEmail ${OWNER.email}, password ${OWNER.password}`);
	if (!options.once) {
		console.log('Press Ctrl-C to stop.');
		showing = true;
		await interrupted;
	}
	return success ? 0 : 1;
}

/** The example workflow with ids that exist. `limit` cuts the number of its items. */
async function prepareExample(
	presenter: Presenter,
	credential: { id: string; name: string },
	limit?: number,
): Promise<{ workflow: WorkflowJson; titles: string[] }> {
	const workflow = JSON.parse(await readFile(EXAMPLE, 'utf8')) as WorkflowJson;
	const heyGen = findNode(workflow, HEYGEN);
	heyGen.credentials = { heyGenSuiteApi: credential };
	heyGen.parameters.avatarId = picked(presenter.avatar);
	heyGen.parameters.voiceId = picked(presenter.voice);

	const source = findNode(workflow, SCRIPTS).parameters;
	const { scripts } = JSON.parse(String(source.jsonOutput)) as { scripts: Array<{ title: string }> };
	const used = scripts.slice(0, limit);
	source.jsonOutput = JSON.stringify({ scripts: used }, null, 2);
	return { workflow, titles: used.map(({ title }) => title) };
}

/** A record as the editor stores one that was picked from a list. */
function picked({ id, name, url }: NamedRecord): INodeParameterResourceLocator {
	return { __rl: true, mode: 'list', value: id, cachedResultName: name, ...(url ? { cachedResultUrl: url } : {}) };
}

function findNode(workflow: WorkflowJson, name: string): WorkflowJson['nodes'][number] {
	const found = workflow.nodes.find((candidate) => candidate.name === name);
	if (!found) throw new Error(`${EXAMPLE} has no node "${name}"`);
	return found;
}

/** Prints one line per video. @returns how many are finished and have their file */
function report(execution: Execution, titles: string[], userFolder: string): number {
	const seconds = ((execution.durationMs ?? 0) / 1000).toFixed(1);
	console.log(`Execution ${execution.id}: ${execution.status} after ${seconds} s`);
	if (execution.error) {
		console.log(`  ${execution.error}`);
		const description = execution.nodes[HEYGEN]?.runs[0]?.errorDescription;
		if (description) console.log(`  ${description}`);
	}
	const items = execution.items(HEYGEN);
	items.forEach((item, index) => printItem(item, titles[index] ?? '', userFolder));
	const finished = items.filter((item) => item.json.status === 'completed' && item.binary?.video);
	console.log(`${finished.length} of ${titles.length} videos finished.`);
	return finished.length;
}

function printItem(item: Item, title: string, userFolder: string): void {
	const json: IDataObject = item.json;
	console.log(`- ${String(json.title ?? title)}`);
	console.log(`    video     ${String(json.video_id)}`);
	console.log(`    status    ${String(json.status)}`);
	console.log(`    duration  ${String(json.duration)} s`);
	const video = item.binary?.video;
	if (!video) return;
	console.log(`    file      ${video.fileName ?? '(no name)'}, ${video.mimeType}, ${video.fileSize ?? '?'}`);
	// "<storage mode>:<path>": the path is a file only where n8n stores files in the file system.
	const [mode = '', relative = ''] = (video.id ?? '').split(':', 2);
	const place = mode.startsWith('filesystem') ? path.join(userFolder, BINARY_FOLDER, relative) : video.id;
	console.log(`    stored    ${place ?? 'in the execution'}`);
}

main().then(
	(code) => process.exit(code),
	(error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exit(1);
	},
);
