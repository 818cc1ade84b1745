/** Answers of the operations on removals of filler words. They have no list and cannot be deleted. */
import { useOfInput } from '../assets/asset-uses';
import { type Handlers, ok } from '../server/operation';
import { fillerDraft, presentFiller } from './filler-word-removal';
import { admitJob, jobAt } from './job-answers';

export const fillerWordRemovalHandlers: Handlers = {
	'POST /v3/filler-word-removals': (call) => {
		const { world, body } = call;
		const uses = [useOfInput(body.video, ['video'], 'video')];
		const { id } = admitJob(call, world.jobs.fillerWordRemoval, fillerDraft(body), uses);
		return ok({ data: { filler_word_removal_id: id } });
	},

	'GET /v3/filler-word-removals/{id}': (call) => {
		const { world, now } = call;
		const missing = { code: 'not_found', noun: 'Filler word removal' };
		const job = jobAt(call, 'id', world.jobs.fillerWordRemoval, missing);
		return ok({ data: presentFiller(job, now, world.signer) });
	},
};
