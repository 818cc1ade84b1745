import type { Operation } from '../../declare/resource';
import { pages } from '../../engine/operations/pages';
import { sessionIdField } from '../../fields/ids';
import { sendingOptionsField } from '../../fields/sending';
import { simplifyField } from '../../fields/simplify';
import { videoShape } from '../video/get';

/** `GET /v3/video-agents/{session_id}/videos`. */
export const getVideos: Operation = {
	value: 'getVideos',
	name: 'Get Videos',
	action: 'Get videos of video agent session',
	description: 'List the videos that a session has made, one item per video',
	request: { method: 'GET', url: '/v3/video-agents/{session_id}/videos' },
	run: pages({
		of: 'videos of the session',
		// The list is read whole, so that there is no limit to lower.
		advice: "Read the videos one by one with the operation 'Get' of the resource Video.",
		shape: (record, call) => ({ session_id: call.ids.session_id, ...videoShape(record, call) }),
	}),
	properties: [sessionIdField, simplifyField, sendingOptionsField],
};
