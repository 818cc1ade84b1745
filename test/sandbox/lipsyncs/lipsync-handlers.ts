/** Answers of the operations on lip-syncs. */
import { type AssetUse, useOfInput } from '../assets/asset-uses';
import { acceptBatch, batchAnswer, type BatchedKind, bulkStatuses, entryOf, itemStateOf, jobStatus } from '../jobs/batched-jobs';
import type { JobDraft } from '../jobs/job';
import { admitJob, jobAt, pageOfJobs, refusalOf } from '../jobs/job-answers';
import { failureWith } from '../jobs/markers';
import { checkPart } from '../jobs/source-part';
import { invalidParameter, type ItemError } from '../server/errors';
import type { Fields } from '../server/fields';
import { type Call, type Handlers, ok } from '../server/operation';
import { requestsIn } from '../videos/batch-answers';
import { type Lipsync, type LipsyncDetails, lipsyncDraft, presentLipsync } from './lipsync';

const lipsyncKind: BatchedKind<JobDraft<LipsyncDetails>, Lipsync> = {
	storeIn: (world) => world.jobs.lipsync,
	stateOf: (job, now) => itemStateOf(job, now, failureWith(job.failureCode)),
	gone: { code: 'not_found', message: 'The lip-sync was deleted' },
};

const lipsyncOf = (call: Call): Lipsync =>
	jobAt(call, 'lipsync_id', call.world.jobs.lipsync, { code: 'not_found', noun: 'Lip-sync' });

const usesIn = (body: Fields): AssetUse[] => [
	useOfInput(body.video, ['video'], 'video'),
	useOfInput(body.audio, ['audio'], 'audio'),
];

/** What stands in a batch for a request. */
function entryFor(body: Fields, call: Call): JobDraft<LipsyncDetails> | ItemError {
	const violations = checkPart(body);
	const refusal = violations.length > 0 ? invalidParameter(violations) : refusalOf(call, usesIn(body));
	return entryOf(refusal, () => lipsyncDraft(body));
}

export const lipsyncHandlers: Handlers = {
	'POST /v3/lipsyncs': (call) => {
		const { world, body } = call;
		const violations = checkPart(body);
		if (violations.length > 0) throw invalidParameter(violations);
		const { id } = admitJob(call, world.jobs.lipsync, lipsyncDraft(body), usesIn(body));
		return ok({ data: { lipsync_id: id } });
	},

	'GET /v3/lipsyncs': (call) => ok(pageOfJobs(call, 'lipsyncs', call.world.jobs.lipsync, presentLipsync)),

	'GET /v3/lipsyncs/{lipsync_id}': (call) => ok({ data: presentLipsync(lipsyncOf(call), call.now, call.world.signer) }),

	'PATCH /v3/lipsyncs/{lipsync_id}': (call) => {
		const job = lipsyncOf(call);
		job.details.title = String(call.body.title);
		return ok({ data: presentLipsync(job, call.now, call.world.signer) });
	},

	'DELETE /v3/lipsyncs/{lipsync_id}': (call) => {
		const { id } = lipsyncOf(call);
		call.world.jobs.lipsync.delete(id, call.now);
		return ok({ data: { id } });
	},

	'GET /v3/lipsyncs/statuses': (call) =>
		bulkStatuses(call, lipsyncKind, 'lipsync_ids', (id) => jobStatus(id, call, lipsyncKind)),

	'POST /v3/lipsyncs/batches': (call) =>
		acceptBatch(call, lipsyncKind, requestsIn(call.body, 'lipsyncs').map((body) => entryFor(body, call))),

	'GET /v3/lipsyncs/batches/{batch_id}': (call) => batchAnswer(call, lipsyncKind),
};
