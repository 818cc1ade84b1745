import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { N8nClient } from './client';
import { ensureN8n } from './install';
import { unpackInto } from './pack';
import { hasCode } from './shell';

/** What a server is to be like; everything is optional. */
export interface StartOptions {
	/** Packed community package to install before the start. */
	tgz?: string;
	/** Folder for n8n's data, kept at the end; a temporary one, removed at the end, unless given. */
	userFolder?: string;
	/** Port of REST and editor; a free one unless given. */
	port?: number;
	/** More environment variables for n8n; they win over the ones set here. Keep the log level at info or below. */
	env?: Record<string, string>;
	/** Serve the editor as well. Off by default: the server is ready sooner and needs less memory. */
	ui?: boolean;
	/** File that receives everything n8n logs. */
	logFile?: string;
	/** Which of n8n's processes: the main one by default, or one of those that queue mode has beside it. */
	role?: Role;
}

/** n8n's processes. */
export type Role = 'start' | 'worker' | 'webhook';

const HOST = '127.0.0.1';
const GUARD = path.join(__dirname, 'guard.cjs');
const START_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 5_000;
const LOG_LINES_KEPT = 200;
/** What each of n8n's processes logs when it is ready. */
const READY_LINES: Record<Role, string> = {
	start: 'Editor is now accessible',
	worker: 'n8n worker is now ready',
	webhook: 'Webhook listener waiting for requests',
};
/** Below the user folder, beside the folder `.n8n` whose files no workflow may read. */
const FILES_FOLDER = 'files';
/** Likewise: where the main process writes what memory it has in use. */
const MEMORY_FILE = 'memory-in-use';

/** Nothing here reaches out to the internet, waits for a person or greets a new user. */
const QUIET: Record<string, string> = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_DISABLED_MODULES:
		'mcp-registry,instance-registry,insights,mcp,chat-hub,instance-ai,workflow-builder,agents',
	// Plain http on the loopback address: a secure cookie would never come back.
	N8N_SECURE_COOKIE: 'false',
	// Off is n8n's default; pinned because the API the nodes talk to may itself be on the loopback address.
	N8N_SSRF_PROTECTION_ENABLED: 'false',
	N8N_ENCRYPTION_KEY: 'heygen-suite-test-key-0123456789',
};

/**
 * Starts a real n8n server on the loopback address, installs it first if need be, and logs its owner in.
 *
 * @param options see {@link StartOptions}
 * @returns the running server; call `stop()` when done
 * @throws Error with the end of n8n's log when it ends or is not ready within 120 s
 */
export async function startN8n(options: StartOptions = {}): Promise<N8nServer> {
	const { nodeBin, n8nBin } = await ensureN8n();
	const temporary = options.userFolder === undefined;
	const userFolder = options.userFolder ?? (await mkdtemp(path.join(tmpdir(), 'heygen-suite-n8n-')));
	await mkdir(path.join(userFolder, FILES_FOLDER), { recursive: true });
	if (options.tgz) await unpackInto(options.tgz, userFolder);

	const port = options.port ?? (await freePort());
	const noProxy = [process.env.no_proxy ?? process.env.NO_PROXY, HOST, 'localhost'].filter(Boolean).join(',');
	const { role = 'start' } = options;
	const child = spawn(nodeBin, ['--require', GUARD, n8nBin, role], {
		cwd: userFolder,
		env: {
			...inheritedEnv(),
			...QUIET,
			// A proxy of the user's must not stand between n8n and a server on this machine.
			NO_PROXY: noProxy,
			no_proxy: noProxy,
			// n8n starts helpers as plain `node`: they must get the same one.
			PATH: `${path.dirname(nodeBin)}${path.delimiter}${process.env.PATH ?? ''}`,
			N8N_USER_FOLDER: userFolder,
			HEYGEN_SUITE_MEMORY_FILE: path.join(userFolder, MEMORY_FILE),
			// Otherwise a folder in the home of whoever runs this.
			N8N_RESTRICT_FILE_ACCESS_TO: path.join(userFolder, FILES_FOLDER),
			N8N_HOST: HOST,
			N8N_LISTEN_ADDRESS: HOST,
			N8N_PORT: String(port),
			N8N_RUNNERS_BROKER_PORT: String(await freePort()),
			N8N_DISABLE_UI: String(!options.ui),
			...(temporary ? { HEYGEN_SUITE_REMOVE_FOLDER: userFolder } : {}),
			...options.env,
		},
		// The input is never written to: that it stays open tells the guard that this process is alive.
		stdio: ['pipe', 'pipe', 'pipe'],
		// A process group of its own, so that stopping takes n8n's helper processes along.
		detached: true,
	});
	const server = new N8nServer(child, `http://${HOST}:${port}`, userFolder, temporary, role, options.logFile);
	try {
		await server.ready();
		// The others have no REST API.
		if (role === 'start') await server.client.login();
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		const tail = server.logTail();
		await server.stop();
		throw new Error(`n8n did not start: ${reason}\n${tail}`);
	}
	return server;
}

/**
 * @param preferred port to take if nobody listens on it
 * @returns a TCP port that is free on the loopback address right now
 */
export async function freePort(preferred = 0): Promise<number> {
	const probe = createServer();
	return await new Promise((resolve, reject) => {
		probe.once('error', (error) => (preferred ? resolve(freePort()) : reject(error)));
		probe.listen(preferred, HOST, () => {
			const { port } = probe.address() as AddressInfo;
			probe.close(() => resolve(port));
		});
	});
}

/** The caller's environment without secrets and without settings of another n8n, of npm, or of the test runner's Node. */
function inheritedEnv(): NodeJS.ProcessEnv {
	const foreign = /^(HEYGEN_|N8N_|npm_|EXECUTIONS_|DB_|QUEUE_|NODE_OPTIONS$|NODE_ENV$|NODE_PATH$|JEST_)/;
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

/** A running n8n. Made by {@link startN8n}. */
export class N8nServer {
	/** REST and editor, without a slash at the end. */
	readonly url: string;
	/** Process id of the main process. */
	readonly pid: number;
	/** n8n's data folder. */
	readonly userFolder: string;
	/** The folder whose files workflows may read and write; it goes when the data folder goes. */
	readonly filesFolder: string;
	/** REST client, logged in as the owner. */
	readonly client: N8nClient;

	private readonly lines: string[] = [];
	private readonly exited: Promise<void>;
	private hasExited = false;
	private sawReadyLine = false;

	constructor(
		child: ChildProcess,
		url: string,
		userFolder: string,
		private readonly temporary: boolean,
		private readonly role: Role,
		logFile?: string,
	) {
		this.url = url;
		this.pid = child.pid ?? 0;
		this.userFolder = userFolder;
		this.filesFolder = path.join(userFolder, FILES_FOLDER);
		this.client = new N8nClient(url);
		// Never written to; it may complain when n8n is killed.
		child.stdin?.on('error', () => undefined);
		const log = logFile ? createWriteStream(logFile) : undefined;
		for (const input of [child.stdout, child.stderr]) {
			if (!input) continue;
			createInterface({ input }).on('line', (line) => {
				if (!log?.writableEnded) log?.write(`${line}\n`);
				this.collect(line);
			});
		}
		this.exited = new Promise((resolve) => {
			child.once('error', (error) => {
				this.collect(error.message);
				this.hasExited = true;
				resolve();
			});
			child.once('close', () => {
				this.hasExited = true;
				log?.end();
				resolve();
			});
		});
	}

	/**
	 * Waits until the process is ready: until n8n serves its REST API, or takes jobs or calls. The log line is the signal: the
	 * readiness endpoint says yes too early.
	 *
	 * @throws Error when the process ends or 120 s have passed
	 */
	async ready(): Promise<void> {
		const deadline = Date.now() + START_TIMEOUT_MS;
		while (!this.sawReadyLine) {
			if (this.hasExited) throw new Error('the process ended');
			if (Date.now() > deadline) throw new Error(`not ready after ${START_TIMEOUT_MS / 1000} s`);
			await sleep(50);
		}
	}

	/** @returns the last 200 lines of n8n's log */
	logTail(): string {
		return this.lines.join('\n');
	}

	/** @returns memory of the main process now, in bytes (Linux only) */
	async rssBytes(): Promise<number> {
		return await this.memory('VmRSS');
	}

	/** @returns highest memory of the main process since its start or the last {@link resetPeakRss}, in bytes (Linux only) */
	async peakRssBytes(): Promise<number> {
		return await this.memory('VmHWM');
	}

	/**
	 * @returns memory that the main process has in use when everything else is collected, in bytes: V8's heap, and what it holds outside
	 * @throws Error when the process does not answer within 30 s
	 */
	async usedBytes(): Promise<number> {
		const file = path.join(this.userFolder, MEMORY_FILE);
		await rm(file, { force: true });
		process.kill(this.pid, 'SIGUSR2');
		for (const deadline = Date.now() + 30_000; Date.now() < deadline; await sleep(50)) {
			const text = await readFile(file, 'utf8').catch(() => '');
			if (text !== '') return Number(text);
		}
		throw new Error('n8n does not say what memory it has in use');
	}

	/** Starts a new measurement for {@link peakRssBytes} (Linux only). */
	async resetPeakRss(): Promise<void> {
		// 5 is the kernel's code for "forget the peak".
		await writeFile(`/proc/${this.pid}/clear_refs`, '5');
	}

	/** @returns paths of files of items that the main process holds open (Linux only) */
	async openBinaryFiles(): Promise<string[]> {
		const folder = `/proc/${this.pid}/fd`;
		// One may be closed between the two calls.
		const opened = (await readdir(folder)).map(async (name) => await readlink(path.join(folder, name)).catch(() => ''));
		return (await Promise.all(opened)).filter((file) => file.includes('/binary_data/'));
	}

	/**
	 * Ends n8n and its helper processes, and removes the data folder if it is a temporary one.
	 * Running executions get no more than 5 s. May be called twice.
	 */
	async stop(): Promise<void> {
		this.signalGroup('SIGTERM');
		const timer = new AbortController();
		await Promise.race([this.exited, sleep(STOP_TIMEOUT_MS, undefined, { signal: timer.signal }).catch(() => undefined)]);
		timer.abort();
		// Also when the main process is gone: a helper may have ignored the request.
		this.signalGroup('SIGKILL');
		await this.exited;
		if (this.temporary) await rm(this.userFolder, { recursive: true, force: true, maxRetries: 3 });
	}

	/** Ends n8n at once, as a crash or the system would; its data folder stays, also a temporary one. */
	async kill(): Promise<void> {
		this.signalGroup('SIGKILL');
		await this.exited;
	}

	private signalGroup(signal: NodeJS.Signals): void {
		// Zero or less would address the caller's own group, or everything.
		if (this.pid <= 1) return;
		try {
			process.kill(-this.pid, signal);
		} catch (error) {
			// Nobody left in the group.
			if (!hasCode(error, 'ESRCH')) throw error;
		}
	}

	private async memory(field: 'VmRSS' | 'VmHWM'): Promise<number> {
		const status = await readFile(`/proc/${this.pid}/status`, 'utf8');
		const kilobytes = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1];
		if (kilobytes === undefined) throw new Error(`/proc/${this.pid}/status has no ${field}`);
		return Number(kilobytes) * 1024;
	}

	private collect(line: string): void {
		if (line.includes(READY_LINES[this.role])) this.sawReadyLine = true;
		if (line.trim() !== '') this.lines.push(line);
		if (this.lines.length > LOG_LINES_KEPT) this.lines.shift();
	}
}
