import type { INodeProperties } from 'n8n-workflow';

import { engineFields, referenceLookOption } from './motionOptions';
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
	...engineFields,
	referenceLookOption,
];
