import { Sandbox } from '../../sandbox';
import { SandboxClient } from '../../sandbox/client';

/** A sandbox for the tests of one file, and who asks it. */
interface OwnSandbox {
	sandbox: () => Sandbox;
	client: () => SandboxClient;
}

/**
 * Starts a sandbox before the tests of a file, empties it after each of them, and stops it after all.
 *
 * @param config as `Sandbox.start` takes it; by default jobs end at once
 */
export function useOwnSandbox(config: Parameters<typeof Sandbox.start>[0] = { jobSeconds: 0, jobQueueSeconds: 0 }): OwnSandbox {
	let sandbox: Sandbox;
	let client: SandboxClient;
	beforeAll(async () => {
		sandbox = await Sandbox.start(config);
		client = new SandboxClient(sandbox.url);
	});
	afterEach(() => sandbox.reset());
	afterAll(() => sandbox.stop());
	return { sandbox: () => sandbox, client: () => client };
}
