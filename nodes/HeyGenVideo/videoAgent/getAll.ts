import type { Operation } from '../../declare/resource';
import { pages } from '../../engine/operations/pages';
import { listFields } from '../../fields/lists';
import { sendingOptionsField } from '../../fields/sending';
import { PAGE_MAX } from '../../heygen/limits';

/** `GET /v3/video-agents`. */
export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many video agent sessions',
	description: 'List sessions of the video agent, newest first, with their titles',
	request: { method: 'GET', url: '/v3/video-agents' },
	run: pages({ max: PAGE_MAX.agentSessions, of: 'sessions' }),
	properties: [...listFields, sendingOptionsField],
};
