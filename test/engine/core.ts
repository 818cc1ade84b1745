import { shared } from '../jest/shared';

/**
 * Loads a package as n8n-core does: several copies of it can be installed, and only one is n8n-core's.
 *
 * @param name of the package
 */
export function requireAsCore(name: string): unknown {
	const { load } = shared();
	return load(load.resolve(name, { paths: [load.resolve('n8n-core')] })) as unknown;
}
