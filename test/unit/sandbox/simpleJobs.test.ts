import { setTimeout as sleep } from 'node:timers/promises';

import { type EventView, Sandbox } from '../../sandbox';
import { avatarVideo, jobRequest, SandboxClient, simpleJobs } from '../../sandbox/client';
import {
	draftWith,
	type JobDraft,
	jobStateAt,
	progressAt,
	type SimpleJobName,
	startSimpleJob,
} from '../../sandbox/jobs/job';
import { WebhookReceiver } from '../../sandbox/webhooks/webhook-receiver';
import { useReceiver } from '../support/sandboxReceiver';

/** What the jobs of the five simple kinds have in common. */

const NO_CREDIT = 'sandbox-key-no-credit';
const OTHER_KEY = 'sandbox-key-2';

let sandbox: Sandbox;
let client: SandboxClient;
let receiver: WebhookReceiver;

useReceiver({ jobSeconds: 0.15, jobQueueSeconds: 0.1 }, (made) => ({ sandbox, client, receiver } = made));

const names = Object.keys(simpleJobs) as SimpleJobName[];
/** How each kind calls its states before the end. */
const words: Record<SimpleJobName, [string, string]> = {
	modelVideo: ['pending', 'processing'],
	hyperframes: ['queued', 'rendering'],
	clipping: ['pending', 'running'],
	backgroundRemoval: ['pending', 'processing'],
	fillerWordRemoval: ['pending', 'running'],
};
/** Kinds with a list, with the field of their records that holds the id. */
const listed: Array<[SimpleJobName, string]> = [
	['hyperframes', 'render_id'],
	['clipping', 'id'],
	['backgroundRemoval', 'id'],
];
const withKey = names.filter((name) => name !== 'backgroundRemoval');

/** A text with markers where requests of that kind have them. */
const marked = (name: SimpleJobName, text: string): Record<string, unknown> =>
	name === 'modelVideo' ? { prompt: text } : { title: text };

const pathOf = (name: SimpleJobName, id: string): string => `${simpleJobs[name].path}/${id}`;
const ended = ({ status }: { status: string }): boolean => ['completed', 'failed', 'cancelled'].includes(status);

const create = (name: SimpleJobName, text = 'Film'): Promise<string> => client.createJob(name, marked(name, text));

/** All addresses in a record. */
function linksIn(record: unknown): string[] {
	if (typeof record === 'string') return record.startsWith('http') ? [record] : [];
	return typeof record === 'object' && record !== null ? Object.values(record).flatMap(linksIn) : [];
}

describe.each(names)('%s', (name) => {
	const [waiting, running] = words[name];

	it('goes through its states and has files at the end', async () => {
		const id = await create(name);
		const stages = [waiting, running, 'completed'];
		let stage = 0;
		const isDone = (record: { status: string }): boolean => {
			expect(stages.indexOf(record.status)).toBeGreaterThanOrEqual(stage);
			stage = stages.indexOf(record.status);
			if (record.status !== 'completed') expect(linksIn(record)).toEqual([]);
			return record.status === 'completed';
		};
		await client.waitForJob(name, id, isDone);
		const { status, body } = await client.get(pathOf(name, id));
		const links = linksIn(body.data);
		expect([status, links.length > 0, new Set(links).size]).toEqual([200, true, links.length]);
		for (const link of links) {
			const file = await fetch(link);
			expect([file.status, link.startsWith(`${sandbox.fileUrl}/files/`)]).toEqual([200, true]);
			expect((await file.arrayBuffer()).byteLength).toBeGreaterThan(0);
		}
		const again = linksIn((await client.get(pathOf(name, id))).body.data);
		expect(again.filter((link) => links.includes(link))).toEqual([]);
	});

	it('stays in a state for as long as configured', async () => {
		sandbox.configure({ jobQueueSeconds: 1_000 });
		const first = await create(name);
		sandbox.configure({ jobQueueSeconds: 0, jobSeconds: 1_000 });
		const second = await create(name);
		expect((await client.get(pathOf(name, first))).body.data.status).toBe(waiting);
		expect((await client.get(pathOf(name, second))).body.data.status).toBe(running);
	});

	it('fails on demand, with the reason in its record', async () => {
		const plain = await create(name, '[fail]');
		const coded = await create(name, 'x [fail:content_policy_violation] y');
		expect(JSON.stringify(await client.waitForJob(name, plain, ended))).toContain('rendering_failed');
		const record = await client.waitForJob(name, coded, ended);
		expect([record.status, linksIn(record)]).toEqual(['failed', []]);
		expect(JSON.stringify(record)).toContain('content_policy_violation');
		expect((await client.get(pathOf(name, coded))).status).toBe(200);
	});

	it('is cancelled, gets stuck, or tells other words, on demand', async () => {
		sandbox.configure({ jobSeconds: 0.5 });
		const cancelled = await create(name, '[cancelled]');
		const stuck = await create(name, '[stuck] [cancelled] [fail]');
		const odd = await create(name, '[status:compositing]');
		await client.waitForJob(name, odd, ({ status }) => status === 'compositing');
		const record = await client.waitForJob(name, cancelled, ended);
		expect([record.status, linksIn(record)]).toEqual(['cancelled', []]);
		expect(JSON.stringify(record)).not.toContain('rendering_failed');
		await client.waitForJob(name, odd, ({ status }) => status === 'completed');
		expect((await client.get(pathOf(name, stuck))).body.data.status).toBe(running);
	});

	it('has places of its own, per key', async () => {
		sandbox.configure({ concurrentJobs: 1 });
		await client.createVideo({ title: '[stuck]' });
		const { path } = simpleJobs[name];
		const post = (text: string, key = sandbox.apiKey) => client.post(path, jobRequest(name, marked(name, text)), { key });
		expect((await post('[stuck]')).status).toBeLessThan(300);
		const refused = await post('Two');
		expect([refused.status, refused.body.error.code]).toEqual([429, 'rate_limit_exceeded']);
		expect(refused.headers.get('retry-after')).toBe('1');
		sandbox.configure({ retryAfterSeconds: 7 });
		expect((await post('Two')).headers.get('retry-after')).toBe('7');
		expect((await post('Two', OTHER_KEY)).status).toBeLessThan(300);
		for (const other of names.filter((kind) => kind !== name)) await create(other);
		expect(sandbox.stats().jobsCreated).toMatchObject({ video: 1, [name]: 2 });
		expect(sandbox.stats().maxConcurrentJobs).toBe(1);
	});

	it('frees its place when it ends', async () => {
		sandbox.configure({ concurrentJobs: 1 });
		const id = await create(name);
		await client.waitForJob(name, id, ended);
		await create(name);
		expect(sandbox.stats().jobsCreated[name]).toBe(2);
	});

	it('is not made without credit, nor of a body that does not fit', async () => {
		const { path } = simpleJobs[name];
		const poor = await client.post(path, jobRequest(name), { key: NO_CREDIT });
		expect([poor.status, poor.body.error.code]).toEqual([402, 'insufficient_credit']);
		const odd = await client.post(path, jobRequest(name, { colour: 'red' }));
		expect([odd.status, odd.body.error.param]).toEqual([400, 'colour']);
		expect((await client.get(pathOf(name, 'nobody'))).status).toBe(404);
		expect(sandbox.stats().jobsCreated[name]).toBe(0);
	});

	it('is struck by faults', async () => {
		const { path } = simpleJobs[name];
		const body = jobRequest(name);
		sandbox.addFault({ match: { method: 'POST', path }, kind: 'status', status: 503 });
		sandbox.addFault({ match: { method: 'POST', path }, kind: 'drop_after' });
		expect((await client.post(path, body)).status).toBe(503);
		await expect(client.post(path, body)).rejects.toThrow();
		expect(sandbox.stats().jobsCreated[name]).toBe(1);
		const template = name === 'clipping' || name === 'backgroundRemoval' ? '{job_id}' : '{id}';
		const record = { modelVideo: '{video_id}', hyperframes: '{render_id}' }[name as string] ?? template;
		sandbox.addFault({ match: { method: 'GET', path: `${path}/${record}` }, kind: 'garbage' });
		await expect(client.get(pathOf(name, 'x'))).rejects.toThrow(/JSON/);
	});

	it('is forgotten by a reset', async () => {
		const id = await create(name);
		sandbox.reset();
		expect((await client.get(pathOf(name, id))).status).toBe(404);
		expect(sandbox.stats().jobsCreated[name]).toBe(0);
	});
});

it('all kinds complete before their files are there, on demand', async () => {
	const look = async (name: SimpleJobName): Promise<void> => {
		const id = await create(name, '[late-url]');
		const early = await client.waitForJob(name, id, ended);
		expect([early.status, linksIn(early)]).toEqual(['completed', []]);
		await client.waitForJob(name, id, (record) => linksIn(record).length > 0);
	};
	await Promise.all(names.map(look));
});

describe('idempotency keys', () => {
	it.each(withKey)('replay the first %s', async (name) => {
		const { path } = simpleJobs[name];
		const first = await client.post(path, jobRequest(name), { idempotencyKey: 'k' });
		const second = await client.post(path, jobRequest(name, marked(name, 'Other')), { idempotencyKey: 'k' });
		expect([second.status, second.body]).toEqual([first.status, first.body]);
		const { jobsCreated, jobsByReplay, videosCreated, videosByIdempotencyReplay } = sandbox.stats();
		expect([jobsCreated[name], jobsByReplay[name]]).toEqual([1, 1]);
		expect([videosCreated, videosByIdempotencyReplay]).toEqual([0, 0]);
		expect((await client.post(path, jobRequest(name), { idempotencyKey: 'a b' })).status).toBe(400);
	});
});

describe('lists', () => {
	it.each(listed)('of %s page, and leave out what is deleted', async (name, idField) => {
		const ids: string[] = [];
		for (const text of ['One', 'Two', 'Three']) ids.push(await create(name, text));
		const { path } = simpleJobs[name];
		const idsIn = (data: Array<Record<string, unknown>>): unknown[] => data.map((record) => record[idField]);
		const { body: first } = await client.get(`${path}?limit=2`);
		expect([idsIn(first.data), first.has_more]).toEqual([[ids[2], ids[1]], true]);
		const { body: last } = await client.get(`${path}?limit=2&token=${first.next_token}`);
		expect([idsIn(last.data), last.has_more, last.next_token]).toEqual([[ids[0]], false, null]);
		sandbox.configure({ listOrder: 'oldest' });
		const gone = await client.call('DELETE', pathOf(name, String(ids[1])));
		expect([gone.status, gone.body.data[idField]]).toEqual([200, ids[1]]);
		expect(idsIn((await client.get(path)).body.data)).toEqual([ids[0], ids[2]]);
		expect((await client.get(`${path}?limit=101`)).status).toBe(400);
	});

	it.each(listed)('of %s never end when told so', async (name) => {
		await create(name);
		const { path } = simpleJobs[name];
		sandbox.addFault({ match: { path }, kind: 'endless_cursor', times: -1 });
		const { body } = await client.get(path);
		expect([body.has_more, (await client.get(`${path}?token=${body.next_token}`)).body.has_more]).toEqual([true, true]);
	});

	it.each(listed)('free the place of a deleted %s', async (name) => {
		sandbox.configure({ concurrentJobs: 1 });
		const id = await create(name, '[stuck]');
		await client.call('DELETE', pathOf(name, id));
		await create(name);
		expect(sandbox.stats().jobsCreated[name]).toBe(2);
	});
});

describe('events', () => {
	const register = (key = sandbox.apiKey) => client.post('/v3/webhooks/endpoints', { url: receiver.url }, { key });

	/** The events that were delivered, once there are so many. */
	async function arrived(count: number): Promise<EventView[]> {
		for (let round = 0; round < 500 && receiver.received.length < count; round += 1) await sleep(10);
		return receiver.events();
	}

	it.each([
		['hyperframes', 'hyperframes_video'],
		['clipping', 'ai_clipping'],
		['fillerWordRemoval', 'filler_word_removal'],
	] as Array<[SimpleJobName, string]>)('of %s tell of each end', async (name, type) => {
		await register();
		await register(OTHER_KEY);
		const make = (text: string): Promise<string> => client.createJob(name, { title: text, callback_id: text });
		const [good, bad, cancelled] = [await make('fine'), await make('[fail:no_speech]'), await make('[cancelled]')];
		await make('[stuck]');
		const events = await arrived(3);
		const of = (callbackId: string) => events.find(({ event_data: data }) => data['callback_id'] === callbackId);
		expect(of('fine')).toMatchObject({ event_type: `${type}.success` });
		expect(of('[fail:no_speech]')).toMatchObject({
			event_type: `${type}.fail`,
			event_data: { failure_message: expect.stringContaining('no_speech') },
		});
		expect(of('[cancelled]')).toMatchObject({ event_type: `${type}.fail`, event_data: { failure_message: null } });
		expect(JSON.stringify(events)).toContain(good);
		for (const id of [bad, cancelled]) expect(JSON.stringify(events)).toContain(id);
		const [link] = linksIn(of('fine')?.event_data);
		expect((await fetch(String(link))).status).toBe(200);
		await sandbox.settled();
		// Only the endpoint of the key that made the jobs has got them.
		expect(receiver.received).toHaveLength(3);
	});

	it('hold the whole job where HeyGen says so', async () => {
		await register();
		const clipping = await client.createJob('clipping', { title: 'T' });
		const filler = await client.createJob('fillerWordRemoval', { title: 'T' });
		const events = await arrived(2);
		for (const [name, id] of [['clipping', clipping], ['fillerWordRemoval', filler]] as const) {
			const data = events.map((event) => event.event_data).find((job) => job['id'] === id);
			const { body } = await client.get(pathOf(name, id));
			expect(Object.keys(data ?? {})).toEqual(Object.keys(body.data));
			expect(data).toMatchObject({ status: 'completed', progress: 100, title: 'T', callback_id: null });
		}
	});

	it('do not come from model videos, background removals and deleted jobs', async () => {
		await register();
		await create('modelVideo');
		await create('backgroundRemoval');
		sandbox.configure({ jobSeconds: 1_000 });
		const id = await create('clipping');
		await client.call('DELETE', pathOf('clipping', id));
		sandbox.configure({ jobSeconds: 0.15 });
		const last = await create('fillerWordRemoval', 'Last');
		expect((await arrived(1)).map(({ event_data: data }) => data['id'])).toEqual([last]);
		await sandbox.settled();
		expect(sandbox.stats().eventsEmitted).toBe(1);
	});
});

describe('an open contract', () => {
	beforeEach(() => sandbox.configure({ contract: 'open' }));

	it('takes new fields and values of all other jobs', async () => {
		const id = await client.createJob('hyperframes', { quality: 'ultra', loudness: 7 });
		expect((await client.get(`/v3/hyperframes/renders/${id}`)).body.data.quality).toBe('ultra');
		await client.createJob('clipping', { output_settings: { aspect_ratio: 'wide', duration_types: 30 } });
		await client.createJob('modelVideo', { model: 'heygen-video-2', mode: 'dream', reference_images: {} });
		await client.createJob('backgroundRemoval', { layers: 'mask' });
		await client.createJob('fillerWordRemoval', { title: 7 });
		expect(sandbox.stats().jobsCreated).toMatchObject({ hyperframes: 1, clipping: 1, modelVideo: 1 });
	});
});

describe('the count of requests', () => {
	it('says how many of one operation were being answered at once', async () => {
		const id = await create('clipping');
		const look = () => client.get(pathOf('clipping', id));
		const operation = 'GET /v3/ai-clipping/{job_id}';
		sandbox.addFault({ match: { path: '/v3/ai-clipping/{job_id}' }, kind: 'hang', times: 3 });
		const looks = [look(), look(), look()];
		while (sandbox.stats().maxInFlight[operation] !== 3) await sleep(5);
		await client.get('/v3/ai-clipping');
		sandbox.release();
		await Promise.all(looks);
		await Promise.all([look(), look()]);
		const one = { 'POST /v3/ai-clipping': 1, 'GET /v3/ai-clipping': 1 };
		expect(sandbox.stats().maxInFlight).toEqual({ ...one, [operation]: 3 });
	});

	it('keeps kinds apart, and counts items of replayed batches', async () => {
		const videos = { videos: [avatarVideo(), avatarVideo()] };
		for (let round = 0; round < 2; round += 1) {
			await client.post('/v3/videos/batches', videos, { idempotencyKey: 'batch' });
			await client.post('/v3/videos', avatarVideo(), { idempotencyKey: 'one' });
		}
		await sleep(150);
		const none = { modelVideo: 0, hyperframes: 0, clipping: 0, backgroundRemoval: 0, fillerWordRemoval: 0 };
		expect(sandbox.stats()).toMatchObject({
			jobsCreated: { video: 3, ...none },
			jobsByReplay: { video: 3, ...none },
			videosCreated: 3,
			videosByIdempotencyReplay: 3,
		});
	});
});

describe('progress', () => {
	const MINUTE = 60_000;
	const started = (text: string, jobSeconds = 60) => {
		const draft: JobDraft<null> = draftWith([text], null);
		return startSimpleJob(draft, 'key', 0, { ...sandbox.config, jobQueueSeconds: 60, jobSeconds });
	};

	it('rises with the clock, and is 100 only at the end', () => {
		const job = started('');
		const times = [0, MINUTE - 1, MINUTE, 1.5 * MINUTE, 2 * MINUTE - 1, 2 * MINUTE, 9 * MINUTE];
		expect(times.map((time) => progressAt(job, time))).toEqual([0, 0, 0, 50, 99, 100, 100]);
		expect(progressAt(started('', 0), MINUTE)).toBe(100);
	});

	it('is never 100 of what does not complete', () => {
		for (const text of ['[fail]', '[stuck]', '[cancelled]']) expect(progressAt(started(text), 9 * MINUTE)).toBe(99);
		expect(jobStateAt(started('[stuck]'), Infinity)).toBe('running');
	});

	it.each(['clipping', 'fillerWordRemoval'] as const)('of %s is not told when it should not be', async (name) => {
		const id = await create(name, '[no-progress]');
		expect((await client.get(pathOf(name, id))).body.data).not.toHaveProperty('progress');
	});
});
