import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

import type { AssetView, Fault, RequestLogEntry, SandboxConfig, SandboxStats } from '../../sandbox';
import type { Seed } from '../../sandbox/server/seeds';
import type { EmitRequest, WebhooksView } from '../../sandbox/webhooks/webhooks';

const ROOT = path.resolve(__dirname, '../../..');
const START_TIMEOUT_MS = 30_000;
/** A sandbox that nobody stopped ends by itself. */
const LIFETIME_SECONDS = 3_600;

/** The sandbox in a process of its own, so that its work does not slow down what is measured. */
export class SandboxProcess {
	private constructor(
		private readonly child: ChildProcess,
		/** Base URL of the API. */
		readonly url: string,
		/** A key that may do everything. */
		readonly apiKey: string,
	) {}

	/**
	 * Starts a sandbox on free ports.
	 *
	 * @throws Error when it does not answer within 30 s
	 */
	static async start(): Promise<SandboxProcess> {
		const child = spawn(
			process.execPath,
			['--import', 'tsx', path.join(ROOT, 'test/sandbox/cli.ts'), '--for', String(LIFETIME_SECONDS)],
			{ cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] },
		);
		const timer = setTimeout(() => child.kill(), START_TIMEOUT_MS);
		let url: string | undefined;
		for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
			url ??= /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
			if (url !== undefined) break;
		}
		clearTimeout(timer);
		if (url === undefined) throw new Error('The sandbox did not start');
		child.stdout?.resume();
		return new SandboxProcess(child, url, 'sandbox-key');
	}

	/** Changes settings; those not named stay. */
	async configure(config: Partial<SandboxConfig>): Promise<void> {
		await this.control('config', config);
	}

	/** Adds a fault. */
	async addFault(fault: Fault): Promise<void> {
		await this.control('faults', fault);
	}

	/** Forgets jobs, figures, faults and settings. */
	async reset(): Promise<void> {
		await this.control('reset', {});
	}

	/** Adds finished videos, or what is described. */
	async seed(seed: number | Seed): Promise<void> {
		await this.control('seed', typeof seed === 'number' ? { videos: seed } : seed);
	}

	/** Makes webhook events happen. @returns their ids */
	async emit(request: EmitRequest): Promise<string[]> {
		return ((await this.control('events', request)) as { event_ids: string[] }).event_ids;
	}

	/** Delivers an event once more, as a retry would. */
	async redeliver(eventId: string): Promise<void> {
		await this.control('redeliver', { event_id: eventId });
	}

	/** Gives consent as the person of an avatar group would. */
	async giveConsent(groupId: string): Promise<void> {
		await this.control('consent', { group_id: groupId });
	}

	/** Webhook endpoints, deleted ones too, and the last 5,000 deliveries. */
	async webhooks(): Promise<WebhooksView> {
		return await this.look('webhooks');
	}

	/** Takes back all faults. */
	async clearFaults(): Promise<void> {
		await fetch(`${this.url}/_sandbox/faults`, { method: 'DELETE' });
	}

	/** What has been asked so far. */
	async stats(): Promise<SandboxStats> {
		return await this.look<SandboxStats>('stats');
	}

	/** All assets there ever were, the oldest first. */
	async assets(): Promise<Array<Omit<AssetView, 'bytes'>>> {
		return await this.look('assets');
	}

	/** Ids of the videos there are, 100 at most; asked over the API, so that it counts as a request. */
	async videoIds(): Promise<string[]> {
		const { data } = await this.ask<{ data: Array<{ id: string }> }>('/v3/videos?limit=100');
		return data.map(({ id }) => id);
	}

	/** Reads over the API, so that it counts as a request. @returns the body of the answer */
	async ask<T>(path: string): Promise<T> {
		const response = await fetch(`${this.url}${path}`, { headers: { 'x-api-key': this.apiKey } });
		return (await response.json()) as T;
	}

	/** The last 5,000 API requests, the oldest first. */
	async requests(): Promise<RequestLogEntry[]> {
		return await this.look('requests');
	}

	/** Ends the process. */
	async stop(): Promise<void> {
		const ended = new Promise((resolve) => this.child.once('exit', resolve));
		this.child.kill('SIGTERM');
		await ended;
	}

	private async look<T>(what: string): Promise<T> {
		return (await (await fetch(`${this.url}/_sandbox/${what}`)).json()) as T;
	}

	private async control(action: string, body: unknown): Promise<unknown> {
		const response = await fetch(`${this.url}/_sandbox/${action}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		if (!response.ok) throw new Error(`Sandbox control ${action}: ${await response.text()}`);
		return await response.json();
	}
}
