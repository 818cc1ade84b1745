/**
 * A stand-in for the HeyGen API over real HTTP, for tests: it checks requests against the contract, runs
 * jobs by the clock, takes in uploads, delivers webhook events, limits rates and places, signs file links, and
 * fails on demand.
 */
import type { AgentStore } from './agents/agent-store';
import { ApiServer, warmUp } from './server/api-server';
import type { AssetView } from './assets/asset-store';
import type { Catalogue } from './catalogue/catalogue';
import { defaultConfig, mergeConfig, type SandboxConfig } from './config';
import { statsOf } from './server/control';
import type { Fault } from './server/faults';
import { FileServer } from './files/file-server';
import { close, listen, Pauses } from './server/http';
import { FULL_KEY } from './server/keys';
import type { Seed } from './server/seeds';
import type { RequestLogEntry, SandboxStats } from './server/stats';
import type { VideoStore } from './videos/video-store';
import { emitEvents } from './webhooks/webhook-control';
import type { EventView } from './webhooks/webhook-events';
import type { EmitRequest, WebhooksView } from './webhooks/webhooks';
import { World } from './server/world';

export type { AssetStatus } from './assets/asset';
export type { AssetView } from './assets/asset-store';
export type { ListOrder, RateLimit, SandboxConfig } from './config';
export { defaultConfig } from './config';
export { validateAgainstContract, validateResponse } from './server/contract';
export type { Violation } from './server/errors';
export type { Fault, FaultKind } from './server/faults';
export { pseudoRandomChunks, sampleFile } from './files/file-content';
export type { Batch, BatchItem } from './jobs/placed-store';
export { apiKeys } from './server/keys';
export type { Seed, SeedOptions } from './server/seeds';
export type { RequestLogEntry, SandboxStats } from './server/stats';
export type { VideoStore } from './videos/video-store';
export type { VideoJob } from './videos/video-job';
export type { Delivery } from './webhooks/webhook-delivery';
export type { EventData, EventView } from './webhooks/webhook-events';
export type { EmitRequest, WebhooksView } from './webhooks/webhooks';

/** Settings of the sandbox and, optionally, fixed ports (0 or absent: any free one). */
export type SandboxOptions = Partial<SandboxConfig> & { port?: number; filePort?: number };

export class Sandbox {
	/** A key with full access. */
	readonly apiKey = FULL_KEY;

	private constructor(
		/** Origin of the API, e.g. `http://127.0.0.1:4321`. */
		readonly url: string,
		/** Origin of the file host, on another port. */
		readonly fileUrl: string,
		private readonly world: World,
		private readonly pauses: Pauses,
		private readonly listeners: readonly [ApiServer, FileServer],
	) {}

	/**
	 * Starts both listeners on 127.0.0.1.
	 * @throws Error when a setting is wrong or a port is taken.
	 */
	static async start(options: SandboxOptions = {}): Promise<Sandbox> {
		const { port = 0, filePort = 0, ...settings } = options;
		let fileOrigin = '';
		const world = new World(mergeConfig(defaultConfig, settings), () => fileOrigin);
		const pauses = new Pauses();
		const api = new ApiServer(world, pauses);
		const files = new FileServer(world, pauses);
		warmUp();
		const url = await listen(api.server, port);
		try {
			fileOrigin = await listen(files.server, filePort);
		} catch (error) {
			await close(api.server);
			throw error;
		}
		return new Sandbox(url, fileOrigin, world, pauses, [api, files]);
	}

	/** The videos and batches, for tests that look behind the API. A reset replaces it. */
	get store(): VideoStore {
		return this.world.videos;
	}

	/** The avatars and voices of the account. A change of settings replaces it. */
	get catalogue(): Catalogue {
		return this.world.catalogue;
	}

	/** The sessions of the video agent, for tests that look behind the API. A reset replaces it. */
	get agents(): AgentStore {
		return this.world.agents;
	}

	/** All assets there ever were since the start or the last reset, the oldest first, as they are now. */
	get assets(): AssetView[] {
		return this.world.assets.views(Date.now());
	}

	/** The settings in force. */
	get config(): Readonly<SandboxConfig> {
		return this.world.config;
	}

	/** Changes settings. Videos that exist already keep their times. @throws Error on a bad value. */
	configure(changes: Partial<SandboxConfig>): void {
		this.world.configure(changes);
	}

	/** Arms a fault. @throws Error when it could never strike, e.g. because of a misspelt path template. */
	addFault(fault: Fault): void {
		this.world.faults.add(fault);
	}

	/** Disarms all faults; requests that hang already go on hanging. */
	clearFaults(): void {
		this.world.faults.clear();
	}

	/** Lets all requests go on that hang now; armed faults stay. */
	release(): void {
		this.pauses.endAll();
	}

	/**
	 * Adds jobs to the account of every key.
	 * @param seed a number stands for so many finished videos.
	 * @throws Error when it makes no sense.
	 */
	seed(seed: number | Seed): void {
		this.world.seed(typeof seed === 'number' ? { videos: seed } : seed);
	}

	/**
	 * Makes webhook events happen, for all keys; they are delivered in the background.
	 * @throws Error when the request makes no sense.
	 */
	emit(request: EmitRequest): EventView[] {
		return emitEvents(this.world, request);
	}

	/** Gives consent as the person of an avatar group would. @throws Error when there is no such private group. */
	giveConsent(groupId: string): void {
		this.world.avatars.giveConsent(groupId);
	}

	/** Delivers an event once more, as a retry would. @returns to how many endpoints. */
	redeliver(eventId: string): number {
		return this.world.webhooks.redeliver(eventId);
	}

	/** The webhook endpoints and the last 5,000 deliveries. */
	webhooks(): WebhooksView {
		return this.world.webhooks.view();
	}

	/** Resolves when no webhook delivery is pending, retries included. A reset gives up all of them. */
	async settled(): Promise<void> {
		this.world.advance(Date.now());
		await this.world.webhooks.deliverer.settled();
	}

	stats(): SandboxStats {
		return statsOf(this.world);
	}

	/** The last 5,000 API requests, oldest first. */
	requests(): RequestLogEntry[] {
		return this.world.recorder.requests();
	}

	/**
	 * Forgets jobs, avatars, assets, webhooks, counts, faults, limits and idempotency keys, and returns to the first
	 * settings.
	 */
	reset(): void {
		this.world.reset();
	}

	/** Ends hanging requests, cuts all connections, stops listening and deletes what was uploaded. */
	async stop(): Promise<void> {
		await Promise.all(this.listeners.map(({ server }) => close(server)));
		this.pauses.endAll();
		this.world.dispose();
	}
}
