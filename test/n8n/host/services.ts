import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chown, mkdtemp } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from './server';

/**
 * What n8n's queue mode needs besides n8n: Redis for the queue and PostgreSQL for the database. Both come from Debian
 * (`redis-server`, `postgresql`), listen on the loopback address only, and keep their data in a temporary folder.
 */

/** A service that runs. */
export interface Service {
	port: number;
	/** Ends it and removes its data. */
	stop(): Promise<void>;
}

const HOST = '127.0.0.1';
const READY_MS = 60_000;
const run = promisify(execFile);

/** The Redis that n8n's queue is in. */
export async function startRedis(): Promise<Service> {
	const port = await freePort();
	const folder = await mkdtemp(path.join(tmpdir(), 'heygen-suite-redis-'));
	const options = ['--port', String(port), '--bind', HOST, '--dir', folder, '--save', '', '--appendonly', 'no'];
	const child = guarded(folder, 'TERM', ['redis-server', ...options], { cwd: folder });
	return await served(child, port, 'redis-server');
}

/** The database of n8n's processes; of a name and user that n8n uses by default. */
export async function startPostgres(): Promise<Service> {
	const port = await freePort();
	const folder = await mkdtemp(path.join(tmpdir(), 'heygen-suite-postgres-'));
	// PostgreSQL does not run as root.
	const owner = process.getuid?.() === 0 ? await idsOf('postgres') : undefined;
	if (owner !== undefined) await chown(folder, owner.uid, owner.gid);
	const options = { cwd: folder, ...(owner ?? {}) };
	const bin = await postgresFolder();
	const data = path.join(folder, 'data');
	await run(path.join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'], options);
	const settings = [`port=${port}`, `listen_addresses=${HOST}`, `unix_socket_directories=${folder}`, 'fsync=off', 'max_connections=200'];
	// Its word for "at once": the data are of no use to anybody.
	const child = guarded(folder, 'QUIT', [path.join(bin, 'postgres'), '-D', data, ...settings.flatMap((setting) => ['-c', setting])], options);
	const service = await served(child, port, 'postgres');
	await repeated(async () => await run(path.join(bin, 'psql'), ['-h', HOST, '-p', String(port), '-U', 'postgres', '-c', 'CREATE DATABASE n8n'], options));
	return service;
}

/**
 * Starts a server that ends with its data when this process ends, in whatever way: then its shell's input closes.
 *
 * @param folder its data
 * @param signal ends it
 * @param command what is run
 */
function guarded(folder: string, signal: string, command: readonly string[], options: { cwd: string; uid?: number; gid?: number }): ChildProcess {
	const script = 'folder=$1; signal=$2; shift 2; "$@" & server=$!; cat > /dev/null; kill -s "$signal" $server; wait $server; rm -rf "$folder"';
	return spawn('sh', ['-c', script, 'sh', folder, signal, ...command], { ...options, stdio: ['pipe', 'ignore', 'ignore'] });
}

/** @throws Error when it does not listen in time */
async function served(child: ChildProcess, port: number, name: string): Promise<Service> {
	const ended = new Promise((resolve) => child.once('exit', resolve));
	const stop = async () => {
		child.stdin?.end();
		await ended;
	};
	const deadline = Date.now() + READY_MS;
	while (!(await answers(port))) {
		if (Date.now() < deadline) await sleep(50);
		else {
			await stop();
			throw new Error(`${name} does not listen after ${READY_MS / 1000} s; on Debian: apt-get install redis-server postgresql`);
		}
	}
	return { port, stop };
}

async function idsOf(user: string): Promise<{ uid: number; gid: number }> {
	const [uid, gid] = await Promise.all(['-u', '-g'].map(async (flag) => Number((await run('id', [flag, user])).stdout)));
	return { uid: uid as number, gid: gid as number };
}

/** Debian keeps the server's programs out of the PATH. */
async function postgresFolder(): Promise<string> {
	const { stdout } = await run('sh', ['-c', 'ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1']);
	const folder = stdout.trim();
	if (folder !== '') return folder;
	return path.dirname((await run('sh', ['-c', 'command -v initdb'])).stdout.trim());
}

/** Until it works: a server listens a moment before it answers. */
async function repeated(work: () => Promise<unknown>): Promise<void> {
	for (let left = 50; ; left--) {
		try {
			await work();
			return;
		} catch (error) {
			if (left === 0) throw error;
			await sleep(200);
		}
	}
}

async function answers(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = connect(port, HOST);
		socket.once('connect', () => {
			socket.destroy();
			resolve(true);
		});
		socket.once('error', () => resolve(false));
	});
}
