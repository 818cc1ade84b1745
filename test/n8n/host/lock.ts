import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasCode } from './shell';

/** A lock older than this is taken over even though its owner seems to be alive: 20 minutes, in ms. */
const STALE_AFTER_MS = 20 * 60_000;
/** Time in ms that an owner has to write its process id before the lock counts as abandoned. */
const GRACE_MS = 10_000;
const POLL_MS = 1_000;

/**
 * Runs a piece of work while holding a lock between processes. Creating a folder is atomic on every file system,
 * so the folder is the lock; the id of the owning process lies inside it.
 *
 * @param folder path of the lock; its parent must exist
 * @param onWait called once if another process holds the lock
 * @param work what to do while holding it
 * @returns the result of `work`
 * @throws whatever `work` throws, after the lock was released
 */
export async function withLock<T>(folder: string, onWait: () => void, work: () => Promise<T>): Promise<T> {
	let announced = false;
	while (!(await acquire(folder))) {
		if (await isStale(folder)) {
			await rm(folder, { recursive: true, force: true });
			continue;
		}
		if (!announced) onWait();
		announced = true;
		await sleep(POLL_MS);
	}
	try {
		return await work();
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function acquire(folder: string): Promise<boolean> {
	try {
		await mkdir(folder);
	} catch (error) {
		if (hasCode(error, 'EEXIST')) return false;
		throw error;
	}
	await writeFile(path.join(folder, 'pid'), String(process.pid));
	return true;
}

async function isStale(folder: string): Promise<boolean> {
	let ageMs: number;
	try {
		ageMs = Date.now() - (await stat(folder)).mtimeMs;
	} catch (error) {
		// Released in between: the next attempt to acquire decides.
		if (hasCode(error, 'ENOENT')) return false;
		throw error;
	}
	if (ageMs > STALE_AFTER_MS) return true;
	const pid = Number(await readFile(path.join(folder, 'pid'), 'utf8').catch(() => ''));
	return pid > 0 ? !isAlive(pid) : ageMs > GRACE_MS;
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		// EPERM: the process exists but belongs to somebody else.
		return hasCode(error, 'EPERM');
	}
}
