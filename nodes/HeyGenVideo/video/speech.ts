import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { ZodTypeAny } from 'zod';

import { inputError } from '../../engine/basics/errors';
import type { Call } from '../../engine/item/call';
import { checkBody } from '../../engine/item/checkBody';
import { fileFieldName } from '../../engine/item/fileGiven';
import { withPreset } from '../../engine/item/preset';
import { fileFields, type FileInput, fileSources } from '../../fields/files';
import { inBody } from '../../fields/inBody';
import type { JobFile } from '../../heygen/jobs/kind';
import { AUDIO_MAX_MINUTES, RENDER_AUDIO_MAX_MB, SCRIPT_MAX_CHARACTERS } from '../../heygen/limits';
import { amount } from '../../heygen/values/text';
import { checkCaptions } from './captions';

/** What somebody in a video says. */

/** Who speaks, as texts in the editor have it. */
export interface Speaker {
	/** "avatar". */
	noun: string;
	/** In Title Case: "Avatar". */
	label: string;
	/** Behind what is said of expressiveness: who can have it. */
	expressive: string;
	/** Behind what is said of a motion prompt: who can have one. */
	moved: string;
}

/** A recording that is spoken instead of a script. */
export const AUDIO: FileInput = {
	label: 'Audio',
	prefix: 'audio',
	takes: `an MP3 or WAV file, up to ${RENDER_AUDIO_MAX_MB} MB and ${AUDIO_MAX_MINUTES} minutes long`,
	example: 'https://example.com/speech.mp3',
	// The API has no union here but two flat fields (API reference, section 3.1).
	places: { file: 'audio_asset_id', url: 'audio_url', assetId: 'audio_asset_id' },
};

/** A text that is spoken, among the things that can be said. */
export const SCRIPT_SOURCE: INodePropertyOptions = { name: 'Script', value: 'script', description: 'Text that a voice speaks' };

/** The text. */
export const SCRIPT: INodeProperties = {
	displayName: 'Script',
	name: 'script',
	type: 'string',
	typeOptions: { rows: 4 },
	required: true,
	default: '',
	placeholder: 'e.g. Hi Ada, thank you for your order!',
	hint: `Up to ${amount(SCRIPT_MAX_CHARACTERS, 'character')}`,
	routing: inBody('script'),
};

/** When a voice speaks a text. */
export const FOR_A_SCRIPT: INodeProperties['displayOptions'] = { show: { audioSource: ['script'] } };

/**
 * What is said: a script, or a recording by one of three ways.
 *
 * @param speaker who says it
 */
export function speechFields({ noun, label }: Speaker): INodeProperties[] {
	return [
		{
			displayName: `What the ${label} Says`,
			name: 'audioSource',
			type: 'options',
			options: [
				...fileSources(AUDIO),
				SCRIPT_SOURCE,
			],
			default: 'script',
			description: `Whether a voice speaks a text, or the ${noun} moves to a recording of yours`,
		},
		{
			...SCRIPT,
			displayOptions: FOR_A_SCRIPT,
			description: 'What is said. A longer text goes into several items, one video each.',
		},
		...fileFields(AUDIO),
	];
}

/**
 * Makes the body of a video in which somebody speaks.
 *
 * @param schema the body's
 * @param speaker who speaks
 * @returns brings an item's body into the API's form, and refuses what HeyGen would not take
 */
export function speakingVideoBody(schema: ZodTypeAny, { noun }: Speaker): (call: Call, files: readonly JobFile[]) => IDataObject {
	return (call, files) => {
		const body = withPreset(call, call.body);
		const source = call.parameter('audioSource', 'script');
		if (body.script === undefined && body.audio_url === undefined && body.audio_asset_id === undefined) {
			throw inputError(
				`'${source === 'script' ? 'Script' : fileFieldName(AUDIO.label, source)}' is empty`,
				`Give the ${noun} something to say. An expression that finds nothing gives an empty field.`,
			);
		}
		const video = checkBody(schema, body, call.names);
		checkCaptions(call, video, files);
		return video;
	};
}
