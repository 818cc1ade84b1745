import type { INodeProperties } from 'n8n-workflow';

import { perMinute } from '../../fields/cost';
import { inBody } from '../../fields/inBody';
import { openChoiceFields } from '../../fields/openChoice';
import { speakingVideoOptions } from './speakingVideoOptions';
import type { Speaker } from './speech';

/** An avatar that speaks. */
export const AVATAR: Speaker = {
	noun: 'avatar',
	label: 'Avatar',
	expressive: 'photo avatars with Avatar IV only',
	moved: 'photo avatars with Avatar IV, or Avatar V',
};

/** Everything optional about an avatar video: members of its Options. */
export const avatarVideoOptions: INodeProperties[] = [
	...speakingVideoOptions(AVATAR),
	...openChoiceFields({
		displayName: 'Animation Engine',
		name: 'engine',
		type: 'options',
		options: [
			{
				name: 'Avatar III',
				value: 'avatar_iii',
				description: `For existing HeyGen customers only, about ${perMinute('avatarVideoIii')} credits per minute`,
			},
			{ name: 'Avatar IV', value: 'avatar_iv', description: 'For all avatars' },
			{ name: 'Avatar V', value: 'avatar_v', description: 'For digital twins' },
		],
		default: 'avatar_iv',
		description: 'What makes lips, face and hands move; not every avatar works with each. HeyGen uses Avatar IV when none is chosen.',
		routing: inBody('engine.type'),
	}),
	{
		displayName: 'Motion Reference Look ID',
		name: 'referenceLookId',
		type: 'string',
		default: '',
		description: 'ID of another look of the same person, a digital twin, whose way of moving Avatar V takes over',
		routing: inBody('engine.reference_look_id'),
	},
];
