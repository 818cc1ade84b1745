import type { Resource } from '../../declare/resource';
import { create } from './create';
import { get } from './get';
import { wait } from './wait';

/** Videos without their filler words. */
export const fillerWordRemoval: Resource = {
	value: 'fillerWordRemoval',
	name: 'Filler Word Removal',
	operations: [create, get, wait],
	defaultOperation: 'create',
};
