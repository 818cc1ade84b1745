import type { INodeProperties } from 'n8n-workflow';

import { checkBeforePayingOption } from '../../fields/checking';
import { fileRowsField } from '../../fields/fileRows';
import { avatarOption } from '../../fields/pickers';
import { promptField } from '../../fields/prompt';
import { referenceIn } from '../../heygen/cast/parts';
import { AVATAR_PROMPT_CHARACTERS, AVATAR_REFERENCES_MAX } from '../../heygen/limits';
import { promptAvatar } from '../../heygen/schemas/avatars';
import { amount } from '../../heygen/values/text';
import { avatarCreate } from './creating';

const prompt: INodeProperties = {
	...promptField('a friendly engineer in her forties, short grey hair, in a bright workshop', `HeyGen has been seen to take up to ${amount(AVATAR_PROMPT_CHARACTERS, 'character')}`),
	description: 'What the avatar looks like, in words',
};

const referenceImages = fileRowsField({
	displayName: 'Reference Images',
	name: 'referenceImages',
	label: 'Image',
	place: 'reference_images',
	takes: 'a PNG or JPEG file',
	example: 'https://example.com/style.jpg',
	description: `Pictures that the avatar is made after, up to ${String(AVATAR_REFERENCES_MAX)}`,
});

/** `POST /v3/avatars` with `type: prompt`. */
export const createFromPrompt = avatarCreate({
	value: 'createFromPrompt',
	name: 'Create From Prompt',
	action: 'Create avatar from prompt',
	description: 'Make an avatar of a description, and hand on its look when it can be used',
	type: 'prompt',
	schema: promptAvatar,
	priced: 'photoAvatar',
	properties: [prompt, referenceImages],
	options: [
		checkBeforePayingOption,
		{ ...avatarOption, displayName: 'Reference Avatar', description: "A look that the new one is made after. Where 'Avatar Group' is chosen as well, it must be one of that group's." },
	],
	appearances: referenceIn,
});
