import type { Resource } from '../../declare/resource';
import { createDigitalTwin } from './createDigitalTwin';
import { createFromPrompt } from './createFromPrompt';
import { createPhoto } from './createPhoto';
import { deleteAvatar } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { requestConsent } from './requestConsent';
import { update } from './update';
import { wait } from './wait';

/** People and characters who speak in videos, each a group of looks. */
export const avatar: Resource = {
	value: 'avatar',
	name: 'Avatar',
	operations: [createDigitalTwin, createFromPrompt, createPhoto, deleteAvatar, get, getAll, requestConsent, update, wait],
	defaultOperation: 'createPhoto',
};
