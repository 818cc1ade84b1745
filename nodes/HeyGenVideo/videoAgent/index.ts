import type { Resource } from '../../declare/resource';
import { create } from './create';
import { get } from './get';
import { getAll } from './getAll';
import { getResource } from './getResource';
import { getResources } from './getResources';
import { getStyles } from './getStyles';
import { getVideos } from './getVideos';
import { sendMessage } from './sendMessage';
import { stop } from './stop';
import { wait } from './wait';

/** Videos that HeyGen's agent makes of a prompt, and of what it is told on the way. */
export const videoAgent: Resource = {
	value: 'videoAgent',
	name: 'Video Agent',
	operations: [create, get, getAll, getResource, getResources, getStyles, getVideos, sendMessage, stop, wait],
	defaultOperation: 'create',
};
