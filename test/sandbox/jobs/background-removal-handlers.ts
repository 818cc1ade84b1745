/** Answers of the operations on background removals. */
import { useOfInput } from '../assets/asset-uses';
import { ApiError } from '../server/errors';
import { type Call, type Handlers, ok } from '../server/operation';
import { presentRemoval, type RemovalDetails, removalDraft } from './background-removal';
import type { Job } from './job';
import { admitJob, pageOfJobs } from './job-answers';

/** The name of a request, or null when it has none or names are not looked at. */
function requestIdOf({ world, body }: Call): string | null {
	const { request_id: id } = body;
	return world.config.requestIdReplays && typeof id === 'string' && id !== '' ? id : null;
}

/** The job that a path names, deleted or not. */
function removalOf({ world, params, now }: Call): Job<RemovalDetails> {
	const store = world.jobs.backgroundRemoval;
	store.advance(now);
	const id = params['job_id'] ?? '';
	const job = store.find(id);
	if (!job) throw new ApiError(404, 'not_found', `Background removal ${id} not found`);
	return job;
}

/** The job that was made under the same name before, or else a new one. */
function requestedJob(call: Call): Job<RemovalDetails> {
	const { world, key, body, now } = call;
	const store = world.jobs.backgroundRemoval;
	store.advance(now);
	const requestId = requestIdOf(call);
	const earlier = requestId === null ? undefined : store.findRequested(key.value, requestId);
	if (earlier) {
		world.recorder.jobsByReplay.backgroundRemoval += 1;
		return earlier;
	}
	const job = admitJob(call, store, removalDraft(body), [useOfInput(body.video, ['video'], 'video')]);
	store.remember(job, requestId);
	return job;
}

export const backgroundRemovalHandlers: Handlers = {
	'POST /v3/background-removals': (call) =>
		ok({ data: presentRemoval(requestedJob(call), call.now, call.world.signer) }),

	'GET /v3/background-removals': (call) =>
		ok(pageOfJobs(call, 'removals', call.world.jobs.backgroundRemoval, presentRemoval)),

	'GET /v3/background-removals/{job_id}': (call) =>
		ok({ data: presentRemoval(removalOf(call), call.now, call.world.signer) }),

	// Deleting twice changes nothing, as the job can still be read.
	'DELETE /v3/background-removals/{job_id}': (call) => {
		const { id } = removalOf(call);
		call.world.jobs.backgroundRemoval.delete(id, call.now);
		return ok({ data: { id, deleted: true } });
	},
};
