import { type INodeParameters, NodeHelpers } from 'n8n-workflow';

import { HeyGenVideo } from '../../../nodes/HeyGenVideo/HeyGenVideo.node';

/**
 * Fields of rows are shown by other fields of their row. n8n shows and keeps them by its own rules, which look at nothing
 * else: what it hides, it takes out of the workflow when that is saved.
 */

const { description } = new HeyGenVideo();

/** The rows of a studio video after n8n has saved them, with defaults left out or filled in. */
function saved(scene: INodeParameters[], withDefaults: boolean): INodeParameters[] {
	const parameters = { resource: 'video', operation: 'createStudio', scenesInput: 'fields', scenes: { scene } };
	const node = { typeVersion: 1.1 };
	const kept = NodeHelpers.getNodeParameters(description.properties, parameters, withDefaults, false, node as never, description);
	return (kept?.scenes as { scene: INodeParameters[] }).scene;
}

const avatarId = { __rl: true, mode: 'id', value: 'look_1' };
const everything: INodeParameters = {
	avatarId,
	imageSource: 'url',
	imageUrl: 'https://example.com/a.png',
	videoSource: 'url',
	videoUrl: 'https://example.com/a.mp4',
	script: 'Hi',
	audioUrl: 'https://example.com/a.mp3',
	voiceSettings: { speed: 1.2, engineSettings: { fish: { model: 'byName', modelName: 's3', similarity: 0.7, stability: 0.7 } } },
	duration: 7,
};

it.each<[string, INodeParameters, INodeParameters]>([
	[
		'an avatar',
		{ options: { engine: 'byName', engineName: 'avatar_6', backgroundColor: '#000000', mute: true } },
		{ avatarId, script: 'Hi', voiceSettings: everything.voiceSettings as INodeParameters, options: { engine: 'byName', engineName: 'avatar_6', backgroundColor: '#000000' } },
	],
	[
		'an image that speaks',
		{ type: 'speakingImage', audioSource: 'url', options: { motionPrompt: 'nods', engine: 'avatar_v' } },
		{ type: 'speakingImage', audioSource: 'url', imageSource: 'url', imageUrl: 'https://example.com/a.png', audioUrl: 'https://example.com/a.mp3', options: { motionPrompt: 'nods' } },
	],
	[
		'a still image',
		{ type: 'image', audioSource: 'none', options: { mute: true } },
		{ type: 'image', audioSource: 'none', imageSource: 'url', imageUrl: 'https://example.com/a.png', duration: 7 },
	],
	['a clip', { type: 'video', options: { mute: true, engine: 'avatar_v' } }, { type: 'video', videoSource: 'url', videoUrl: 'https://example.com/a.mp4', options: { mute: true } }],
])('n8n keeps what a row with %s shows, and nothing else', (_name, chosen, kept) => {
	expect(saved([{ ...everything, ...chosen }], false)).toEqual([kept]);
	const [run] = saved([{ ...everything, ...chosen }], true);
	expect(run).toMatchObject(kept);
});

it('rows of all types keep their order', () => {
	const types = ['image', 'avatar', 'video', 'speakingImage', 'avatar', 'video'];
	expect(saved(types.map((type) => ({ type })), true).map(({ type }) => type)).toEqual(types);
});

it('shows all that an expression may choose', () => {
	const [row] = saved([{ ...everything, type: '={{ $json.type }}' }], false);
	expect(Object.keys(row as INodeParameters)).toEqual(expect.arrayContaining(['avatarId', 'imageUrl', 'videoUrl', 'script']));
});
