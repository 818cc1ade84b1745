import type { IDataObject } from 'n8n-workflow';

import type { Operation } from '../../declare/resource';
import type { Call } from '../../engine/item/call';
import { recordShape } from '../../engine/item/simplify';
import { recordWithFiles } from '../../engine/operations/recordWithFiles';
import { resourceIdField, sessionIdField } from '../../fields/ids';
import { sendingOptionsField } from '../../fields/sending';
import { simplifyField } from '../../fields/simplify';
import { downloadField } from '../../fields/waiting';
import { agentResource, resourceOutline } from '../../heygen/jobs/agentRecords';

const ownShape = recordShape(resourceOutline);

/** A resource as Get Resource and Get Many Resources put it out: with its session, which it does not name itself. */
export function resourceShape(record: IDataObject, call: Call): IDataObject {
	return { session_id: call.ids.session_id, ...ownShape(record, call) };
}

/** `GET /v3/video-agents/{session_id}/resources/{resource_id}`. */
export const getResource: Operation = {
	value: 'getResource',
	name: 'Get Resource',
	action: 'Get resource of video agent session',
	description: 'Read one image, draft, video or file of a session, with fresh addresses, and fetch its files',
	request: { method: 'GET', url: '/v3/video-agents/{session_id}/resources/{resource_id}' },
	run: recordWithFiles(agentResource, resourceShape),
	properties: [
		sessionIdField,
		resourceIdField,
		{ ...downloadField(agentResource), default: [] },
		simplifyField,
		sendingOptionsField,
	],
};
