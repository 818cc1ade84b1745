/** What the handlers of all simple jobs have in common: admitting a job, finding it, listing it. */
import { type AssetUse, findUnusableUse } from '../assets/asset-uses';
import { ApiError } from '../server/errors';
import type { Call } from '../server/operation';
import { pageOfRecords } from '../server/records';
import type { Page } from '../server/cursor';
import type { UrlSigner } from '../files/signed-urls';
import type { Job, JobDraft } from './job';
import type { JobStore } from './job-store';

/** What is answered when a path names no job. */
interface Missing {
	code: string;
	/** How a job of this kind is called, as the start of a sentence. */
	noun: string;
}

/**
 * Starts the job that a call asks for.
 * @param uses the assets that its body names; they are checked when the settings say so.
 * @param codeOfWrongKind error code for an asset that is of no use to it.
 * @throws ApiError 404 or 400 for an asset, 402 without credit, 429 without a free place.
 */
export function admitJob<Details>(
	{ world, key, now }: Call,
	store: JobStore<Details>,
	draft: JobDraft<Details>,
	uses: readonly AssetUse[],
	codeOfWrongKind?: string,
): Job<Details> {
	const problem = world.config.validateAssets
		? findUnusableUse(uses, world.assets, now, codeOfWrongKind)
		: null;
	if (problem) throw problem;
	if (!key.hasCredit) {
		throw new ApiError(402, 'insufficient_credit', 'The wallet has too little credit for this job');
	}
	const job = store.create(draft, key.value, now);
	if (job) return job;
	const retryAfter = world.config.retryAfterSeconds ?? 1;
	throw new ApiError(429, 'rate_limit_exceeded', 'Too many jobs of this kind run at once', { retryAfter });
}

/** The job that a path names. @throws ApiError 404 when there is none, or when it was deleted. */
export function jobAt<Details>(
	{ params, now }: Call,
	parameter: string,
	store: JobStore<Details>,
	{ code, noun }: Missing,
): Job<Details> {
	store.advance(now);
	const id = params[parameter] ?? '';
	const job = store.records.get(id);
	if (!job) throw new ApiError(404, code, `${noun} ${id} not found`);
	return job;
}

/** One page of the jobs of a kind. @param list name of the list, for its cursors. */
export function pageOfJobs<Details>(
	{ world, query, now }: Call,
	list: string,
	store: JobStore<Details>,
	present: (job: Job<Details>, now: number, signer: UrlSigner) => object,
): Page {
	store.advance(now);
	const presentNow = (job: Job<Details>): object => present(job, now, world.signer);
	return pageOfRecords(list, store.records, query, () => true, presentNow, world.config.listOrder);
}
