/** Runs the sandbox on its own: `tsx test/sandbox/cli.ts --help`. */
import { parseArgs } from 'node:util';
import { apiKeys, Sandbox, type SandboxOptions } from '.';

const HELP = `Starts a stand-in for the HeyGen API on 127.0.0.1.

  --port N         port of the API (default: any free one)
  --file-port N    port of the file host (default: any free one)
  --latency MS     milliseconds before each answer (default 0)
  --job-seconds S  seconds a video is rendered or another job runs (default 2)
  --rate N/S       at most N requests in S seconds per key (default: no limit)
  --jobs N         at most N jobs of each kind at once per key (default: no limit)
  --file-bytes N   size of films in bytes (default: a small playable file)
  --asset-max N    size in bytes of the largest direct upload (default 5 GiB)
  --upload-ttl S   seconds an upload link lives (default 3600)
  --upload-lag MS  milliseconds until uploaded bytes can be completed (default 0)
  --ingest S       seconds in which the files of a batch are taken in (default 0.2)
  --check-assets   jobs may only use assets that exist and fit (default: any id)
  --for SECONDS    stop after that time (default: run until SIGINT or SIGTERM)
  --help           show this text
`;

const EXIT_USAGE = 2;

class UsageError extends Error {}

type Flags = Record<string, string | undefined>;

const MAX_PORT = 65_535;

function numberOf(flags: Flags, name: string): number | undefined {
	const text = flags[name];
	if (text === undefined) return undefined;
	const value = Number(text);
	if (text.trim() === '' || !Number.isFinite(value) || value < 0) {
		throw new UsageError(`--${name} must be a number of at least 0, not "${text}"`);
	}
	return value;
}

function countOf(flags: Flags, name: string, most = Number.MAX_SAFE_INTEGER): number | undefined {
	const value = numberOf(flags, name);
	if (value !== undefined && (!Number.isInteger(value) || value > most)) {
		throw new UsageError(`--${name} must be a whole number up to ${most}, not "${value}"`);
	}
	return value;
}

function rateOf(text: string | undefined): SandboxOptions['rateLimit'] {
	if (text === undefined) return null;
	const [, requests, perSeconds] = /^(\d+)\/(\d+(?:\.\d+)?)$/.exec(text) ?? [];
	if (requests === undefined || perSeconds === undefined || Number(perSeconds) === 0) {
		throw new UsageError(`--rate must look like 20/1 (requests/seconds), not "${text}"`);
	}
	return { requests: Number(requests), perSeconds: Number(perSeconds) };
}

/** Keeps only the flags that were given, so that the defaults stay in one place. */
function optionsOf(flags: Flags, validateAssets: boolean | undefined): SandboxOptions {
	const options = {
		port: countOf(flags, 'port', MAX_PORT),
		filePort: countOf(flags, 'file-port', MAX_PORT),
		latencyMs: numberOf(flags, 'latency'),
		jobSeconds: numberOf(flags, 'job-seconds'),
		concurrentJobs: countOf(flags, 'jobs'),
		fileBytes: countOf(flags, 'file-bytes'),
		assetMaxBytes: countOf(flags, 'asset-max'),
		uploadUrlTtlSeconds: numberOf(flags, 'upload-ttl'),
		uploadVisibleMs: numberOf(flags, 'upload-lag'),
		ingestSeconds: numberOf(flags, 'ingest'),
		validateAssets,
		rateLimit: rateOf(flags['rate']),
	};
	const given = Object.entries(options).filter(([, value]) => value !== undefined);
	return Object.fromEntries(given) as SandboxOptions;
}

function readFlags(): { flags: Flags; checkAssets: boolean | undefined; help: boolean } {
	const text = { type: 'string' } as const;
	try {
		const { values } = parseArgs({
			options: {
				port: text,
				'file-port': text,
				latency: text,
				'job-seconds': text,
				rate: text,
				jobs: text,
				'file-bytes': text,
				'asset-max': text,
				'upload-ttl': text,
				'upload-lag': text,
				ingest: text,
				'check-assets': { type: 'boolean' },
				for: text,
				help: { type: 'boolean' },
			},
		});
		const { help = false, 'check-assets': checkAssets, ...flags } = values;
		return { flags, checkAssets, help };
	} catch (error) {
		throw new UsageError(error instanceof Error ? error.message : String(error));
	}
}

/** Resolves at the first signal to stop, or after the seconds given. */
async function untilStopped(seconds: number | undefined): Promise<void> {
	await new Promise<void>((resolve) => {
		process.once('SIGINT', () => resolve());
		process.once('SIGTERM', () => resolve());
		if (seconds !== undefined) setTimeout(resolve, seconds * 1_000);
	});
}

async function main(): Promise<void> {
	const { flags, checkAssets, help } = readFlags();
	if (help) {
		process.stdout.write(HELP);
		return;
	}
	const seconds = numberOf(flags, 'for');
	const sandbox = await Sandbox.start(optionsOf(flags, checkAssets));
	const keys = apiKeys.map(({ value, purpose }) => `key        ${value}  (${purpose})`);
	const lines = [`api        ${sandbox.url}`, `file host  ${sandbox.fileUrl}`, ...keys];
	process.stdout.write(`${lines.join('\n')}\n`);
	await untilStopped(seconds);
	await sandbox.stop();
	process.exit(0);
}

main().catch((error: unknown) => {
	const message = error instanceof Error ? error.message : String(error);
	process.stderr.write(`${message}\n`);
	process.exit(error instanceof UsageError ? EXIT_USAGE : 1);
});
