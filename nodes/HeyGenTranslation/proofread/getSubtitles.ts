import type { Operation } from '../../declare/resource';
import { subtitleFiles } from '../../engine/operations/subtitleFiles';
import { proofreadIdField } from '../../fields/ids';
import { sendingOptionsField } from '../../fields/sending';
import { downloadField } from '../../fields/waiting';
import { proofreadJob, proofreadSubtitles } from '../../heygen/jobs/proofread';

/** `GET /v3/video-translations/proofreads/{proofread_id}/srt`. */
export const getSubtitles: Operation = {
	value: 'getSubtitles',
	name: 'Get Subtitles',
	action: 'Get subtitles of proofread',
	description: "Fetch the translated subtitles, as a file and as text in the field 'subtitles', so that people or models can correct them",
	request: { method: 'GET', url: '/v3/video-translations/proofreads/{proofread_id}/srt' },
	run: subtitleFiles(proofreadSubtitles, proofreadJob),
	properties: [proofreadIdField, downloadField(proofreadSubtitles), sendingOptionsField],
};
