import type { Operation } from '../../declare/resource';
import { jobShape } from '../../engine/item/simplify';
import { single } from '../../engine/operations/single';
import { sessionIdField } from '../../fields/ids';
import { sendingOptionsField } from '../../fields/sending';
import { simplifyField } from '../../fields/simplify';
import { agentSessionJob } from '../../heygen/jobs/agentSession';

/** `GET /v3/video-agents/{session_id}`. */
export const get: Operation = {
	value: 'get',
	name: 'Get Session',
	action: 'Get video agent session',
	description: 'Read how far the agent is in a session, what has been said there, and what it asks',
	request: { method: 'GET', url: '/v3/video-agents/{session_id}' },
	run: single('get the session', jobShape(agentSessionJob)),
	properties: [sessionIdField, simplifyField, sendingOptionsField],
};
