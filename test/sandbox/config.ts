/** Settings of the sandbox, their defaults and the check of values that come from outside. */

/** How many API requests one key may make. */
export interface RateLimit {
	requests: number;
	/** Length of the window in seconds. */
	perSeconds: number;
	/** `sliding` (default) looks back from each request, `fixed` counts in windows aligned to the clock. */
	kind?: 'sliding' | 'fixed';
}

export interface SandboxConfig {
	/** Milliseconds before each API answer. */
	latencyMs: number;
	/** Seconds from the start of rendering to the end. Applies to videos created afterwards. */
	jobSeconds: number;
	/** Seconds a video stays `pending` before it is rendered. */
	jobQueueSeconds: number;
	/** null: no limit. */
	rateLimit: RateLimit | null;
	/** Videos pending or processing at once per key; null: no limit. */
	concurrentJobs: number | null;
	/** `Retry-After` of concurrency refusals in seconds; null: 1. */
	retryAfterSeconds: number | null;
	/** Size of video files in bytes, pseudo-random content; null: a small playable file. */
	fileBytes: number | null;
	/** Speed of the file host in MB/s; null: as fast as the machine allows. */
	fileMegabytesPerSecond: number | null;
	/** Life of a presigned URL in seconds. */
	fileUrlTtlSeconds: number;
	/** Hours for which an idempotency key replays its first answer. */
	idempotencyHours: number;
	/** Avatar groups in the catalogue. */
	groups: number;
	/** Looks in each group. */
	looksPerGroup: number;
	/** Voices in the catalogue. */
	voices: number;
	/** Whether unknown avatar and voice ids are refused. */
	validateIds: boolean;
	/** Whether videos may only use assets that exist and are of a fitting type. */
	validateAssets: boolean;
	/** Size of the largest file a direct upload may announce, in bytes. */
	assetMaxBytes: number;
	/** Milliseconds between the last byte of a direct upload and the first moment it can be completed. */
	uploadVisibleMs: number;
	/** Life of an upload link in seconds, from the moment it is handed out. */
	uploadUrlTtlSeconds: number;
	/** Seconds in which the files of a completed upload batch are taken in. */
	ingestSeconds: number;
}

export const defaultConfig: Readonly<SandboxConfig> = {
	latencyMs: 0,
	jobSeconds: 2,
	jobQueueSeconds: 0.2,
	rateLimit: null,
	concurrentJobs: null,
	retryAfterSeconds: null,
	fileBytes: null,
	fileMegabytesPerSecond: null,
	fileUrlTtlSeconds: 3600,
	idempotencyHours: 24,
	groups: 30,
	looksPerGroup: 4,
	voices: 130,
	validateIds: true,
	validateAssets: false,
	assetMaxBytes: 5 * 2 ** 30,
	uploadVisibleMs: 0,
	uploadUrlTtlSeconds: 3600,
	ingestSeconds: 0.2,
};

type Check = (value: unknown) => boolean;

const isAmount: Check = (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0;
const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const isFlag: Check = (value) => typeof value === 'boolean';
const orNull =
	(check: Check): Check =>
	(value) =>
		value === null || check(value);

const isRateLimit: Check = (value) => {
	if (typeof value !== 'object' || value === null) return false;
	const { requests, perSeconds, kind } = value as Record<string, unknown>;
	return (
		isCount(requests) &&
		isAmount(perSeconds) &&
		perSeconds !== 0 &&
		(kind === undefined || kind === 'sliding' || kind === 'fixed')
	);
};

const checks: Record<keyof SandboxConfig, Check> = {
	latencyMs: isAmount,
	jobSeconds: isAmount,
	jobQueueSeconds: isAmount,
	rateLimit: orNull(isRateLimit),
	concurrentJobs: orNull(isCount),
	retryAfterSeconds: orNull(isCount),
	fileBytes: orNull(isCount),
	fileMegabytesPerSecond: orNull(isCount),
	fileUrlTtlSeconds: isAmount,
	idempotencyHours: isAmount,
	groups: isCount,
	looksPerGroup: isCount,
	voices: isCount,
	validateIds: isFlag,
	validateAssets: isFlag,
	assetMaxBytes: isCount,
	uploadVisibleMs: isAmount,
	uploadUrlTtlSeconds: isAmount,
	ingestSeconds: isAmount,
};

/**
 * Lays new settings over existing ones; `undefined` leaves a setting as it is.
 * @throws Error naming the setting when a name is unknown or a value is out of range.
 */
export function mergeConfig(base: Readonly<SandboxConfig>, changes: object): SandboxConfig {
	const given = Object.entries(changes).filter(([, value]) => value !== undefined);
	for (const [name, value] of given) {
		if (!Object.hasOwn(checks, name)) throw new Error(`unknown setting "${name}"`);
		if (!checks[name as keyof SandboxConfig](value)) {
			throw new Error(`setting "${name}" cannot be ${JSON.stringify(value)}`);
		}
	}
	return { ...base, ...Object.fromEntries(given) };
}
