/** Genuine deliveries of every type of event: one execution each, with the item that the type calls for. */
import type { IDataObject } from 'n8n-workflow';
import { EVENT_TYPES } from '../../../nodes/heygen/events';
import { FAST_JOBS, until, useSandbox, useTiming } from '../support/support';
import {
	deliveryHeaders,
	eventBody,
	freshEventId,
	knock,
	onlyEndpoint,
	sha256,
	signature,
	useHosts,
	without,
} from '../support/triggerSupport';

useTiming();
const sandbox = useSandbox({ ...FAST_JOBS, webhookRetryBaseMs: 20 });
const startHost = useHosts(() => sandbox());

const MP4 = 'https://files.heygen.ai/v1.mp4?Expires=1';
const NOTHING = { id: null, url: null, error: null, callbackId: null };
const UNKNOWN = 'HeyGen named no reason';

/** Event data, and what the item says of them. The data are those of the API reference, section 13.5. */
const samples: Record<string, { data: IDataObject; item: IDataObject }> = {
	'avatar_video.success': {
		data: { video_id: 'v1', url: MP4, gif_download_url: 'https://x/g.gif', folder_id: null, callback_id: 'order 7' },
		item: { outcome: 'success', kind: 'video', id: 'v1', url: MP4, error: null, callbackId: 'order 7' },
	},
	'avatar_video.fail': {
		data: { video_id: 'v1', msg: 'Moderation', callback_id: '' },
		item: { outcome: 'failure', kind: 'video', id: 'v1', url: null, error: 'Moderation', callbackId: null },
	},
	'avatar_video_gif.success': {
		data: { video_id: 'v1', url: '', gif_download_url: 'https://x/g.gif' },
		item: { outcome: 'success', kind: 'video', id: 'v1', url: 'https://x/g.gif', error: null, callbackId: null },
	},
	'avatar_video_gif.fail': {
		data: { video_id: 'v1', failure: { code: 'gif_failed', message: 'No GIF' }, url: MP4 },
		item: { outcome: 'failure', kind: 'video', id: 'v1', url: null, error: 'No GIF', callbackId: null },
	},
	'avatar_video_caption.success': {
		data: { video_id: 'v1', url: MP4, callback_id: 'c' },
		item: { outcome: 'success', kind: 'video', id: 'v1', url: MP4, error: null, callbackId: 'c' },
	},
	'avatar_video_caption.fail': {
		data: { video_id: 'v1' },
		item: { outcome: 'failure', kind: 'video', id: 'v1', url: null, error: UNKNOWN, callbackId: null },
	},
	'video_translate.success': {
		data: { video_translate_id: 't1', url: MP4, output_language: 'German', callback_id: 'c' },
		item: { outcome: 'success', kind: 'translation', id: 't1', url: MP4, error: null, callbackId: 'c' },
	},
	'video_translate.fail': {
		data: { video_translate_id: 't1', message: 'No speech', callback_id: 'c' },
		item: { outcome: 'failure', kind: 'translation', id: 't1', url: null, error: 'No speech', callbackId: 'c' },
	},
	'video_translate.preflight.validation_failed': {
		data: { video_translation_id: 't1', failure_message: 'Too long' },
		item: { outcome: 'failure', kind: 'translation', id: 't1', url: null, error: 'Too long', callbackId: null },
	},
	'video_translate.preflight.download_failed': {
		data: {},
		item: { outcome: 'failure', kind: 'translation', ...NOTHING, error: UNKNOWN },
	},
	personalized_video: {
		data: { project_id: 'p1', video_id: 'v1', video_url: MP4, landing_page_url: 'https://x', contact_info: { a: 1 } },
		item: { outcome: 'success', kind: 'personalizedVideo', id: 'v1', url: MP4, error: null, callbackId: null },
	},
	'instant_avatar.success': { data: { avatar_id: 'a1' }, item: { outcome: 'success', kind: 'avatar', ...NOTHING, id: 'a1' } },
	'instant_avatar.fail': { data: { avatar_id: 'a1', error: 'Blurred' }, item: { outcome: 'failure', kind: 'avatar', ...NOTHING, id: 'a1', error: 'Blurred' } },
	'photo_avatar_generation.success': { data: { generation_id: 'g1' }, item: { outcome: 'success', kind: 'avatar', ...NOTHING, id: 'g1' } },
	'photo_avatar_generation.fail': { data: { photo_avatar_id: 'a1' }, item: { outcome: 'failure', kind: 'avatar', ...NOTHING, id: 'a1', error: UNKNOWN } },
	'photo_avatar_train.success': { data: { group_id: 'g1' }, item: { outcome: 'success', kind: 'avatar', ...NOTHING, id: 'g1' } },
	'photo_avatar_train.fail': { data: { group_id: 'g1', msg: 'Few photos' }, item: { outcome: 'failure', kind: 'avatar', ...NOTHING, id: 'g1', error: 'Few photos' } },
	'photo_avatar_add_motion.success': { data: { look_id: 'l1' }, item: { outcome: 'success', kind: 'avatar', ...NOTHING, id: 'l1' } },
	'photo_avatar_add_motion.fail': { data: { avatar_id: 12 }, item: { outcome: 'failure', kind: 'avatar', ...NOTHING, id: '12', error: UNKNOWN } },
	'proofread_creation.success': { data: { proofread_id: 'p1' }, item: { outcome: 'success', kind: 'proofread', ...NOTHING, id: 'p1' } },
	'proofread_creation.fail': { data: { proofread_id: 'p1', failure_code: 'x' }, item: { outcome: 'failure', kind: 'proofread', ...NOTHING, id: 'p1', error: 'x' } },
	'live_avatar.success': { data: { session_id: 's1' }, item: { outcome: 'success', kind: 'liveAvatar', ...NOTHING, id: 's1' } },
	'live_avatar.fail': { data: { avatar_id: 'a1' }, item: { outcome: 'failure', kind: 'liveAvatar', ...NOTHING, id: 'a1', error: UNKNOWN } },
	'video_agent.success': {
		data: { session_id: 's1', video_id: 'v1', url: MP4, callback_id: 'c' },
		item: { outcome: 'success', kind: 'videoAgent', id: 'v1', url: MP4, error: null, callbackId: 'c' },
	},
	'video_agent.fail': {
		data: { session_id: 's1', video_id: null, error: 'Out of ideas' },
		item: { outcome: 'failure', kind: 'videoAgent', ...NOTHING, id: 's1', error: 'Out of ideas' },
	},
	'hyperframes_video.success': {
		data: { render_id: 'r1', video_url: MP4 },
		item: { outcome: 'success', kind: 'hyperframes', ...NOTHING, id: 'r1', url: MP4 },
	},
	'hyperframes_video.fail': {
		data: { render_id: 'r1', failure_message: 'Bad HTML' },
		item: { outcome: 'failure', kind: 'hyperframes', ...NOTHING, id: 'r1', error: 'Bad HTML' },
	},
	'ai_clipping.success': { data: { id: 'c1', clips: [{ url: MP4 }] }, item: { outcome: 'success', kind: 'clipping', ...NOTHING, id: 'c1' } },
	'ai_clipping.fail': { data: { ai_clipping_id: 'c1', error: { code: 'no_clips' } }, item: { outcome: 'failure', kind: 'clipping', ...NOTHING, id: 'c1', error: 'no_clips' } },
	'filler_word_removal.success': { data: { id: 'f1', video_url: MP4 }, item: { outcome: 'success', kind: 'fillerWordRemoval', ...NOTHING, id: 'f1', url: MP4 } },
	'filler_word_removal.fail': { data: { id: 'f1' }, item: { outcome: 'failure', kind: 'fillerWordRemoval', ...NOTHING, id: 'f1', error: UNKNOWN } },
	'batch.finished': { data: { batch_id: 'b1', total: 3 }, item: { outcome: 'finished', kind: 'batch', ...NOTHING, id: 'b1' } },
};

describe('an event', () => {
	it('is of one of 32 types, all of which are tried here', () => {
		expect(Object.keys(samples).sort()).toEqual([...EVENT_TYPES].sort());
		expect(EVENT_TYPES).toHaveLength(32);
	});

	it.each(Object.entries(samples))('of type %s starts one execution with its item', async (type, { data, item }) => {
		const host = await startHost({}, { run: {} });
		await host.activate();
		// The sandbox gives every event a video; this one has it only if its type has.
		const event_data = { video_id: undefined, ...data, note: 'Grüße 😀 \u2028 "\\/' };
		const [event] = sandbox().emit({ event_type: type, event_data });
		await sandbox().settled();
		const [result, ...others] = await host.results();
		expect(others).toEqual([]);
		const rawBody = JSON.stringify(event);
		expect(result?.outputs).toEqual([
			[
				{
					json: {
						eventId: event?.event_id,
						eventType: type,
						...item,
						createdAt: event?.created_at,
						eventData: JSON.parse(JSON.stringify(event_data)),
						rawBody,
					},
					pairedItem: { item: 0 },
				},
			],
		]);
		expect(sandbox().webhooks().deliveries).toMatchObject([{ delivered: true, attempts: [{ status: 200 }] }]);
	});

	it('of a type that nobody knows yet has an item as well', async () => {
		const host = await startHost();
		await host.activate();
		sandbox().emit({ event_type: 'lipsync_v9.success', event_data: { video_id: '', id: 'x1', url: MP4 } });
		await sandbox().settled();
		const facts = { outcome: 'success', kind: 'lipsync_v9', id: 'x1', url: MP4, error: null };
		expect(host.executions).toMatchObject([{ items: [{ json: facts }] }]);
	});

	it('of a real video arrives when the video has ended', async () => {
		const host = await startHost();
		await host.activate();
		sandbox().seed({ videos: { count: 3, runSeconds: 0.05 }, translations: { count: 2, runSeconds: 0.05, failed: true } });
		await until(() => host.executions.length >= 5);
		await sandbox().settled();
		const kinds = host.executions.map(({ items }) => `${String(items[0]?.json.kind)} ${String(items[0]?.json.outcome)}`);
		expect(kinds.sort()).toEqual([...Array<string>(2).fill('translation failure'), ...Array<string>(3).fill('video success')]);
	});

	it('that has the wrong shape in its data is an event still', async () => {
		const host = await startHost();
		await host.activate();
		for (const event_data of ['null', '[]', '"text"', '{"video_id":["a"],"url":{},"callback_id":7}']) {
			const body = Buffer.from(`{"event_type":"avatar_video.success","event_data":${event_data},"created_at":5}`);
			expect(await knock(host.url(), { body, headers: deliveryHeaders(body, onlyEndpoint(sandbox()).secret) })).toBe(200);
		}
		const items = host.executions.map(({ items: [item] }) => item?.json);
		expect(items).toMatchObject([{ id: null }, { id: null }, { id: null }, { id: null, url: null, callbackId: '7' }]);
		expect(items.map((json) => json?.createdAt)).toEqual([null, null, null, null]);
	});
});

describe('the id of an event', () => {
	const deliver = async (eventId: string | undefined, headers: (all: Record<string, string>) => Record<string, string>) => {
		const host = await startHost();
		await host.activate();
		const body = Buffer.from(JSON.stringify({ ...(JSON.parse(eventBody().toString()) as object), event_id: eventId, n: Math.random() }));
		const status = await knock(host.url(), { body, headers: headers(deliveryHeaders(body, onlyEndpoint(sandbox()).secret)) });
		expect(status).toBe(200);
		return { id: host.executions[0]?.items[0]?.json.eventId, body };
	};

	it('is that of the header', async () => {
		const { id } = await deliver(undefined, (headers) => ({ ...headers, 'heygen-event-id': 'evt_header_1' }));
		expect(id).toBe('evt_header_1');
	});

	it.each([undefined, '', ' '])('is that of the body when the header is %j', async (header) => {
		const eventId = freshEventId();
		const { id } = await deliver(eventId, (headers) => ({
			...without(headers, 'heygen-event-id'),
			...(header === undefined ? {} : { 'heygen-event-id': header }),
		}));
		expect(id).toBe(eventId);
	});

	it('is made of the body when nothing names one', async () => {
		const { id, body } = await deliver(undefined, (headers) => without(headers, 'heygen-event-id'));
		expect(id).toBe(sha256(body));
	});
});

describe('signature and time', () => {
	const HOUR = 3_600;
	const ago = (seconds: number) => String(Math.floor(Date.now() / 1_000) - seconds);

	/** Delivers a genuine event with other headers. @returns whether it was taken */
	const isTaken = async (tolerance: number | undefined, change: Record<string, string | undefined>) => {
		const host = await startHost({ options: tolerance === undefined ? {} : { timestampTolerance: tolerance } });
		await host.activate();
		const body = eventBody();
		const { secret } = onlyEndpoint(sandbox());
		const headers = Object.entries({ ...deliveryHeaders(body, secret), ...change }).filter(([, value]) => value !== undefined);
		const status = await knock(host.url(), { body, headers: Object.fromEntries(headers) as Record<string, string> });
		expect([status, host.executions.length]).toEqual(status === 200 ? [200, 1] : [401, 0]);
		return status === 200;
	};

	it.each([
		[undefined, 290, true],
		[undefined, -290, true],
		[undefined, 310, false],
		[HOUR, HOUR - 10, true],
		[HOUR, HOUR + 10, false],
		[HOUR, -HOUR - 10, false],
		[1, 10, false],
		[0, 10 * HOUR, true],
		[0, -10 * HOUR, true],
	])('with a tolerance of %p, a delivery %p seconds old is taken: %p', async (tolerance, age, expected) => {
		expect(await isTaken(tolerance, { 'heygen-timestamp': ago(age) })).toBe(expected);
	});

	it('take a timestamp in milliseconds', async () => {
		expect(await isTaken(undefined, { 'heygen-timestamp': String(Date.now()) })).toBe(true);
	});

	it.each([
		[0, true],
		[HOUR, false],
	])('with a tolerance of %p, a delivery without timestamp is taken: %p', async (tolerance, expected) => {
		expect(await isTaken(tolerance, { 'heygen-timestamp': undefined })).toBe(expected);
	});

	it.each<Record<string, string>>([{}, { 'heygen-timestamp': ago(0) }])('take a delivery that the old API signs with "Signature" alone, and %j', async (more) => {
		const host = await startHost();
		await host.activate();
		const body = eventBody();
		const headers = { 'content-type': 'application/json', signature: signature(body, onlyEndpoint(sandbox()).secret) };
		const status = await knock(host.url(), { body, headers: { ...headers, ...more } });
		expect([status, host.executions.length]).toEqual([200, 1]);
	});

	it('take a signature in capitals', async () => {
		const host = await startHost();
		await host.activate();
		const body = eventBody();
		const headers = deliveryHeaders(body, onlyEndpoint(sandbox()).secret);
		const capitals = { ...headers, 'heygen-signature': String(headers['heygen-signature']).toUpperCase() };
		expect(await knock(host.url(), { body, headers: capitals })).toBe(200);
		expect(host.executions).toHaveLength(1);
	});
});
