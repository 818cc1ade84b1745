import { heedsIdempotencyKey } from '../../../nodes/heygen/keyedCreates';
import { operations } from '../../sandbox/server/contract';

/** Where a POST whose answer got lost may be sent again: API reference, section Idempotency-Key. */
const HEEDED = [
	'/v3/assets',
	'/v3/assets/complete/batches',
	'/v3/assets/direct-uploads',
	'/v3/assets/direct-uploads/batches',
	'/v3/assets/{asset_id}/complete',
	'/v3/avatars',
	'/v3/avatars/{group_id}/consent',
	'/v3/filler-word-removals',
	'/v3/folders',
	'/v3/hyperframes/renders',
	'/v3/lipsyncs',
	'/v3/lipsyncs/batches',
	'/v3/models/videos',
	'/v3/templates/{template_id}',
	'/v3/video-agents',
	'/v3/video-agents/{session_id}',
	'/v3/video-agents/{session_id}/stop',
	'/v3/video-translations',
	'/v3/video-translations/batches',
	'/v3/video-translations/proofreads',
	'/v3/video-translations/proofreads/{proofread_id}/generate',
	'/v3/videos',
	'/v3/videos/batches',
	'/v3/webhooks/endpoints',
	'/v3/webhooks/endpoints/{endpoint_id}/rotate-secret',
];

it('knows the creates of the contract that heed keys, and no others', () => {
	const creates = operations.filter(({ method }) => method === 'POST').map(({ template }) => template);
	expect(creates.filter((template) => heedsIdempotencyKey(template.replace(/\{\w+\}/g, 'abc'))).sort()).toEqual(HEEDED);
});

it.each(['/v3/models/images', '/v3/models/audio/tts', '/v3/models/streams', '/v3/models/audio/voices'])('trusts the model at %s', (path) => {
	expect(heedsIdempotencyKey(path)).toBe(true);
});

it.each([
	'/v3/background-removals',
	'/v3/ai-clipping',
	'/v3/voices',
	'/v3/voices/clone',
	'/v3/voices/speech',
	'/v3/brand-kits',
	'/v3/podcasts',
	'/v3/workflow-runs',
	'/v3/video-quality/comparisons/batches',
	'/v3/videos/abc/remix',
	'/v3/videos/batches/abc',
	'/v3/models',
	'/v3/models/audio/tts/stream',
	'/v3/models/audio/stream',
	'/v4/videos',
	'/x/v3/videos',
])('does not trust %s', (path) => {
	expect(heedsIdempotencyKey(path)).toBe(false);
});
