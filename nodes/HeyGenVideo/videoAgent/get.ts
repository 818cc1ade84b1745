import type { Operation } from '../../declare/resource';
import { recordShape } from '../../engine/item/simplify';
import { single } from '../../engine/operations/single';
import { sessionIdField } from '../../fields/ids';
import { sendingOptionsField } from '../../fields/sending';
import { simplifyField } from '../../fields/simplify';
import type { RecordOutline } from '../../heygen/records';

/** What people use of a session. */
const sessionOutline: RecordOutline = {
	idField: 'session_id',
	fields: ['status', 'title', 'progress', 'video_id', 'created_at'],
	optional: [],
};

/** A session as Get puts it out. */
export const sessionShape = recordShape(sessionOutline);

/** `GET /v3/video-agents/{session_id}`. */
export const get: Operation = {
	value: 'get',
	name: 'Get Session',
	action: 'Get video agent session',
	description: 'Read how far the agent is in a session, and what has been said there',
	request: { method: 'GET', url: '/v3/video-agents/{session_id}' },
	run: single('get the session', sessionShape),
	properties: [sessionIdField, simplifyField, sendingOptionsField],
};
