import type { INodeProperties } from 'n8n-workflow';

import { CHECK_SUBTITLES } from '../engine/files/subtitlesFile';
import { CHECK_BEFORE_PAYING } from '../engine/jobs/beforePaying';

/** Look-ups before a create: a member of the Options of operations that name avatars or voices. */
export const checkBeforePayingOption: INodeProperties = {
	displayName: CHECK_BEFORE_PAYING.label,
	name: CHECK_BEFORE_PAYING.name,
	type: 'boolean',
	default: true,
	description:
		"Whether to look up the avatars and voices before anything is paid for, each once a run: trained and consented, moved by the chosen engine, able to do what other options ask for. What may not be meant so, such as an upright avatar in a wide video, is told in the output pane.",
};

/** Subtitles that the item gives: a member of the Options of operations that take some. */
export const checkSubtitlesOption: INodeProperties = {
	displayName: CHECK_SUBTITLES.label,
	name: CHECK_SUBTITLES.name,
	type: 'boolean',
	default: true,
	description:
		'Whether to check subtitles before they go up: numbers that follow each other, times in their form and order, cues that do not overlap. Their encoding is checked in any case.',
};
