import fc from 'fast-check';

import {
	EVENT_FILES,
	EVENT_TYPES,
	type EventFacts,
	eventName,
	eventOutcome,
	type EventOutcome,
	readableOf,
	readEvent,
} from '../../../nodes/heygen/events';
import { translationJob } from '../../../nodes/heygen/jobs/translation';
import { videoJob } from '../../../nodes/heygen/jobs/video';
import contract from '../../contract/openapi.json';
import { matchOperation, operations } from '../../sandbox/server/contract';

/** What HeyGen's events are called, and what is read from them (API reference, sections 13.4 and 13.5). */

const VIDEO = '3f2a91c07b5e4d6f8a1b2c3d4e5f6071';
const FILE = 'https://files2.heygen.ai/aws_pacific/v.mp4?Expires=1';

/** Every type, its outcome and its name. */
const TABLE: Array<[string, EventOutcome, string]> = [
	['avatar_video.success', 'success', 'Avatar Video Succeeded'],
	['avatar_video.fail', 'failure', 'Avatar Video Failed'],
	['avatar_video_gif.success', 'success', 'Avatar Video GIF Succeeded'],
	['avatar_video_gif.fail', 'failure', 'Avatar Video GIF Failed'],
	['avatar_video_caption.success', 'success', 'Avatar Video Caption Succeeded'],
	['avatar_video_caption.fail', 'failure', 'Avatar Video Caption Failed'],
	['video_translate.success', 'success', 'Video Translate Succeeded'],
	['video_translate.fail', 'failure', 'Video Translate Failed'],
	['video_translate.preflight.validation_failed', 'failure', 'Video Translate Preflight Validation Failed'],
	['video_translate.preflight.download_failed', 'failure', 'Video Translate Preflight Download Failed'],
	['personalized_video', 'success', 'Personalized Video'],
	['instant_avatar.success', 'success', 'Instant Avatar Succeeded'],
	['instant_avatar.fail', 'failure', 'Instant Avatar Failed'],
	['photo_avatar_generation.success', 'success', 'Photo Avatar Generation Succeeded'],
	['photo_avatar_generation.fail', 'failure', 'Photo Avatar Generation Failed'],
	['photo_avatar_train.success', 'success', 'Photo Avatar Train Succeeded'],
	['photo_avatar_train.fail', 'failure', 'Photo Avatar Train Failed'],
	['photo_avatar_add_motion.success', 'success', 'Photo Avatar Add Motion Succeeded'],
	['photo_avatar_add_motion.fail', 'failure', 'Photo Avatar Add Motion Failed'],
	['proofread_creation.success', 'success', 'Proofread Creation Succeeded'],
	['proofread_creation.fail', 'failure', 'Proofread Creation Failed'],
	['live_avatar.success', 'success', 'Live Avatar Succeeded'],
	['live_avatar.fail', 'failure', 'Live Avatar Failed'],
	['video_agent.success', 'success', 'Video Agent Succeeded'],
	['video_agent.fail', 'failure', 'Video Agent Failed'],
	['hyperframes_video.success', 'success', 'HyperFrames Video Succeeded'],
	['hyperframes_video.fail', 'failure', 'HyperFrames Video Failed'],
	['ai_clipping.success', 'success', 'AI Clipping Succeeded'],
	['ai_clipping.fail', 'failure', 'AI Clipping Failed'],
	['filler_word_removal.success', 'success', 'Filler Word Removal Succeeded'],
	['filler_word_removal.fail', 'failure', 'Filler Word Removal Failed'],
	['batch.finished', 'finished', 'Batch Finished'],
];

describe('the event types', () => {
	const { events } = contract.paths['/v3/webhooks/endpoints'].post.requestBody.content['application/json'].schema.properties;
	const later = ['filler_word_removal.fail', 'filler_word_removal.success'];

	it('are those of the contract and the two that came later, each once, in order', () => {
		expect(EVENT_TYPES).toHaveLength(32);
		expect(EVENT_TYPES).toEqual([...events.items.enum, ...later].sort());
	});

	it('are all in the table of this test', () => {
		expect(TABLE.map(([type]) => type).sort()).toEqual(EVENT_TYPES);
	});

	it('have names that differ', () => {
		expect(new Set(EVENT_TYPES.map(eventName)).size).toBe(EVENT_TYPES.length);
	});
});

it.each(TABLE)('%s is a %s called %s', (type, outcome, name) => {
	expect([eventOutcome(type), eventName(type)]).toEqual([outcome, name]);
});

it.each<[string, EventOutcome, string]>([
	['new_thing.success', 'success', 'New Thing Succeeded'],
	['new_thing.fail', 'failure', 'New Thing Failed'],
	['new_thing.failed', 'failure', 'New Thing Failed'],
	['new_thing.step.upload_failed', 'failure', 'New Thing Step Upload Failed'],
	['new_thing.started', 'finished', 'New Thing Started'],
	['unsuccess', 'finished', 'Unsuccess'],
	['failsafe.on', 'finished', 'Failsafe On'],
	['success.pending', 'finished', 'Success Pending'],
])('%s, of which nothing is known, is a %s called %s', (type, outcome, name) => {
	expect([eventOutcome(type), eventName(type)]).toEqual([outcome, name]);
});

type Facts = Omit<EventFacts, 'eventType' | 'outcome'>;
const NONE = { id: null, url: null, error: null, callbackId: null };
const NO_REASON = 'HeyGen named no reason';

/** What an event's data come to. */
const CASES: Array<[string, string, Record<string, unknown>, Facts]> = [
	[
		'avatar_video.success', 'as published',
		{ video_id: VIDEO, url: FILE, gif_download_url: 'https://x/g.gif', video_page_url: 'https://x/p', video_share_page_url: 'https://x/s', folder_id: 'f', callback_id: 'c1' },
		{ kind: 'video', id: VIDEO, url: FILE, error: null, callbackId: 'c1' },
	],
	[
		'avatar_video.success', 'with nulls and empty texts',
		{ video_id: VIDEO, url: FILE, gif_download_url: null, video_share_page_url: '', folder_id: null, callback_id: null, msg: '' },
		{ kind: 'video', id: VIDEO, url: FILE, error: null, callbackId: null },
	],
	['avatar_video.success', 'with a message', { video_id: VIDEO, url: FILE, msg: 'done', message: 'ok' }, { ...NONE, kind: 'video', id: VIDEO, url: FILE }],
	['avatar_video.success', 'with blanks', { video_id: '  ', url: '\n', callback_id: ' ' }, { ...NONE, kind: 'video' }],
	['avatar_video.fail', 'of the old API', { video_id: VIDEO, msg: 'Voice not found', callback_id: '' }, { ...NONE, kind: 'video', id: VIDEO, error: 'Voice not found' }],
	['avatar_video.fail', 'of v3', { video_id: VIDEO, failure_code: 'RENDER', failure_message: 'Too long' }, { ...NONE, kind: 'video', id: VIDEO, error: 'Too long' }],
	['avatar_video.fail', 'with a code alone', { video_id: VIDEO, failure_code: 'RENDER', failure_message: null }, { ...NONE, kind: 'video', id: VIDEO, error: 'RENDER' }],
	['avatar_video.fail', 'with a failure object', { video_id: VIDEO, failure: { code: 'R', message: 'Too long' } }, { ...NONE, kind: 'video', id: VIDEO, error: 'Too long' }],
	['avatar_video.fail', 'with a failure object that has a code', { video_id: VIDEO, failure: { code: 40012, message: '' } }, { ...NONE, kind: 'video', id: VIDEO, error: '40012' }],
	['avatar_video.fail', 'with a failure in words', { video_id: VIDEO, failure: 'Too long' }, { ...NONE, kind: 'video', id: VIDEO, error: 'Too long' }],
	['avatar_video.fail', 'with an error object', { video_id: VIDEO, error: { code: 'R', message: 'Bad' } }, { ...NONE, kind: 'video', id: VIDEO, error: 'Bad' }],
	['avatar_video.fail', 'with an empty failure', { video_id: VIDEO, failure: {}, error: [], msg: null }, { ...NONE, kind: 'video', id: VIDEO, error: NO_REASON }],
	['avatar_video.fail', 'with an address all the same', { video_id: VIDEO, url: FILE, msg: 'No' }, { ...NONE, kind: 'video', id: VIDEO, error: 'No' }],
	['avatar_video.fail', 'with nothing', {}, { ...NONE, kind: 'video', error: NO_REASON }],
	['avatar_video_gif.success', 'with the GIF', { video_id: VIDEO, gif_download_url: 'https://x/g.gif' }, { ...NONE, kind: 'video', id: VIDEO, url: 'https://x/g.gif' }],
	['avatar_video_caption.success', 'as presumed', { video_id: VIDEO, url: FILE, callback_id: 7 }, { ...NONE, kind: 'video', id: VIDEO, url: FILE, callbackId: '7' }],
	['video_translate.success', 'as published', { video_translate_id: 't1', url: FILE, output_language: 'German', callback_id: 'c' }, { kind: 'translation', id: 't1', url: FILE, error: null, callbackId: 'c' }],
	['video_translate.success', 'with the id of v3', { video_translation_id: 't2', video_id: VIDEO }, { ...NONE, kind: 'translation', id: 't2' }],
	['video_translate.fail', 'as published', { video_translate_id: 't1', message: 'No voice', output_language: 'German', callback_id: null }, { ...NONE, kind: 'translation', id: 't1', error: 'No voice' }],
	['video_translate.preflight.download_failed', 'with a code', { video_translate_id: 't1', error_message: 'Gone' }, { ...NONE, kind: 'translation', id: 't1', error: 'Gone' }],
	['video_translate.preflight.validation_failed', 'with nothing', {}, { ...NONE, kind: 'translation', error: NO_REASON }],
	['personalized_video', 'as published', { project_id: 'p1', video_id: VIDEO, video_url: FILE, landing_page_url: 'https://x', gif_url: 'https://x/g.gif', contact_info: { email: 'a@b.c' } }, { ...NONE, kind: 'personalizedVideo', id: VIDEO, url: FILE }],
	['personalized_video', 'without a video', { project_id: 'p1', video_id: null }, { ...NONE, kind: 'personalizedVideo', id: 'p1' }],
	['video_agent.success', 'with video and session', { session_id: 's1', video_id: VIDEO, url: FILE }, { ...NONE, kind: 'videoAgent', id: VIDEO, url: FILE }],
	['video_agent.fail', 'with a session', { session_id: 's1', video_id: null, error: 'stopped' }, { ...NONE, kind: 'videoAgent', id: 's1', error: 'stopped' }],
	['hyperframes_video.success', 'by its render', { render_id: 'r1', video_id: VIDEO, video_url: FILE }, { ...NONE, kind: 'hyperframes', id: 'r1', url: FILE }],
	['hyperframes_video.fail', 'by its video', { video_id: VIDEO, failure_message: 'No' }, { ...NONE, kind: 'hyperframes', id: VIDEO, error: 'No' }],
	['ai_clipping.success', 'with the whole job', { id: 'j1', status: 'completed', progress: 100, clips: [{ id: 'k', video_url: FILE }], failure_message: null }, { ...NONE, kind: 'clipping', id: 'j1' }],
	['filler_word_removal.fail', 'with the whole job', { id: 'w1', video_url: null, failure_message: 'Silent' }, { ...NONE, kind: 'fillerWordRemoval', id: 'w1', error: 'Silent' }],
	['batch.finished', 'as expected', { batch_id: 'b1', counts_by_status: { completed: 3, failed: 1 } }, { ...NONE, kind: 'batch', id: 'b1' }],
	['batch.finished', 'with an error, which its type does not tell of', { batch_id: 'b1', error: 'x' }, { ...NONE, kind: 'batch', id: 'b1' }],
	['instant_avatar.success', 'with an avatar', { avatar_id: 'a1' }, { ...NONE, kind: 'avatar', id: 'a1' }],
	['photo_avatar_train.fail', 'with a photo avatar', { photo_avatar_id: 'a2', callback_id: 'c' }, { ...NONE, kind: 'avatar', id: 'a2', callbackId: 'c', error: NO_REASON }],
	['photo_avatar_generation.success', 'with a generation', { generation_id: 'g1' }, { ...NONE, kind: 'avatar', id: 'g1' }],
	['photo_avatar_add_motion.success', 'with an id', { id: 'm1' }, { ...NONE, kind: 'avatar', id: 'm1' }],
	['live_avatar.success', 'with a session', { session_id: 's1' }, { ...NONE, kind: 'liveAvatar', id: 's1' }],
	['proofread_creation.success', 'with its id', { proofread_id: 'p1' }, { ...NONE, kind: 'proofread', id: 'p1' }],
	['new_thing.success', 'of which nothing is known', { id: 12, url: FILE }, { ...NONE, kind: 'new_thing', id: '12', url: FILE }],
	['new_thing.fail', 'of which nothing is known', {}, { ...NONE, kind: 'new_thing', error: NO_REASON }],
	['constructor.fail', 'named like something of JavaScript', {}, { ...NONE, kind: 'constructor', error: NO_REASON }],
];

describe('readEvent', () => {
	it.each(CASES)('reads %s %s', (type, _about, data, facts) => {
		expect(readEvent(type, data)).toEqual({ eventType: type, outcome: eventOutcome(type), ...facts });
	});

	it('has a case for every family of events', () => {
		const family = (type: string) => type.split('.')[0];
		const read = new Set(CASES.map(([type]) => family(type)));
		expect(EVENT_TYPES.filter((type) => !read.has(family(type)))).toEqual([]);
	});

	const type = fc.oneof(fc.constantFrom(...EVENT_TYPES), fc.string());
	const field = fc.constantFrom(
		'video_id', 'video_translate_id', 'session_id', 'id', 'url', 'video_url', 'error', 'failure', 'failure_code', 'msg', 'message', 'callback_id',
	);
	const data = fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.dictionary(field, fc.jsonValue()));

	it('gives texts or null for whatever comes, with an error for every failure and for nothing else', () => {
		fc.assert(
			fc.property(type, data, (eventType, eventData) => {
				const { id, url, error, callbackId, kind, outcome } = readEvent(eventType, eventData);
				for (const value of [id, url, error, callbackId]) expect(value === null || typeof value === 'string').toBe(true);
				expect(typeof kind).toBe('string');
				expect(error === null).toBe(outcome !== 'failure');
				expect(error?.trim()).not.toBe('');
				const readable = readableOf(eventType, eventData);
				if (readable !== undefined) expect(readable.id.trim()).not.toBe('');
			}),
		);
	});
});

describe('readableOf', () => {
	const id = 'x1';
	const ids = {
		video_id: id, video_translate_id: id, proofread_id: id, render_id: id, ai_clipping_id: id, filler_word_removal_id: id,
	};
	const readable = EVENT_TYPES.filter((type) => readableOf(type, ids) !== undefined);

	it('knows what HeyGen has to read for videos, translations, proofreads, renders, clips and removals', () => {
		expect([...new Set(readable.map((type) => type.split('.')[0]))].sort()).toEqual([
			'ai_clipping', 'avatar_video', 'avatar_video_caption', 'avatar_video_gif', 'filler_word_removal', 'hyperframes_video',
			'proofread_creation', 'video_agent', 'video_translate',
		]);
	});

	it.each(readable)('of %s names a path of the contract', (type) => {
		const { what, id: found } = readableOf(type, ids) as NonNullable<ReturnType<typeof readableOf>>;
		expect(found).toBe(id);
		const matched = matchOperation('GET', what.recordPath.replace('{id}', id));
		expect(matched?.operation.template.replace(/\{\w+\}/, '{id}')).toBe(what.recordPath);
		const answer = JSON.stringify(matched?.operation.responses['200']);
		for (const { urlField } of what.files) expect(answer).toContain(`"${urlField}"`);
	});

	it.each<[string, Record<string, unknown>, string | undefined]>([
		['avatar_video.success', { video_id: VIDEO }, VIDEO],
		['avatar_video.success', { id: VIDEO }, undefined],
		['avatar_video.success', { video_id: '' }, undefined],
		['video_agent.success', { session_id: 's1', video_id: VIDEO }, VIDEO],
		['video_agent.fail', { session_id: 's1', video_id: null }, undefined],
		['video_translate.success', { video_translation_id: 't1' }, 't1'],
		['personalized_video', { video_id: VIDEO }, undefined],
		['batch.finished', { batch_id: 'b1' }, undefined],
		['new_thing.success', { video_id: VIDEO }, undefined],
		['toString.success', { video_id: VIDEO }, undefined],
	])('of %s with %j reads %j', (type, data, expected) => {
		expect(readableOf(type, data)?.id).toBe(expected);
	});
});

describe('the files of events', () => {
	it.each([
		['hyperframes_video.success', { render_id: 'r1' }, ['video', 'thumbnail']],
		['filler_word_removal.success', { id: 'f1' }, ['video', 'thumbnail']],
		// Those of clippings belong to the clips.
		['ai_clipping.success', { id: 'c1' }, []],
	])('of %s are those of the job', (type, data, names) => {
		expect(readableOf(type, data)?.what.files.map(({ name }) => name)).toEqual(names);
	});

	it('have names of their own, and come from videos and translations', () => {
		const names = EVENT_FILES.map(({ name }) => name);
		expect(names).toEqual([...new Set(names)]);
		expect(new Set(names)).toEqual(new Set([...videoJob.files, ...translationJob.files].map(({ name }) => name)));
	});

	it('are such as the contract has', () => {
		const answers = operations.filter(({ method }) => method === 'GET').map(({ responses }) => JSON.stringify(responses));
		for (const { urlField } of EVENT_FILES) expect(answers.some((text) => text.includes(`"${urlField}"`))).toBe(true);
	});
});
