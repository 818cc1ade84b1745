import type { Resource } from '../../declare/resource';
import { create } from './create';

/** Texts that are spoken, without a video. */
export const speech: Resource = {
	value: 'speech',
	name: 'Speech',
	operations: [create],
	defaultOperation: 'create',
};
