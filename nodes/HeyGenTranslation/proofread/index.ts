import type { Resource } from '../../declare/resource';
import { create } from './create';
import { generate } from './generate';
import { get } from './get';
import { getSubtitles } from './getSubtitles';
import { updateSubtitles } from './updateSubtitles';
import { wait } from './wait';

/** Translations whose words people correct before the video is made. */
export const proofread: Resource = {
	value: 'proofread',
	name: 'Proofread',
	operations: [create, generate, get, getSubtitles, updateSubtitles, wait],
	defaultOperation: 'create',
};
