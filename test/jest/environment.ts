import { createRequire } from 'node:module';
import SingleContextEnvironment from 'jest-environment-node-single-context';
import { SHARED, type Shared } from './shared';

const load = createRequire(__filename);
/** Jest puts another in its place while tests run. */
const exit = process.exit.bind(process);

/**
 * Surroundings of a test file that share n8n with the other files of the same process: to load it anew costs each of
 * them two seconds of CPU time. All of them run in n8n's own realm, as the nodes do, so that `instanceof` holds.
 */
export default class SharedEnvironment extends SingleContextEnvironment {
	override async setup(): Promise<void> {
		await super.setup();
		if (SHARED in globalThis) return;
		const shared: Shared = { load, warnings: [] };
		Object.assign(globalThis, { [SHARED]: shared });
		// Jest grants a worker half a second to end; to take a large heap apart can take longer.
		if (process.send !== undefined) process.on('beforeExit', () => exit());
		process.on('warning', (warning) => shared.warnings.push(warning));
	}
}
