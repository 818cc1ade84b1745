import type { Operation } from '../../declare/resource';
import { attach } from '../../engine/operations/attach';
import { sessionIdField } from '../../fields/ids';
import { optionsField, sendingOptionsField } from '../../fields/sending';
import { simplifyField } from '../../fields/simplify';
import { attachFields, waitOptions } from '../../fields/waiting';
import { agentSessionJob } from '../../heygen/jobs/agentSession';

/** Attaches to a running session, and to the video that it makes. */
export const wait: Operation = {
	value: 'wait',
	name: 'Wait Until Finished',
	action: 'Wait until video agent is finished',
	description: "Attach to a session that is going on, and hand on its finished video, or the question that the agent asks",
	request: { method: 'GET', url: '/v3/video-agents/{session_id}' },
	run: attach(agentSessionJob),
	properties: [sessionIdField, ...attachFields(agentSessionJob), simplifyField, optionsField(waitOptions), sendingOptionsField],
};
