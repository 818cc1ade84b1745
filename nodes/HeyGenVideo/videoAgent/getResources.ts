import type { Operation } from '../../declare/resource';
import { sessionResources } from '../../engine/operations/sessionResources';
import { sessionIdField } from '../../fields/ids';
import { listFields } from '../../fields/lists';
import { sendingOptionsField } from '../../fields/sending';
import { simplifyField } from '../../fields/simplify';
import { PAGE_MAX } from '../../heygen/limits';
import { resourceShape } from './getResource';

/** `GET /v3/video-agents/sessions/{session_id}/resources`. */
export const getResources: Operation = {
	value: 'getResources',
	name: 'Get Many Resources',
	action: 'Get many resources of video agent session',
	description: "List the images, drafts, videos and files of a session. Where HeyGen does not list them, those that the session's last messages name.",
	request: { method: 'GET', url: '/v3/video-agents/sessions/{session_id}/resources' },
	run: sessionResources({ max: PAGE_MAX.agentResources, of: 'resources of the session' }, resourceShape),
	properties: [sessionIdField, ...listFields, simplifyField, sendingOptionsField],
};
