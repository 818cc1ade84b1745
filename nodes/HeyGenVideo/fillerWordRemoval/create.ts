import type { Operation } from '../../declare/resource';
import { checkBody } from '../../engine/item/checkBody';
import { sourceLength } from '../../engine/item/sourceLength';
import { job } from '../../engine/operations/job';
import { reportedJobOptions } from '../../fields/sending';
import { bodyWithVideo } from '../../fields/sourceVideo';
import { titleOption } from '../../fields/title';
import { fillerWordRemovalJob } from '../../heygen/jobs/fillerWordRemoval';
import { fillerWordRemoval } from '../../heygen/schemas/postProduction';
import { filmWorkFields } from '../postProduction';

/** `POST /v3/filler-word-removals`. */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Remove filler words from video',
	description: 'Cut filler words such as "um" and "you know" out of a video, and tell how much time that has saved',
	request: { method: 'POST', url: '/v3/filler-word-removals' },
	run: job(
		fillerWordRemovalJob,
		'remove the filler words',
		(call) => checkBody(fillerWordRemoval, bodyWithVideo(call), call.names),
		{ callbackId: true },
	),
	cost: (asked) => ({ kind: 'fillerWordRemoval', ...sourceLength(asked) }),
	properties: filmWorkFields({
		kind: fillerWordRemovalJob,
		priced: 'fillerWordRemoval',
		options: [titleOption("The new video's name in HeyGen")],
		requestOptions: reportedJobOptions,
	}),
};
