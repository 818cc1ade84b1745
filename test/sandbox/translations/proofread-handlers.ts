/** Answers of the operations on proofreads. They have no list and cannot be deleted. */
import { findUnusableUse, useOfInput, useOfSubtitles } from '../assets/asset-uses';
import { admitJob, admitJobs, jobAt } from '../jobs/job-answers';
import { hasJobFiles } from '../jobs/job';
import { ApiError, invalidParameter } from '../server/errors';
import type { Fields } from '../server/fields';
import { type Call, type Handlers, ok } from '../server/operation';
import { checkLanguages, languagesIn } from './language-jobs';
import { generatedDraft, presentProofread, presentSubtitles, type Proofread, proofreadDraft, subtitlesAt } from './proofread';

const proofreadOf = (call: Call): Proofread =>
	jobAt(call, 'proofread_id', call.world.jobs.proofread, { code: 'not_found', noun: 'Proofread' });

/** @throws ApiError 409 when the proofread has no subtitles yet, or has failed. */
function completedProofread(call: Call): Proofread {
	const job = proofreadOf(call);
	if (hasJobFiles(job, call.now)) return job;
	throw new ApiError(409, 'resource_not_ready', `Proofread ${job.id} is not completed`);
}

/** Subtitles that somebody hands in: the bytes of an asset, whatever `validateAssets` says, or what stands for an address. */
function subtitlesIn(input: unknown, { world, now }: Call): Buffer {
	const use = useOfSubtitles(input);
	const problem = findUnusableUse([use], world.assets, now);
	if (problem) throw problem;
	const asset = world.assets.getUsable(String(use.id), now);
	return asset ? world.assets.bytesOf(asset) : subtitlesAt(String((input as Fields).url));
}

export const proofreadHandlers: Handlers = {
	'POST /v3/video-translations/proofreads': (call) => {
		const { world, body } = call;
		const languages = languagesIn(body);
		const violations = checkLanguages(languages, world.config);
		if (violations.length > 0) throw invalidParameter(violations);
		const drafts = languages.map((language) => proofreadDraft(body, language));
		const uses = [useOfInput(body.video, ['video'], 'video'), useOfSubtitles(body.srt)];
		const jobs = admitJobs(call, world.jobs.proofread, drafts, uses);
		return ok({ data: { proofread_ids: jobs.map(({ id }) => id), status: 'processing' } });
	},

	'GET /v3/video-translations/proofreads/{proofread_id}': (call) => ok({ data: presentProofread(proofreadOf(call), call.now) }),

	'GET /v3/video-translations/proofreads/{proofread_id}/srt': (call) =>
		ok({ data: presentSubtitles(completedProofread(call), call.now, call.world.signer) }),

	'PUT /v3/video-translations/proofreads/{proofread_id}/srt': (call) => {
		const job = completedProofread(call);
		job.details.subtitles = subtitlesIn(call.body.srt, call);
		return ok({ data: presentProofread(job, call.now) });
	},

	'POST /v3/video-translations/proofreads/{proofread_id}/generate': (call) => {
		const draft = generatedDraft(completedProofread(call), call.body);
		const { id } = admitJob(call, call.world.jobs.translation, draft, []);
		return ok({ data: { status: 'processing', video_translation_id: id } });
	},
};
