/** What the tests of studio videos share: scenes as rows and as JSON, and runs of the operation. */
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { Sandbox } from '../../sandbox';
import type { RunResult } from '../support/harness';
import { bodiesOf, CREATE, locator, PHOTO_LOOK, runVideo, VOICE } from '../support/support';

export const PICTURE = 'https://example.com/picture.png';
export const FILM = 'https://example.com/film.mp4';

/** Rows, with what each kind of scene needs at least. */
export const rows = {
	avatar: (more: INodeParameters = {}): INodeParameters => ({ avatarId: locator(PHOTO_LOOK), script: 'Hello', ...more }),
	speakingImage: (more: INodeParameters = {}): INodeParameters => ({
		type: 'speakingImage',
		imageSource: 'url',
		imageUrl: PICTURE,
		script: 'Hello',
		voiceId: locator(VOICE),
		...more,
	}),
	still: (more: INodeParameters = {}): INodeParameters => ({
		type: 'image',
		imageSource: 'url',
		imageUrl: PICTURE,
		audioSource: 'none',
		duration: 4,
		...more,
	}),
	clip: (more: INodeParameters = {}): INodeParameters => ({ type: 'video', videoSource: 'url', videoUrl: FILM, ...more }),
};

/** The same in the form of HeyGen's API, which is what is sent. */
export const sent = {
	avatar: (more: IDataObject = {}): IDataObject => ({
		type: 'avatar_video',
		input: { type: 'avatar', avatar_id: PHOTO_LOOK, script: 'Hello', ...more },
	}),
	speakingImage: (more: IDataObject = {}): IDataObject => ({
		type: 'avatar_video',
		input: { type: 'image', image: { type: 'url', url: PICTURE }, script: 'Hello', voice_id: VOICE, ...more },
	}),
	still: (more: IDataObject = {}): IDataObject => ({ type: 'image', source: { type: 'url', url: PICTURE }, duration: 4, ...more }),
	clip: (more: IDataObject = {}): IDataObject => ({ type: 'video', source: { type: 'url', url: FILM }, ...more }),
};

/** Parameters with scenes as rows; they do not wait unless told to. */
export function byRows(scene: INodeParameters[], more: INodeParameters = {}): INodeParameters {
	return { scenes: { scene }, waitForCompletion: false, ...more };
}

/** Parameters with scenes as JSON; they do not wait unless told to. */
export function byJson(scenesJson: unknown, more: INodeParameters = {}): INodeParameters {
	const value = typeof scenesJson === 'string' ? scenesJson : JSON.stringify(scenesJson);
	return { scenesInput: 'json', scenesJson: value, waitForCompletion: false, ...more };
}

/** Runs the operation. */
export async function create(sandbox: Sandbox, parameters: INodeParameters, items?: INodeExecutionData[]): Promise<RunResult> {
	return await runVideo(sandbox, 'createStudio', parameters, items === undefined ? {} : { items });
}

/** The bodies of what must have been made. */
export async function bodiesFor(sandbox: Sandbox, parameters: INodeParameters, items?: INodeExecutionData[]): Promise<IDataObject[]> {
	const result = await create(sandbox, parameters, items);
	expect(result.originalError).toBeUndefined();
	return bodiesOf(sandbox, CREATE);
}
