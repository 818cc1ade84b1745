import type { Operation } from '../../declare/resource';
import { checkFileGiven } from '../../engine/item/fileGiven';
import { jobShape } from '../../engine/item/simplify';
import { write } from '../../engine/operations/write';
import { checkSubtitlesOption } from '../../fields/checking';
import { type FileInput, fileInputFields, unionPlaces } from '../../fields/files';
import { proofreadIdField } from '../../fields/ids';
import { inBody } from '../../fields/inBody';
import { optionsField, sendingOptionsField } from '../../fields/sending';
import { simplifyField } from '../../fields/simplify';
import { proofreadJob } from '../../heygen/jobs/proofread';
import { changedSubtitles } from '../../heygen/schemas/dubbing';

const subtitles: FileInput = {
	label: 'Subtitles',
	prefix: 'subtitles',
	takes: 'an SRT file',
	example: 'https://example.com/subtitles.srt',
	places: unionPlaces('srt'),
};

const send = write('update the subtitles of the proofread', changedSubtitles, { files: true, shape: jobShape(proofreadJob) });

const [source, ...fields] = fileInputFields(subtitles, 'Where the corrected subtitles come from');

/** `PUT /v3/video-translations/proofreads/{proofread_id}/srt`. */
export const updateSubtitles: Operation = {
	value: 'updateSubtitles',
	name: 'Update Subtitles',
	action: 'Update subtitles of proofread',
	description: 'Put corrected subtitles in place of those of a proofread',
	request: { method: 'PUT', url: '/v3/video-translations/proofreads/{proofread_id}/srt' },
	run: async (call) => {
		checkFileGiven(call, subtitles, 'srt');
		return await send(call);
	},
	properties: [
		proofreadIdField,
		{
			...source,
			options: [...(source?.options ?? []), { name: 'Subtitles Text', value: 'text', description: 'The text of an SRT file, as Get Subtitles puts it out' }],
			default: 'text',
		} as typeof proofreadIdField,
		{
			displayName: 'Subtitles Text',
			name: 'subtitlesText',
			type: 'string',
			typeOptions: { rows: 6 },
			required: true,
			default: '',
			displayOptions: { show: { subtitlesSource: ['text'] } },
			placeholder: 'e.g. {{ $json.subtitles }}',
			hint: 'Numbers and times stay as they are: correct the words',
			description: 'The text of an SRT file: cues with numbers, times and words',
			routing: inBody('srt.text'),
		},
		...fields,
		simplifyField,
		optionsField([checkSubtitlesOption]),
		sendingOptionsField,
	],
};
