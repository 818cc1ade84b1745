/** Modules that hold no state of a test, and take long to load: every test file of a process gets the same copy. */
import { shared } from './shared';

for (const name of ['n8n-core', 'n8n-workflow', 'reflect-metadata', 'zod']) {
	jest.doMock(name, () => shared().load(name) as unknown);
}
