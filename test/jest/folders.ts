import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Names the folder, for all processes of a jest run, in which each of them has n8n's user folder. */
export const ENGINE_FOLDERS = 'HEYGEN_TESTS_ENGINE_FOLDERS';

/** Before all test files. */
export default function setUp(): void {
	process.env[ENGINE_FOLDERS] ??= mkdtempSync(join(tmpdir(), 'n8n-engine-'));
}

/** After all test files. */
export function tearDown(): void {
	const folders = process.env[ENGINE_FOLDERS];
	if (folders !== undefined) rmSync(folders, { recursive: true, force: true });
	delete process.env[ENGINE_FOLDERS];
}
