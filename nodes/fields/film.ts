import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { inBody } from './inBody';
import { openChoiceFields } from './openChoice';

/** What a film is like: members of the Options of operations that make one. */

/** A value as the API spells it, or one with a name and a description of its own. */
type FilmChoice = string | INodePropertyOptions;

/** What the shapes of a film are, where they are not the usual ones. */
interface Shapes {
	/** Default "16:9". */
	initial?: string;
	description?: string;
	/** Default "aspect_ratio". */
	place?: string;
}

/**
 * The shape of a film: a list that HeyGen may extend.
 *
 * @param choices the shapes, in alphabetical order
 * @param shapes what is not as usual
 */
export function aspectRatioFields(
	choices: readonly FilmChoice[],
	{ initial = '16:9', description, place = 'aspect_ratio' }: Shapes = {},
): INodeProperties[] {
	return openChoiceFields({
		displayName: 'Aspect Ratio',
		name: 'aspectRatio',
		type: 'options',
		options: choices.map(optionOf),
		default: initial,
		...(description === undefined ? {} : { description }),
		routing: inBody(place),
	});
}

/**
 * How many pixels a film has: a list that HeyGen may extend.
 *
 * @param choices the resolutions, in alphabetical order
 * @param initial HeyGen's default
 */
export function resolutionFields(choices: readonly FilmChoice[], initial: string): INodeProperties[] {
	return openChoiceFields({
		displayName: 'Resolution',
		name: 'resolution',
		type: 'options',
		options: choices.map(optionOf),
		default: initial,
		routing: inBody('resolution'),
	});
}

/** "4k" is called 4K; "1080p" and "16:9" are called what they are. */
function optionOf(choice: FilmChoice): INodePropertyOptions {
	return typeof choice === 'string' ? { name: choice.replace('k', 'K'), value: choice } : choice;
}

/**
 * How long a film is.
 *
 * @param range whole seconds that HeyGen takes
 * @param initial HeyGen's default
 */
export function durationOption({ min, max }: { min: number; max: number }, initial: number): INodeProperties {
	return {
		displayName: 'Duration (Seconds)',
		name: 'duration',
		type: 'number',
		typeOptions: { minValue: min, maxValue: max, numberPrecision: 0 },
		default: initial,
		description: `How long the video is, from ${min} to ${max} whole seconds`,
		routing: inBody('duration'),
	};
}
