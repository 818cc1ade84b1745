import { setTimeout as sleep } from 'node:timers/promises';

import { type EventView, Sandbox } from '../../sandbox';
import type { CallOptions, SandboxClient } from '../../sandbox/client';
import { WebhookReceiver } from '../../sandbox/webhooks/webhook-receiver';
import { onProcessor } from '../support/cpuTime';
import { useReceiver } from '../support/sandboxReceiver';

const OTHER_KEY = 'sandbox-key-no-credit';
const TRANSLATIONS = '/v3/video-translations';

let sandbox: Sandbox;
let client: SandboxClient;
let receiver: WebhookReceiver;

useReceiver({ jobSeconds: 0.15, jobQueueSeconds: 0.05 }, (made) => ({ sandbox, client, receiver } = made));

const register = (options?: CallOptions): Promise<unknown> =>
	client.post('/v3/webhooks/endpoints', { url: receiver.url }, options);

/** Events of a key, the oldest first. */
async function listed(options?: CallOptions): Promise<EventView[]> {
	return (await client.get('/v3/webhooks/events?limit=100', options)).body.data.reverse();
}

/** All titles of a list, page by page. */
async function titles(path: string): Promise<string[]> {
	const found: string[] = [];
	let token: string | null = '';
	while (token !== null) {
		const { body }: { body: { data: Array<{ title: string }>; next_token: string | null } } =
			await client.get(`${path}?limit=2${token === '' ? '' : `&token=${token}`}`);
		found.push(...body.data.map(({ title }) => title));
		token = body.next_token;
	}
	return found;
}

/** Waits until the receiver has got so many events, without asking the sandbox for anything. */
async function arrived(count: number): Promise<EventView[]> {
	for (let round = 0; round < 500 && receiver.received.length < count; round += 1) await sleep(10);
	return receiver.events();
}

describe('translations', () => {
	it('are seeded finished, with files', async () => {
		await client.seed({ translations: 3 });
		const { body } = await client.get(`${TRANSLATIONS}?limit=1`);
		const [newest] = body.data;
		expect(newest).toMatchObject({
			title: 'Seeded translation 3',
			status: 'completed',
			input_language: 'English',
			output_language: 'Spanish (Spain)',
			duration: 10,
			translate_audio_only: false,
			callback_id: null,
			failure_message: null,
		});
		const types: Array<string | null> = [];
		for (const name of ['video_url', 'audio_url', 'srt_caption_url', 'vtt_caption_url']) {
			const file = await fetch(newest[name]);
			expect([file.status, (await file.arrayBuffer()).byteLength > 0]).toEqual([200, true]);
			types.push(file.headers.get('content-type'));
		}
		expect(types).toEqual(['video/mp4', 'audio/mpeg', 'application/x-subrip', 'text/vtt']);
		expect((await client.get(`${TRANSLATIONS}/${newest.id}`, { key: OTHER_KEY })).body.data.id).toBe(
			newest.id,
		);
		expect((await client.get(`${TRANSLATIONS}/none`)).status).toBe(404);
		expect(await listed()).toEqual([]);
	});

	it('go from pending over running to the end', async () => {
		sandbox.seed({ translations: { count: 1, queueSeconds: 0.15, runSeconds: 0.15, failed: true } });
		const { id } = (await client.get(TRANSLATIONS)).body.data[0];
		const seen = new Set<string>();
		const words = new Set<string>();
		for (let state = ''; state !== 'failed'; await sleep(20)) {
			const { data } = (await client.get(`${TRANSLATIONS}/${id}`)).body;
			const { body } = await client.get(`${TRANSLATIONS}/statuses?video_translation_ids=${id}`);
			words.add(body.data[0].status);
			state = data.status;
			seen.add(state);
			expect([data.video_url, data.duration]).toEqual([null, null]);
		}
		expect([...seen]).toEqual(['pending', 'running', 'failed']);
		expect([...words]).toEqual(['queued', 'processing', 'failed']);
		const { body } = await client.get(
			`${TRANSLATIONS}/statuses?video_translation_ids=${id},no&batch_ids=b`,
		);
		expect(body.data).toMatchObject([
			{ video_id: id, status: 'failed', error: { code: 'translation_failed' } },
			{ video_id: 'no', status: 'not_found' },
			{ video_id: null, status: 'not_found', batch_id: 'b' },
		]);
		expect((await client.get(`${TRANSLATIONS}/statuses`)).status).toBe(400);
	});

	it('tell every key of their ends, at their time', async () => {
		await register();
		await register({ key: OTHER_KEY });
		await client.seed({ translations: { count: 1, runSeconds: 0.1 } });
		await client.seed({ translations: { count: 1, runSeconds: 0.2, failed: true } });
		const [failed, completed] = (await client.get(TRANSLATIONS)).body.data;
		const events = await arrived(4);
		expect(events.map(({ event_type: type }) => type)).toEqual([
			'video_translate.success',
			'video_translate.success',
			'video_translate.fail',
			'video_translate.fail',
		]);
		expect(events[0]?.event_data).toEqual({
			video_translate_id: completed.id,
			url: expect.stringContaining('/video.mp4?'),
			output_language: 'Spanish (Spain)',
			callback_id: null,
		});
		expect(events[3]?.event_data).toEqual({
			video_translate_id: failed.id,
			message: expect.any(String),
			output_language: 'Spanish (Spain)',
			callback_id: null,
		});
		expect((await fetch(String(events[0]?.event_data['url']))).status).toBe(200);
	});
});

describe('the order of lists', () => {
	it.each(['newest', 'oldest'] as const)('starts with the %s', async (listOrder) => {
		sandbox.configure({ listOrder });
		sandbox.seed({ videos: 5, translations: 5 });
		const expected = (what: string): string[] => {
			const ofSeed = [1, 2, 3, 4, 5].map((number) => `Seeded ${what} ${number}`);
			return listOrder === 'oldest' ? ofSeed : ofSeed.reverse();
		};
		expect(await titles('/v3/videos')).toEqual(expected('video'));
		expect(await titles(TRANSLATIONS)).toEqual(expected('translation'));
	});
});

describe('events of videos', () => {
	it('arrive when they end, though nobody asks', async () => {
		await register();
		await register({ key: OTHER_KEY });
		const ok = await client.createVideo({ callback_id: 'row-1', folder_id: 'f1' });
		await client.createVideo({ title: '[stuck]' });
		await sleep(40);
		const bad = await client.createVideo({ title: '[fail:tts_text_invalid]', callback_id: 'row-2' });
		const [success, fail] = await arrived(2);
		expect(success).toMatchObject({
			event_type: 'avatar_video.success',
			event_data: {
				video_id: ok,
				url: expect.stringContaining('/video.mp4?'),
				gif_download_url: expect.stringContaining('.gif?'),
				video_page_url: expect.stringContaining(ok),
				video_share_page_url: expect.stringContaining(ok),
				folder_id: 'f1',
				callback_id: 'row-1',
			},
		});
		expect(fail).toMatchObject({
			event_type: 'avatar_video.fail',
			event_data: {
				video_id: bad,
				msg: expect.stringContaining('tts_text_invalid'),
				callback_id: 'row-2',
			},
		});
		const { completed_at: ended } = (await client.get(`/v3/videos/${ok}`)).body.data;
		expect(Math.floor(Date.parse(String(success?.created_at)) / 1_000)).toBe(ended);
		const [delivery] = sandbox.webhooks().deliveries;
		const delay = Number(delivery?.attempts[0]?.at) - Date.parse(String(success?.created_at));
		expect(delay).toBeLessThan(100);
		await sandbox.settled();
		// Only the endpoint of the key that created them has got them.
		expect(receiver.received).toHaveLength(2);
		expect(await listed()).toEqual([success, fail]);
		expect(await listed({ key: OTHER_KEY })).toEqual([]);
	});

	it('are listed without any endpoint, in the order of their times', async () => {
		const first = await client.createVideo();
		const second = await client.createVideo();
		await sleep(260);
		const [emitted] = sandbox.emit({ event_type: 'batch.finished' });
		const ids = (await listed()).map(({ event_data: data }) => data['video_id']);
		expect(new Set(ids.slice(0, 2))).toEqual(new Set([first, second]));
		expect(ids[2]).toBe(emitted?.event_data['video_id']);
		expect(sandbox.stats().eventsEmitted).toBe(3);
	});

	it('come from the items of a batch that nobody asks for', async () => {
		await register();
		sandbox.configure({ concurrentJobs: 1 });
		const videos = [1, 2].map(() => ({
			type: 'avatar',
			avatar_id: 'look_bruno_office_01',
			script: 'Hi',
		}));
		await client.post('/v3/videos/batches', { videos });
		expect(await arrived(2)).toHaveLength(2);
	});

	it('do not come from deleted or seeded videos, nor when switched off', async () => {
		await register();
		sandbox.seed(3);
		const id = await client.createVideo();
		await client.call('DELETE', `/v3/videos/${id}`);
		sandbox.configure({ videoEvents: false });
		await client.createVideo();
		await sleep(260);
		expect(await listed()).toEqual([]);
	});

	it('come from seeded videos that run, for every key', async () => {
		await register();
		await register({ key: OTHER_KEY });
		await client.seed({ videos: { count: 1, runSeconds: 0, failed: true } });
		expect((await client.get('/v3/videos')).body.data[0]).toMatchObject({ status: 'failed' });
		sandbox.seed({ videos: { count: 1, runSeconds: 0.1 } });
		const events = await arrived(4);
		expect(events.map(({ event_type: type }) => type).sort()).toEqual([
			'avatar_video.fail',
			'avatar_video.fail',
			'avatar_video.success',
			'avatar_video.success',
		]);
		expect(sandbox.stats()).toMatchObject({ videosCreated: 0, maxConcurrentJobs: 0, eventsEmitted: 2 });
	});

	it('do not come from before a reset', async () => {
		await register();
		await client.createVideo();
		sandbox.reset();
		await register();
		await sleep(260);
		expect([receiver.received.length, sandbox.stats().eventsEmitted]).toEqual([0, 0]);
	});

	it('cost next to nothing', () => {
		const { result: emitted, cpuMs } = onProcessor(() => {
			sandbox.reset();
			sandbox.seed({ videos: { count: 10_000, runSeconds: 0 } });
			return sandbox.stats().eventsEmitted;
		});
		expect(emitted).toBe(10_000);
		expect(cpuMs).toBeLessThan(1_500);
	});
});

describe('seeds', () => {
	it.each([
		{},
		{ videos: -1 },
		{ videos: {} },
		{ translations: 'x' },
		{ videos: 1, translations: { count: 1, runSeconds: -1 } },
		{ videos: { count: 1, queueSeconds: 1 } },
		{ videos: { count: 1, failed: 'yes' } },
		{ videos: { count: 1, colour: 'red' } },
	])('that make no sense are refused: %j', async (seed) => {
		expect((await client.post('/_sandbox/seed', seed)).status).toBe(400);
		expect((await client.get('/v3/videos')).body.data).toEqual([]);
	});

	it('answer with their numbers', async () => {
		const { body } = await client.post('/_sandbox/seed', { videos: { count: 2 }, translations: 1 });
		expect(body).toEqual({ videos: 2, translations: 1 });
	});
});
