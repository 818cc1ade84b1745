import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../declare/resource';
import { inputError } from '../../engine/basics/errors';
import { withAdditionalFields } from '../../engine/item/additionalFields';
import type { Asked, Call, Ordered } from '../../engine/item/call';
import { checkBody } from '../../engine/item/checkBody';
import { withPreset } from '../../engine/item/preset';
import { spoken } from '../../engine/item/spoken';
import { job } from '../../engine/operations/job';
import { costNotice } from '../../fields/cost';
import { fileFields, type FileInput, fileSources } from '../../fields/files';
import { listFilterFields } from '../../fields/listFilters';
import { avatarField, voiceField } from '../../fields/pickers';
import { jobOptions, optionsField, requestOptionsField } from '../../fields/sending';
import { simplifyFields } from '../../fields/simplify';
import { spendingOptions } from '../../fields/spending';
import { voiceSettingsField } from '../../fields/voiceSettings';
import { optionalWaitOptions, waitForCompletionFields } from '../../fields/waiting';
import type { JobFile } from '../../heygen/jobs/kind';
import { videoJob } from '../../heygen/jobs/video';
import { AUDIO_MAX_MINUTES, RENDER_AUDIO_MAX_MB, SCRIPT_MAX_CHARACTERS } from '../../heygen/limits';
import { AVATAR_ENGINES, avatarVideo } from '../../heygen/schemas/avatarVideo';
import { isNothing } from '../../heygen/values/reading';
import { amount, shown } from '../../heygen/values/text';
import { avatarVideoOptions } from './avatarVideoOptions';

const SPEECH_FIELDS: Record<string, string> = {
	binary: 'Audio Binary Field',
	script: 'Script',
	url: 'Audio URL',
	assetId: 'Audio Asset ID',
};

/** A recording that the avatar speaks instead of a script. */
const audio: FileInput = {
	label: 'Audio',
	prefix: 'audio',
	takes: `an MP3 or WAV file, up to ${RENDER_AUDIO_MAX_MB} MB and ${AUDIO_MAX_MINUTES} minutes long`,
	example: 'https://example.com/speech.mp3',
	// The API has no union here but two flat fields (API reference, section 3.1).
	places: { file: 'audio_asset_id', url: 'audio_url', assetId: 'audio_asset_id' },
};

/** The body in the API's form. */
function avatarVideoBody(call: Call, files: readonly JobFile[]): IDataObject {
	const body = withPreset(call, call.body);
	const source = call.parameter('audioSource', 'script');
	if (body.script === undefined && body.audio_url === undefined && body.audio_asset_id === undefined) {
		throw inputError(
			`'${SPEECH_FIELDS[source]}' is empty`,
			'Give the avatar something to say. An expression that finds nothing gives an empty field.',
		);
	}
	const video = checkBody(avatarVideo, body, call.names);
	// Captions of a style that the node does not have are among the additional fields.
	checkFiles(withAdditionalFields(call, video).caption as Caption, files);
	return video;
}

type Caption = { style?: unknown } | null | undefined;

/** A file that only exists when captions were asked for would be missed after the money is spent. */
function checkFiles(caption: Caption, files: readonly JobFile[]): void {
	for (const { name, displayName } of files) {
		if (
			(name === 'captionedVideo' && isNothing(caption?.style)) ||
			(name === 'subtitles' && isNothing(caption))
		) {
			throw inputError(
				`'Download' asks for the file '${displayName}', but 'Caption' does not make one`,
				`Add the option 'Caption'${name === 'captionedVideo' ? " and choose 'Subtitle File and Burned In'" : ''}.`,
			);
		}
	}
}

/** The engine that moves the avatar; HeyGen's default is Avatar IV. Fields that the user adds are not checked. */
function engineOf({ body }: Asked): unknown {
	return (body.engine as { type?: unknown } | null | undefined)?.type;
}

/** The price by the engine. That of an engine which came later is not in HeyGen's price list yet. */
function priced(asked: Asked): Pick<Ordered, 'kind' | 'rateNote'> {
	const engine = engineOf(asked);
	if (engine === 'avatar_iii') return { kind: 'avatarVideoIii' };
	if (isNothing(engine) || AVATAR_ENGINES.some((known) => known === engine)) return { kind: 'avatarVideo' };
	const rateNote = `the price of the engine ${shown(engine)} is not known here, and that of Avatar IV and Avatar V is taken`;
	return { kind: 'avatarVideo', rateNote };
}

const FOR_A_SCRIPT: INodeProperties['displayOptions'] = { show: { audioSource: ['script'] } };

/** `POST /v3/videos` with `type: avatar`. */
export const createAvatar: Operation = {
	value: 'createAvatar',
	name: 'Create Avatar Video',
	action: 'Create avatar video',
	description: 'Let an avatar speak a script or a recording, and hand on the finished video',
	request: { method: 'POST', url: '/v3/videos', body: { type: 'avatar' } },
	run: job(videoJob, 'create the video', avatarVideoBody, { callbackId: true }),
	cost: (asked) => ({ ...priced(asked), ...spoken(asked) }),
	properties: [
		costNotice('avatarVideo', 'video'),
		avatarField,
		{
			displayName: 'What the Avatar Says',
			name: 'audioSource',
			type: 'options',
			options: [
				...fileSources(audio),
				{ name: 'Script', value: 'script', description: 'Text that a voice speaks' },
			],
			default: 'script',
			description: 'Whether a voice speaks a text, or the avatar moves to a recording of yours',
		},
		{
			displayName: 'Script',
			name: 'script',
			type: 'string',
			typeOptions: { rows: 4 },
			required: true,
			displayOptions: FOR_A_SCRIPT,
			default: '',
			placeholder: 'e.g. Hi Ada, thank you for your order!',
			hint: `Up to ${amount(SCRIPT_MAX_CHARACTERS, 'character')}`,
			description: 'What the avatar says. A longer text goes into several items, one video each.',
			routing: { send: { type: 'body', property: 'script' } },
		},
		...fileFields(audio),
		{ ...voiceField, displayOptions: FOR_A_SCRIPT },
		...waitForCompletionFields(videoJob),
		// The answer to a create that does not wait is short anyway.
		...simplifyFields({ waitForCompletion: [true] }),
		{ ...voiceSettingsField, displayOptions: FOR_A_SCRIPT },
		...listFilterFields,
		optionsField([...avatarVideoOptions, ...optionalWaitOptions, ...spendingOptions]),
		requestOptionsField(jobOptions),
	],
};
