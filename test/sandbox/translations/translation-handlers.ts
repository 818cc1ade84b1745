/** Answers of the operations that read video translations. */
import { batchEntries, type ItemStatus, type StatusEntry, statusIds } from '../videos/batch-answers';
import { ApiError } from '../server/errors';
import { type TranslationFile, translationFilePath } from '../files/file-names';
import { type Call, type Handlers, ok, seconds } from '../server/operation';
import { pageOfRecords } from '../server/records';
import {
	hasTranslationFiles,
	type Translation,
	translationFailure,
	translationStateAt,
} from './translation';

function presentTranslation(job: Translation, { world, now }: Call): object {
	const state = translationStateAt(job, now);
	const link = (file: TranslationFile): string | null =>
		hasTranslationFiles(job, now) ? world.signer.mint(translationFilePath(job.id, file), now) : null;
	return {
		id: job.id,
		title: job.title,
		status: state,
		video_url: link('video'),
		audio_url: link('audio'),
		srt_caption_url: link('srt'),
		vtt_caption_url: link('vtt'),
		input_language: job.inputLanguage,
		output_language: job.outputLanguage,
		duration: state === 'completed' ? job.duration : null,
		translate_audio_only: false,
		callback_id: job.callbackId,
		failure_message: state === 'failed' ? translationFailure.message : null,
		created_at: seconds(job.createdAt),
	};
}

/** The state in the words of the bulk status. */
const itemStatus: Record<ReturnType<typeof translationStateAt>, ItemStatus> = {
	pending: 'queued',
	running: 'processing',
	completed: 'completed',
	failed: 'failed',
};

function statusEntry(id: string, { world, now }: Call): StatusEntry {
	const job = world.translations.records.get(id);
	const base = { video_id: id, batch_id: null, item_index: null };
	if (!job) return { ...base, status: 'not_found', error: null };
	const status = itemStatus[translationStateAt(job, now)];
	return { ...base, status, error: status === 'failed' ? translationFailure : null };
}

export const translationHandlers: Handlers = {
	'GET /v3/video-translations': (call) => {
		const { world, query } = call;
		const present = (job: Translation): object => presentTranslation(job, call);
		const { records } = world.translations;
		return ok(
			pageOfRecords('translations', records, query, () => true, present, world.config.listOrder),
		);
	},

	'GET /v3/video-translations/{video_translation_id}': (call) => {
		const id = call.params['video_translation_id'] ?? '';
		const job = call.world.translations.records.get(id);
		if (!job) throw new ApiError(404, 'not_found', `Video translation ${id} not found`);
		return ok({ data: presentTranslation(job, call) });
	},

	'GET /v3/video-translations/statuses': (call) => {
		const { ids, batchIds } = statusIds(call.query, 'video_translation_ids');
		const ofJobs = ids.map((id) => statusEntry(id, call));
		// There are no batches of translations yet.
		const ofBatches = batchIds.flatMap((id) => batchEntries(id, undefined));
		return ok({ data: [...ofJobs, ...ofBatches], has_more: false, next_token: null });
	},
};
