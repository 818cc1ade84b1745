import type { IDataObject } from 'n8n-workflow';

import { checked } from '../../engine/check';
import { inputError } from '../../engine/errors';
import { job } from '../../engine/jobs';
import { avatarLookFields, voiceFields } from '../../fields/pickers';
import type { Operation } from '../../fields/resource';
import { voiceSettingsField } from '../../fields/voiceSettings';
import { waitForCompletionFields } from '../../fields/waiting';
import { videoJob, type JobFile } from '../../heygen/jobs';
import { avatarVideo } from '../../heygen/schemas/avatarVideo';
import { avatarVideoOptions } from './avatarVideoOptions';

/** A file that only exists when captions were asked for would be missed after the money is spent. */
function check(body: IDataObject, files: readonly JobFile[]): IDataObject {
	const video = checked(avatarVideo, body);
	const caption = video.caption as { style?: string } | undefined;
	for (const { name, displayName } of files) {
		if (
			(name === 'captionedVideo' && caption?.style === undefined) ||
			(name === 'subtitles' && caption === undefined)
		) {
			throw inputError(
				`'Download' asks for the file '${displayName}', but 'Caption' does not make one`,
				`Add the option 'Caption'${name === 'captionedVideo' ? " and choose 'Subtitle File and Burned In'" : ''}.`,
			);
		}
	}
	return video;
}

/** `POST /v3/videos` with `type: avatar`. */
export const createAvatar: Operation = {
	value: 'createAvatar',
	name: 'Create Avatar Video',
	action: 'Create avatar video',
	description: 'Let an avatar speak a script or a recording, and hand on the finished video',
	request: { method: 'POST', url: '/v3/videos', body: { type: 'avatar' } },
	run: job(videoJob, 'create the video', check),
	properties: [
		...avatarLookFields,
		{
			displayName: 'Audio Source',
			name: 'audioSource',
			type: 'options',
			options: [
				{ name: 'Audio Asset', value: 'assetId', description: 'A recording uploaded to HeyGen' },
				{ name: 'Audio URL', value: 'url', description: 'A recording at a public address' },
				{ name: 'Script', value: 'script', description: 'Text that a voice speaks' },
			],
			default: 'script',
			description: 'What the avatar says',
		},
		{
			displayName: 'Script',
			name: 'script',
			type: 'string',
			typeOptions: { rows: 5 },
			required: true,
			displayOptions: { show: { audioSource: ['script'] } },
			default: '',
			placeholder: 'e.g. Hi Ada, thank you for your order!',
			description: 'What the avatar says, up to 5,000 characters',
			routing: { send: { type: 'body', property: 'script' } },
		},
		{
			displayName: 'Audio URL',
			name: 'audioUrl',
			type: 'string',
			required: true,
			displayOptions: { show: { audioSource: ['url'] } },
			default: '',
			placeholder: 'e.g. https://example.com/speech.mp3',
			description: 'A public address of an MP3 or WAV file, up to 10 minutes',
			routing: { send: { type: 'body', property: 'audio_url' } },
		},
		{
			displayName: 'Audio Asset ID',
			name: 'audioAssetId',
			type: 'string',
			required: true,
			displayOptions: { show: { audioSource: ['assetId'] } },
			default: '',
			description: 'ID of a recording that was uploaded to HeyGen',
			routing: { send: { type: 'body', property: 'audio_asset_id' } },
		},
		...voiceFields.map((field) => ({
			...field,
			displayOptions: { show: { audioSource: ['script'] } },
		})),
		...waitForCompletionFields(videoJob),
		{ ...voiceSettingsField, displayOptions: { show: { audioSource: ['script'] } } },
		avatarVideoOptions,
	],
};
