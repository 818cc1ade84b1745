/** Answers of the operations on video translations. */
import { type AssetUse, useOfInput, useOfSubtitles } from '../assets/asset-uses';
import { acceptBatch, batchAnswer, type BatchedKind, bulkStatuses, entryOf, itemStateOf, jobStatus } from '../jobs/batched-jobs';
import type { JobDraft } from '../jobs/job';
import { admitJobs, jobAt, pageOfJobs, refusalOf } from '../jobs/job-answers';
import { checkPart } from '../jobs/source-part';
import { invalidParameter, type ItemError, type Violation } from '../server/errors';
import type { Fields } from '../server/fields';
import { type Call, type Handlers, ok } from '../server/operation';
import { requestsIn } from '../videos/batch-answers';
import { checkLanguages, languageFailure, languagesIn, languagesOf } from './language-jobs';
import { presentTranslation, type Translation, type TranslationDetails, translationDraft } from './translation';

/** Items of a batch, one for each language of each request. */
const MAX_ITEMS = 100;

const translationKind: BatchedKind<JobDraft<TranslationDetails>, Translation> = {
	storeIn: (world) => world.jobs.translation,
	stateOf: (job, now) => itemStateOf(job, now, languageFailure(job)),
	gone: { code: 'not_found', message: 'The translation was deleted' },
};

const translationOf = (call: Call): Translation =>
	jobAt(call, 'video_translation_id', call.world.jobs.translation, { code: 'not_found', noun: 'Video translation' });

const check = (body: Fields, languages: readonly string[], { world }: Call): Violation[] => [
	...checkLanguages(languages, world.config),
	...checkPart(body),
];

const usesIn = (body: Fields): AssetUse[] => [
	useOfInput(body.video, ['video'], 'video'),
	useOfInput(body.audio, ['audio'], 'audio'),
	useOfSubtitles(body.srt),
];

/** What stands in a batch for a request in one of its languages. */
function entryIn(language: string, body: Fields, call: Call): JobDraft<TranslationDetails> | ItemError {
	const violations = check(body, [language], call);
	const refusal = violations.length > 0 ? invalidParameter(violations) : refusalOf(call, usesIn(body));
	return entryOf(refusal, () => translationDraft(body, language));
}

export const translationHandlers: Handlers = {
	'POST /v3/video-translations': (call) => {
		const { world, body } = call;
		const languages = languagesIn(body);
		const violations = check(body, languages, call);
		if (violations.length > 0) throw invalidParameter(violations);
		const drafts = languages.map((language) => translationDraft(body, language));
		const jobs = admitJobs(call, world.jobs.translation, drafts, usesIn(body));
		return ok({ data: { video_translation_ids: jobs.map(({ id }) => id) } });
	},

	'GET /v3/video-translations': (call) =>
		ok(pageOfJobs(call, 'translations', call.world.jobs.translation, presentTranslation)),

	'GET /v3/video-translations/languages': ({ world }) => ok({ data: { languages: languagesOf(world.config) } }),

	'GET /v3/video-translations/{video_translation_id}': (call) =>
		ok({ data: presentTranslation(translationOf(call), call.now, call.world.signer) }),

	'PATCH /v3/video-translations/{video_translation_id}': (call) => {
		const job = translationOf(call);
		job.details.title = String(call.body.title);
		return ok({ data: presentTranslation(job, call.now, call.world.signer) });
	},

	'DELETE /v3/video-translations/{video_translation_id}': (call) => {
		const { id } = translationOf(call);
		call.world.jobs.translation.delete(id, call.now);
		return ok({ data: { id } });
	},

	'GET /v3/video-translations/statuses': (call) =>
		bulkStatuses(call, translationKind, 'video_translation_ids', (id) => jobStatus(id, call, translationKind)),

	'POST /v3/video-translations/batches': (call) => {
		const requests = requestsIn(call.body, 'video_translations');
		const items = requests.flatMap((body) => languagesIn(body).map((language) => ({ language, body })));
		if (items.length > MAX_ITEMS) {
			const message = `a batch has at most ${MAX_ITEMS} items, one for each language of each request, not ${items.length}`;
			throw invalidParameter([{ param: 'video_translations', message }]);
		}
		return acceptBatch(call, translationKind, items.map(({ language, body }) => entryIn(language, body, call)));
	},

	'GET /v3/video-translations/batches/{batch_id}': (call) => batchAnswer(call, translationKind),
};
