/** How many jobs a replayed answer to a creation stands for. */
import type { SandboxConfig } from '../config';
import type { JobName } from '../jobs/job';
import type { Reply } from './errors';
import type { Recorder } from './stats';
import type { World } from './world';

/** The kind of job that a POST to each path creates, with an idempotency key. */
const createdAt: Readonly<Record<string, JobName>> = {
	'/v3/videos': 'video',
	'/v3/videos/batches': 'video',
	'/v3/templates/{template_id}': 'video',
	'/v3/models/videos': 'modelVideo',
	'/v3/hyperframes/renders': 'hyperframes',
	'/v3/ai-clipping': 'clipping',
	'/v3/filler-word-removals': 'fillerWordRemoval',
	'/v3/video-translations': 'translation',
	'/v3/video-translations/batches': 'translation',
	'/v3/video-translations/proofreads': 'proofread',
	'/v3/video-translations/proofreads/{proofread_id}/generate': 'translation',
	'/v3/lipsyncs': 'lipsync',
	'/v3/lipsyncs/batches': 'lipsync',
	'/v3/avatars': 'avatar',
	'/v3/video-agents': 'agentSession',
	'/v3/video-agents/{session_id}': 'agentMessage',
	'/v3/voices/clone': 'voiceClone',
	'/v3/voices/speech': 'speech',
};

/** Paths whose POST does not look at the header Idempotency-Key. */
const withoutKeys: ReadonlySet<string | null> = new Set(['/v3/background-removals']);
/** Paths of which it is not known whether their POST looks at it. */
const maybeWithKeys: ReadonlySet<string | null> = new Set(['/v3/voices', '/v3/voices/clone', '/v3/voices/speech']);

/** Whether an operation replays its answer to a key, and refuses keys of a wrong form. @param template null: none. */
export const takesIdempotencyKey = (template: string | null, { speechIdempotency }: SandboxConfig): boolean =>
	!withoutKeys.has(template) && (speechIdempotency || !maybeWithKeys.has(template));

/** What answers to creations may have, besides the id of a single job. */
interface Created {
	batch_id?: string;
	video_translation_ids?: string[];
	proofread_ids?: string[];
}

/** Counts the jobs that were not created again because an answer was replayed, each item of a batch as one. */
export function countReplay(recorder: Recorder, template: string | null, reply: Reply, world: World): void {
	const name = createdAt[template ?? ''];
	if (name === undefined) return;
	const { data = {} } = reply.body as { data?: Created };
	const ids = data.video_translation_ids ?? data.proofread_ids;
	recorder.jobsByReplay[name] += ids?.length ?? world.batchSize(data.batch_id ?? '') ?? 1;
}
