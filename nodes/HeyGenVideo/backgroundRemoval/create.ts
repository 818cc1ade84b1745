import type { Operation } from '../../declare/resource';
import { checkBody } from '../../engine/item/checkBody';
import { sourceLength } from '../../engine/item/sourceLength';
import { job } from '../../engine/operations/job';
import { inBody } from '../../fields/inBody';
import { silentJobOptions } from '../../fields/sending';
import { bodyWithVideo } from '../../fields/sourceVideo';
import { titleOption } from '../../fields/title';
import { backgroundRemovalJob } from '../../heygen/jobs/backgroundRemoval';
import { backgroundRemoval } from '../../heygen/schemas/postProduction';
import { filmWorkFields } from '../postProduction';

/** `POST /v3/background-removals`. HeyGen ignores the header of idempotency keys there (API reference, section 2.3). */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Remove background from video',
	description: 'Divide a video into layers: what is in front, its mask, and the background without it',
	request: { method: 'POST', url: '/v3/background-removals' },
	run: job(
		backgroundRemovalJob,
		'remove the background',
		(call) => checkBody(backgroundRemoval, bodyWithVideo(call), call.names),
		{ recognition: { bodyField: 'request_id' } },
	),
	cost: (asked) => ({ kind: 'backgroundRemoval', ...sourceLength(asked) }),
	properties: filmWorkFields({
		kind: backgroundRemovalJob,
		priced: 'backgroundRemoval',
		options: [
			{
				displayName: 'Layers',
				name: 'layers',
				type: 'multiOptions',
				options: [
					{ name: 'Background', value: 'background', description: 'What is behind, without what is in front' },
					{ name: 'Foreground', value: 'foreground', description: 'What is in front, such as a person' },
					{ name: 'Mask', value: 'mask', description: 'Where the foreground is, for video editors' },
				],
				default: [],
				description: 'What HeyGen makes. All of them when none is given.',
				routing: inBody('layers'),
			},
			titleOption("The background removal's name in HeyGen"),
		],
		requestOptions: silentJobOptions,
	}),
};
