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
