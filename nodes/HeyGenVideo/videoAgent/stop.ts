import type { Operation } from '../../declare/resource';
import { write } from '../../engine/operations/write';
import { sessionIdField } from '../../fields/ids';
import { sendingOptionsField } from '../../fields/sending';
import { nothing } from '../../heygen/schemas/primitives';

/** `POST /v3/video-agents/{session_id}/stop`. */
export const stop: Operation = {
	value: 'stop',
	name: 'Stop',
	action: 'Stop video agent session',
	description: 'Make the agent stop what it works on in a session',
	request: { method: 'POST', url: '/v3/video-agents/{session_id}/stop' },
	// HeyGen wants a body, with nothing in it.
	run: write('stop the session', nothing, {
		answerless: true,
		shape: (data, { ids }) => ({ session_id: ids.session_id, ...data }),
	}),
	properties: [sessionIdField, sendingOptionsField],
};
