import type { Resource } from '../../declare/resource';
import { clone } from './clone';
import { deleteVoice } from './delete';
import { design } from './design';
import { get } from './get';
import { getAll } from './getAll';
import { wait } from './wait';

/** Voices that speak: HeyGen's, and the account's own. */
export const voice: Resource = {
	value: 'voice',
	name: 'Voice',
	operations: [clone, deleteVoice, design, get, getAll, wait],
	defaultOperation: getAll.value,
};
