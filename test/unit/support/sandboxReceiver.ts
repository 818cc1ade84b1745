import { Sandbox, type SandboxOptions } from '../../sandbox';
import { SandboxClient } from '../../sandbox/client';
import { WebhookReceiver } from '../../sandbox/webhooks/webhook-receiver';

/** What tests of webhooks work with. */
export interface ReceiverSet {
	sandbox: Sandbox;
	client: SandboxClient;
	receiver: WebhookReceiver;
}

/**
 * Starts a sandbox, and a receiver for its deliveries, for the tests of a file; both are set back after each.
 *
 * @param options settings of the sandbox
 * @param take is given both before the first test
 */
export function useReceiver(options: SandboxOptions, take: (made: ReceiverSet) => void): void {
	let made: ReceiverSet;
	beforeAll(async () => {
		const sandbox = await Sandbox.start(options);
		made = { sandbox, client: new SandboxClient(sandbox.url), receiver: await WebhookReceiver.start() };
		take(made);
	});
	afterEach(() => {
		made.sandbox.reset();
		made.receiver.reset();
	});
	afterAll(async () => {
		await made.sandbox.stop();
		await made.receiver.stop();
	});
}
