/** Answers of the operations on videos of HeyGen's models. */
import { type AssetUse, useOfInput } from '../assets/asset-uses';
import type { AssetKind } from '../assets/media-types';
import { invalidParameter, type Violation } from '../server/errors';
import type { Fields } from '../server/fields';
import { type Handlers, ok } from '../server/operation';
import { admitJob, jobAt } from './job-answers';
import { modelVideoDraft, presentModelVideo } from './model-video';

/** Fields with lists of references, and what each takes. */
const references = [
	['reference_images', 'image'],
	['reference_videos', 'video'],
	['reference_audio', 'audio'],
] as const;
/** References of all kinds together. */
const MAX_REFERENCES = 12;

const listIn = (body: Fields, name: string): unknown[] => {
	const value = body[name];
	return Array.isArray(value) ? (value as unknown[]) : [];
};

/** Rules across fields. That a mode needs what its name says is not written down anywhere. */
function checkReferences(body: Fields): Violation[] {
	const count = references.reduce((sum, [name]) => sum + listIn(body, name).length, 0);
	if (body.mode === 'image_to_video' && (body.image ?? null) === null) {
		return [{ param: 'image', message: 'image is required with image_to_video' }];
	}
	if (body.mode === 'reference_to_video' && count === 0) {
		return [{ param: 'reference_images', message: 'reference_to_video needs at least one reference' }];
	}
	if (count <= MAX_REFERENCES) return [];
	return [{ param: 'reference_images', message: `at most ${MAX_REFERENCES} references are possible in all` }];
}

function assetUses(body: Fields): AssetUse[] {
	const listed = references.flatMap(([name, kind]) => {
		const kinds: AssetKind[] = [kind];
		return listIn(body, name).map((input, index) => useOfInput(input, kinds, `${name}[${index}]`));
	});
	return [useOfInput(body.image, ['image'], 'image'), ...listed];
}

export const modelVideoHandlers: Handlers = {
	'POST /v3/models/videos': (call) => {
		const { world, body } = call;
		const violations = checkReferences(body);
		if (violations.length > 0) throw invalidParameter(violations);
		const { id } = admitJob(call, world.jobs.modelVideo, modelVideoDraft(body), assetUses(body));
		return ok({ data: { video_id: id } });
	},

	'GET /v3/models/videos/{video_id}': (call) => {
		const { world, now } = call;
		const missing = { code: 'video_not_found', noun: 'Video' };
		const job = jobAt(call, 'video_id', world.jobs.modelVideo, missing);
		return ok({ data: presentModelVideo(job, now, world.signer) });
	},
};
