/** Where the environment of test files keeps what those of one process share. */
export const SHARED = Symbol.for('n8n-nodes-heygen-suite tests');

/** What the test files of one process share. */
export interface Shared {
	/** Loads a module once for all of them. */
	readonly load: NodeJS.Require;
	/** What Node.js has warned of. */
	readonly warnings: Error[];
}

/** What this test file shares with the others of its process. */
export const shared = (): Shared => (globalThis as unknown as { [SHARED]: Shared })[SHARED];

/**
 * Loads a package as n8n-core does: several copies of it can be installed, and only one is n8n-core's.
 *
 * @param name of the package
 */
export function requireAsCore(name: string): unknown {
	const { load } = shared();
	return load(load.resolve(name, { paths: [load.resolve('n8n-core')] })) as unknown;
}
