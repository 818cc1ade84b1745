/** Modules that hold no state of a test, and take long to load: every test file of a process gets the same copy. */
import { shared } from './shared';

for (const name of ['n8n-core', 'n8n-workflow', 'reflect-metadata', 'zod']) {
	jest.doMock(name, () => shared().load(name) as unknown);
}

/** Jest keeps ten times as many, and every error of the system and every check of a test pays for them. */
Error.stackTraceLimit = 10;
