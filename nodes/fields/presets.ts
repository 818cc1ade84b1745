import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { PRESET } from '../engine/item/preset';
import { PRESETS } from '../heygen/presets';

/** What the list calls each preset, besides its ratio. */
const PRESET_TITLES: Record<keyof typeof PRESETS, string> = {
	landscape: 'Landscape',
	portrait: 'Portrait',
	shorts: 'Shorts, Reels, TikTok',
	square: 'Square',
};

const SECOND_FILM = "With captions in the picture. Where 'Download' asks for the video, the captioned video comes along.";

/**
 * What a film is for, which stands for several other options: a member of an operation's Options.
 *
 * @param ratios those that the operation has; presets of other ratios are not offered
 * @param hasCaptions whether the operation has captions
 * @param captionsNote what its captions are like
 */
export function presetOption(ratios: readonly string[], hasCaptions = true, captionsNote = SECOND_FILM): INodeProperties {
	const offered = (Object.keys(PRESETS) as Array<keyof typeof PRESETS>).filter((name) => ratios.includes(PRESETS[name].ratio));
	const [first = 'landscape'] = offered;
	const options = offered.map((value): INodePropertyOptions => {
		const { ratio, captions } = PRESETS[value];
		const burnsCaptions = captions && hasCaptions;
		return {
			name: `${PRESET_TITLES[value]} (${ratio}${burnsCaptions ? ', Captions' : ''})`,
			value,
			...(burnsCaptions
				? { description: captionsNote }
				: {}),
		};
	});
	return {
		displayName: PRESET.label,
		name: PRESET.name,
		type: 'options',
		options,
		default: first,
		description: `What the video is for, which says its shape${hasCaptions ? ' and captions' : ''}. Options that are set themselves win.`,
	};
}
