/** What the sandbox has seen: counters, and a log of the last API requests. */
import { countEach, type JobName } from '../jobs/job';
import type { RawQuery } from './contract';

/** One API request. */
export interface RequestLogEntry {
	/** Arrival, Unix milliseconds. */
	time: number;
	method: string;
	path: string;
	/** Path template of the contract, or null outside of it. */
	template: string | null;
	query: RawQuery;
	/** HTTP status sent, `'dropped'` when the connection was cut instead, null while there is no answer yet. */
	status: number | 'dropped' | null;
	idempotencyKey: string | null;
	/** The API key, if it is one of the sandbox's. */
	apiKey: string | null;
	/** Whether an earlier answer was replayed. */
	replayed: boolean;
	/**
	 * Parsed JSON body, or its text when it is no JSON; null when empty or larger than 16 KiB. Of a form:
	 * `{part: {filename, content_type, size_bytes, sha256}}`.
	 */
	body: unknown;
}

/** A snapshot of the counters. */
export interface SandboxStats {
	/** `{'POST /v3/videos': {'200': 3, '429': 1}}`; paths outside the contract count as `(unknown)`. */
	requests: Record<string, Record<string, number>>;
	requestsTotal: number;
	/** Videos really created; replays and seeded videos do not count. */
	videosCreated: number;
	/** Videos that were not created again because an answer was replayed. */
	videosByIdempotencyReplay: number;
	/** Jobs of each kind that were really created; replays and seeded ones do not count. */
	jobsCreated: Record<JobName, number>;
	/** Jobs of each kind that were not created again, because an answer was replayed or a `request_id` was known. */
	jobsByReplay: Record<JobName, number>;
	refused429: number;
	/** The most jobs of one kind that ran at once under one key. */
	maxConcurrentJobs: number;
	/** The most API requests that were being answered at once. */
	maxConcurrentRequests: number;
	/** The same for each operation, e.g. `{'GET /v3/ai-clipping/{job_id}': 2}`. */
	maxInFlight: Record<string, number>;
	/** Requests to the file host that carried an API credential. */
	keysSeenOnFileHost: number;
	fileRequests: number;
	/** Bytes of file content handed to connections. */
	fileBytesSent: number;
	/** Assets that became usable: simple uploads and completed direct ones; replays do not count. */
	assetsCreated: number;
	/** Slots handed out for direct uploads, those of batches included; replays do not count. */
	uploadSlotsCreated: number;
	/** Bytes of files that arrived in full, in a form or a PUT that was let in, whatever became of them. */
	uploadBytesReceived: number;
	/** Webhook events that have happened, delivered or not. */
	eventsEmitted: number;
	/** Attempts at webhook deliveries that were answered with 2xx. */
	deliveriesSucceeded: number;
	/** Attempts at webhook deliveries that failed; one delivery may have several. */
	deliveriesFailed: number;
}

const LOG_LENGTH = 5_000;

/** The operation that a request is for. */
const nameOf = ({ method, template }: RequestLogEntry): string =>
	template === null ? '(unknown)' : `${method} ${template}`;

export class Recorder {
	private readonly counts = new Map<string, Map<string, number>>();
	private log: RequestLogEntry[] = [];
	private total = 0;
	private refused = 0;
	private inFlight = 0;
	private maxInFlight = 0;
	/** Requests that have arrived in full and are being answered. */
	private readonly answering = new Set<RequestLogEntry>();
	/** By operation: how many requests are being answered, and the most there were. */
	private readonly flights = new Map<string, { now: number; most: number }>();

	readonly jobsByReplay = countEach(() => 0);
	keysSeenOnFileHost = 0;
	fileRequests = 0;
	fileBytesSent = 0;
	uploadBytesReceived = 0;

	/** Notes the arrival of an API request. @returns its log entry, to be filled in while it is handled. */
	arrive(method: string, path: string, query: RawQuery, time: number): RequestLogEntry {
		const entry: RequestLogEntry = {
			time,
			method,
			path,
			template: null,
			query,
			status: null,
			idempotencyKey: null,
			apiKey: null,
			replayed: false,
			body: null,
		};
		this.log.push(entry);
		// Cutting only now and then keeps the cost per request constant.
		if (this.log.length >= 2 * LOG_LENGTH) this.log = this.log.slice(-LOG_LENGTH);
		this.total += 1;
		this.inFlight += 1;
		this.maxInFlight = Math.max(this.maxInFlight, this.inFlight);
		return entry;
	}

	/** Notes what an API request that has arrived in full is for. @param template null outside of the contract. */
	recognise(entry: RequestLogEntry, template: string | null): void {
		entry.template = template;
		const name = nameOf(entry);
		const { now, most } = this.flights.get(name) ?? { now: 0, most: 0 };
		this.flights.set(name, { now: now + 1, most: Math.max(most, now + 1) });
		this.answering.add(entry);
	}

	/** Notes how an API request ended. */
	leave(entry: RequestLogEntry, status: number | 'dropped'): void {
		entry.status = status;
		this.inFlight -= 1;
		if (status === 429) this.refused += 1;
		const name = nameOf(entry);
		const flight = this.flights.get(name);
		if (this.answering.delete(entry) && flight) flight.now -= 1;
		const byStatus = this.counts.get(name) ?? new Map<string, number>();
		this.counts.set(name, byStatus);
		byStatus.set(String(status), (byStatus.get(String(status)) ?? 0) + 1);
	}

	/** The last 5,000 API requests, oldest first. */
	requests(): RequestLogEntry[] {
		return this.log.slice(-LOG_LENGTH);
	}

	/**
	 * @param jobs the counters that the stores of jobs keep.
	 * @param assets the two counters that the asset store keeps.
	 * @param webhooks the three counters that the webhooks keep.
	 */
	snapshot(
		jobs: { created: Record<JobName, number>; maxRunning: number },
		assets: { created: number; slotsCreated: number },
		webhooks: { emitted: number; succeeded: number; failed: number },
	): SandboxStats {
		const requests = [...this.counts].map(
			([name, byStatus]) => [name, Object.fromEntries(byStatus)] as const,
		);
		return {
			requests: Object.fromEntries(requests),
			requestsTotal: this.total,
			videosCreated: jobs.created.video,
			videosByIdempotencyReplay: this.jobsByReplay.video,
			jobsCreated: jobs.created,
			jobsByReplay: { ...this.jobsByReplay },
			refused429: this.refused,
			maxConcurrentJobs: jobs.maxRunning,
			maxConcurrentRequests: this.maxInFlight,
			maxInFlight: Object.fromEntries([...this.flights].map(([name, { most }]) => [name, most])),
			keysSeenOnFileHost: this.keysSeenOnFileHost,
			fileRequests: this.fileRequests,
			fileBytesSent: this.fileBytesSent,
			assetsCreated: assets.created,
			uploadSlotsCreated: assets.slotsCreated,
			uploadBytesReceived: this.uploadBytesReceived,
			eventsEmitted: webhooks.emitted,
			deliveriesSucceeded: webhooks.succeeded,
			deliveriesFailed: webhooks.failed,
		};
	}
}
