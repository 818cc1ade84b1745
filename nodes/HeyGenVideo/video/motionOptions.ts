import type { INodeProperties } from 'n8n-workflow';

import { inBody } from '../../fields/inBody';
import { ENGINES, ofPickedLook } from '../../fields/lookEngines';
import { openChoiceFields } from '../../fields/openChoice';

/** How those who speak in a film move: members of the Options of operations that make one. */

/**
 * How lively somebody is.
 *
 * @param displayName of the list
 * @param expressive who can be so, and what holds unless it is chosen
 */
export function expressivenessFields(displayName: string, expressive: string): INodeProperties[] {
	return openChoiceFields({
		displayName,
		name: 'expressiveness',
		type: 'options',
		options: [
			{ name: 'High', value: 'high' },
			{ name: 'Low', value: 'low' },
			{ name: 'Medium', value: 'medium' },
		],
		default: 'low',
		description: `How lively face and gestures are; ${expressive}`,
		routing: inBody('expressiveness'),
	});
}

/**
 * What somebody does, in words.
 *
 * @param noun who: "avatar"
 * @param moved who can have such words
 */
export function motionPromptOption(noun: string, moved: string): INodeProperties {
	return {
		displayName: 'Motion Prompt',
		name: 'motionPrompt',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. waves at the beginning, then points to the right',
		description: `How the ${noun} moves, in words; ${moved}`,
		routing: inBody('motion_prompt'),
	};
}

/** What moves an avatar. */
export const engineFields: INodeProperties[] = openChoiceFields({
	displayName: 'Animation Engine',
	name: 'engine',
	type: 'options',
	options: ENGINES,
	// The editor asks for those of the picked look; the others are for whoever has no editor.
	typeOptions: ofPickedLook,
	default: 'avatar_iv',
	description: 'What makes lips, face and hands move; the list has those that work with the picked look. HeyGen uses Avatar IV when none is chosen.',
	routing: inBody('engine.type'),
});

/** Whose way of moving an avatar takes over. */
export const referenceLookOption: INodeProperties = {
	displayName: 'Motion Reference Look ID',
	name: 'referenceLookId',
	type: 'string',
	default: '',
	description: 'ID of another look of the same person, a digital twin, whose way of moving Avatar V takes over',
	routing: inBody('engine.reference_look_id'),
};
