import type { Operation } from '../../declare/resource';
import { single } from '../../engine/operations/single';
import { videoIdField } from '../../fields/ids';
import { sendingOptionsField } from '../../fields/sending';

/** `GET /v3/videos/{video_id}/scenes`. */
export const getScenes: Operation = {
	value: 'getScenes',
	name: 'Get Scenes',
	action: 'Get scenes of video',
	description: 'Read what the scenes of a finished video consist of: scripts, avatars, backgrounds',
	request: { method: 'GET', url: '/v3/videos/{video_id}/scenes' },
	run: single('get the scenes of the video', (data, { ids }) => ({ video_id: ids.video_id, ...data })),
	properties: [videoIdField, sendingOptionsField],
};
