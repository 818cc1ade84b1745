/** Answers of the operations on AI clipping. */
import { useOfInput } from '../assets/asset-uses';
import { type Call, type Handlers, ok } from '../server/operation';
import { clippingDraft, type ClippingDetails, presentClipping } from './clipping';
import type { Job } from './job';
import { admitJob, jobAt, pageOfJobs } from './job-answers';

const clippingOf = (call: Call): Job<ClippingDetails> =>
	jobAt(call, 'job_id', call.world.jobs.clipping, { code: 'not_found', noun: 'Clipping job' });

export const clippingHandlers: Handlers = {
	'POST /v3/ai-clipping': (call) => {
		const { world, body } = call;
		const uses = [useOfInput(body.video, ['video'], 'video')];
		const { id } = admitJob(call, world.jobs.clipping, clippingDraft(body), uses);
		return { status: 202, body: { data: { ai_clipping_id: id } } };
	},

	'GET /v3/ai-clipping': (call) =>
		ok(
			pageOfJobs(call, 'clippings', call.world.jobs.clipping, (job, now, signer) =>
				presentClipping(job, now, signer, false),
			),
		),

	'GET /v3/ai-clipping/{job_id}': (call) =>
		ok({ data: presentClipping(clippingOf(call), call.now, call.world.signer) }),

	'DELETE /v3/ai-clipping/{job_id}': (call) => {
		const { id } = clippingOf(call);
		call.world.jobs.clipping.delete(id, call.now);
		return ok({ data: { id } });
	},
};
