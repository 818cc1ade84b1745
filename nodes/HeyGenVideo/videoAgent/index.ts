import type { Resource } from '../../declare/resource';
import { create } from './create';
import { sendMessage } from './sendMessage';
import { wait } from './wait';

/** Sessions of HeyGen's video agent. */
export const videoAgent: Resource = {
	value: 'videoAgent',
	name: 'Video Agent',
	operations: [create, sendMessage, wait],
	defaultOperation: 'create',
};
