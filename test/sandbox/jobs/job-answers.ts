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
 * Why a request for a job is refused that fits the contract.
 * @param uses the assets that it names; they are checked when the settings say so.
 * @param codeOfWrongKind error code for an asset that is of no use to it.
 * @returns 404 or 400 for an asset, 402 without credit, or null.
 */
export function refusalOf({ world, key, now }: Call, uses: readonly AssetUse[], codeOfWrongKind?: string): ApiError | null {
	const problem = world.config.validateAssets ? findUnusableUse(uses, world.assets, now, codeOfWrongKind) : null;
	if (problem || key.hasCredit) return problem;
	return new ApiError(402, 'insufficient_credit', 'The wallet has too little credit for this job');
}

/** Starts the jobs that a call asks for. @throws ApiError as `refusalOf` says, 429 without a free place for each of them. */
export function admitJobs<Details>(
	call: Call,
	store: JobStore<Details>,
	drafts: ReadonlyArray<JobDraft<Details>>,
	uses: readonly AssetUse[],
	codeOfWrongKind?: string,
): Array<Job<Details>> {
	const { world, key, now } = call;
	const refusal = refusalOf(call, uses, codeOfWrongKind);
	if (refusal) throw refusal;
	const jobs = store.createAll(drafts, key.value, now);
	if (jobs) return jobs;
	const retryAfter = world.config.retryAfterSeconds ?? 1;
	throw new ApiError(429, 'rate_limit_exceeded', 'Too many jobs of this kind run at once', { retryAfter });
}

/** Starts the job that a call asks for. @throws ApiError as `admitJobs` does. */
export function admitJob<Details>(
	call: Call,
	store: JobStore<Details>,
	draft: JobDraft<Details>,
	uses: readonly AssetUse[],
	codeOfWrongKind?: string,
): Job<Details> {
	return admitJobs(call, store, [draft], uses, codeOfWrongKind)[0] as Job<Details>;
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
