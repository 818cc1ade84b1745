/**
 * Environment of the in-process n8n engine. n8n-core reads it the first time one of its services is
 * created, so this module has to be imported before `n8n-core`. Those services live as long as the process.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ENGINE_FOLDERS } from '../../jest/folders';

/** Throw-away n8n user folder of this process: settings file and filesystem binary data live in it. */
const folder = join(process.env[ENGINE_FOLDERS] as string, String(process.pid));
mkdirSync(folder, { recursive: true });

process.env.N8N_USER_FOLDER = folder;
process.env.N8N_ENCRYPTION_KEY = 'engine-test-encryption-key';
process.env.N8N_LOG_LEVEL = 'silent';
// Each expression makes dates, and those of another zone cost five times as much.
process.env.GENERIC_TIMEZONE = 'UTC';
// A storage location or a binary data mode of the surrounding shell must not leak into the tests.
delete process.env.N8N_STORAGE_PATH;
delete process.env.N8N_BINARY_DATA_STORAGE_PATH;
delete process.env.N8N_DEFAULT_BINARY_DATA_MODE;
