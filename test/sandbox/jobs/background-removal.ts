/** Background removals: a video taken apart into layers. */
import type { SandboxConfig } from '../config';
import { jobFilePath } from '../files/file-names';
import type { UrlSigner } from '../files/signed-urls';
import { draftWith, hasJobFiles, type Job, type JobDraft, jobStateAt, statusWordAt } from './job';
import { JobStore } from './job-store';
import { failureWith, textsAmong } from './markers';
import { seconds } from '../server/operation';

/** The names of the layers that were asked for. */
export interface RemovalDetails {
	layers: string[];
}

const words = { waiting: 'pending', running: 'processing' };
/** Length of every finished layer in seconds. */
const DURATION_SECONDS = 10;
/** Type of the file of each layer. The foreground is transparent around it, and mp4 cannot be. */
const extensionOfLayer: Record<string, string> = { foreground: 'webm', mask: 'mp4', background: 'mp4' };

/** Reads a request. Markers stand in its title, which no answer tells again. */
export function removalDraft({ title, layers }: Record<string, unknown>): JobDraft<RemovalDetails> {
	const asked = Array.isArray(layers) ? layers.map(String) : [];
	return draftWith(textsAmong([title]), {
		layers: asked.length > 0 ? [...new Set(asked)] : Object.keys(extensionOfLayer),
	});
}

function layersOf(job: Job<RemovalDetails>, now: number, signer: UrlSigner): Record<string, string> {
	if (job.deleted || !hasJobFiles(job, now)) return {};
	const links = job.details.layers.map((name) => {
		const file = `${name}.${extensionOfLayer[name] ?? 'mp4'}`;
		return [name, signer.mint(jobFilePath('backgroundRemoval', job.id, file), now)];
	});
	return Object.fromEntries(links) as Record<string, string>;
}

/** The record of a background removal; of a deleted one little is left. */
export function presentRemoval(job: Job<RemovalDetails>, now: number, signer: UrlSigner): object {
	const state = jobStateAt(job, now);
	const isCompleted = state === 'completed' && !job.deleted;
	return {
		id: job.id,
		status: job.deleted ? 'deleted' : statusWordAt(job, now, words),
		layers: layersOf(job, now, signer),
		error: state === 'failed' && !job.deleted ? failureWith(job.failureCode).message : null,
		duration: isCompleted ? DURATION_SECONDS : null,
		created_at: seconds(job.createdAt),
		completed_at: isCompleted ? seconds(job.finishAt) : null,
	};
}

/** Background removals, which can be found by the name of their request, and when they are deleted. */
export class RemovalStore extends JobStore<RemovalDetails> {
	private readonly everMade = new Map<string, Job<RemovalDetails>>();
	private readonly requested = new Map<string, Job<RemovalDetails>>();

	/** @param config read at each use, so that changed settings apply at once. */
	constructor(config: () => SandboxConfig) {
		// Their end is no event.
		super(config, () => undefined);
	}

	/** Remembers a new job, under the name of its request if it has one. */
	remember(job: Job<RemovalDetails>, requestId: string | null): void {
		this.everMade.set(job.id, job);
		if (requestId !== null) this.requested.set(`${job.owner} ${requestId}`, job);
	}

	/** The job of that id, deleted or not. */
	find(id: string): Job<RemovalDetails> | undefined {
		return this.everMade.get(id);
	}

	/** The job that a key made under that name, deleted or not. */
	findRequested(owner: string, requestId: string): Job<RemovalDetails> | undefined {
		return this.requested.get(`${owner} ${requestId}`);
	}
}
