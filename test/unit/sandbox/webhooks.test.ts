import { setTimeout as sleep } from 'node:timers/promises';

import { type EventView, Sandbox } from '../../sandbox';
import type { Answer, CallOptions, SandboxClient } from '../../sandbox/client';
import { WebhookReceiver } from '../../sandbox/webhooks/webhook-receiver';
import { useReceiver } from '../support/sandboxReceiver';

const ENDPOINTS = '/v3/webhooks/endpoints';
const OTHER_KEY = 'sandbox-key-no-credit';

let sandbox: Sandbox;
let client: SandboxClient;
let receiver: WebhookReceiver;

useReceiver({}, (made) => ({ sandbox, client, receiver } = made));

const create = (fields: object = {}, options?: CallOptions): Promise<Answer> =>
	client.post(ENDPOINTS, { url: receiver.url, ...fields }, options);

/** Registers the receiver. @returns what the creation answered. */
async function register(fields: object = {}, options?: CallOptions): Promise<Answer['body']> {
	const { status, body } = await create(fields, options);
	expect([status, body.error]).toEqual([200, undefined]);
	return body.data;
}

/** All ids of a list, page by page. */
async function allIds(path: string, name: string, key?: string): Promise<string[]> {
	const ids: string[] = [];
	let token: string | null = '';
	while (token !== null) {
		const options: CallOptions = key === undefined ? {} : { key };
		const tail: string = token === '' ? '' : `&token=${token}`;
		const { body } = await client.get(`${path}?limit=2${tail}`, options);
		ids.push(...body.data.map((entry: Record<string, string>) => entry[name]));
		token = body.next_token;
	}
	return ids;
}

const refusal = ({ status, body }: Answer): unknown[] => [status, body.error?.code, body.error?.param];

describe('endpoints', () => {
	it('are created with a secret that is not shown again', async () => {
		const data = await register({ events: ['avatar_video.fail'] });
		expect(data).toEqual({
			endpoint_id: expect.stringMatching(/^ep_[0-9a-f]{32}$/),
			url: receiver.url,
			events: ['avatar_video.fail'],
			status: 'enabled',
			created_at: expect.stringMatching(/^\d{4}-.*Z$/),
			secret: expect.stringMatching(/^whsec_\w{48}$/),
		});
		const { body } = await client.get(ENDPOINTS);
		expect(body).toEqual({ data: [{ ...data, secret: null }], has_more: false, next_token: null });
	});

	it.each(['http://example.com/x', 'ftp://127.0.0.1/x', 'nonsense', ''])(
		'refuse the url %p',
		async (url) => {
			expect(refusal(await create({ url }))).toEqual([400, 'invalid_parameter', 'url']);
			const { endpoint_id: id } = await register();
			const change = await client.call('PATCH', `${ENDPOINTS}/${id}`, { body: { url } });
			expect(refusal(change)).toEqual([400, 'invalid_parameter', 'url']);
		},
	);

	it.each(['https://example.com/x', 'http://localhost:1/x'])('take the url %p', async (url) => {
		expect(await register({ url })).toMatchObject({ url, events: null });
	});

	it('are changed, with their events replaced', async () => {
		const { endpoint_id: id } = await register({
			events: ['avatar_video.fail', 'avatar_video.success'],
		});
		const change = async (body: object): Promise<unknown> =>
			(await client.call('PATCH', `${ENDPOINTS}/${id}`, { body })).body.data;
		expect(await change({ events: ['batch.finished'] })).toMatchObject({
			url: receiver.url,
			events: ['batch.finished'],
			secret: null,
		});
		expect(await change({ url: 'https://example.com/' })).toMatchObject({
			url: 'https://example.com/',
			events: ['batch.finished'],
		});
		expect(await change({ events: null, url: null })).toMatchObject({
			url: 'https://example.com/',
			events: null,
		});
	});

	it('belong to the key that created them', async () => {
		const { endpoint_id: own } = await register();
		const { endpoint_id: foreign } = await register({}, { key: OTHER_KEY });
		expect(await allIds(ENDPOINTS, 'endpoint_id')).toEqual([own]);
		expect(await allIds(ENDPOINTS, 'endpoint_id', OTHER_KEY)).toEqual([foreign]);
		for (const id of [foreign, 'ep_none']) {
			const path = `${ENDPOINTS}/${id}`;
			const answers = [
				await client.call('PATCH', path, { body: {} }),
				await client.call('DELETE', path),
				await client.call('POST', `${path}/rotate-secret`),
			];
			for (const answer of answers) {
				expect(refusal(answer)).toEqual([404, 'webhook_not_found', undefined]);
			}
		}
	});

	it('are listed page by page, the newest first, without deleted ones', async () => {
		const ids: string[] = [];
		for (let index = 0; index < 5; index += 1) ids.unshift((await register()).endpoint_id);
		expect(await allIds(ENDPOINTS, 'endpoint_id')).toEqual(ids);
		const { body } = await client.call('DELETE', `${ENDPOINTS}/${ids[2]}`);
		expect(body).toEqual({ data: {} });
		expect(await allIds(ENDPOINTS, 'endpoint_id')).toEqual(ids.filter((_, index) => index !== 2));
		expect((await client.get(`${ENDPOINTS}?limit=101`)).status).toBe(400);
	});

	it('are created once under an idempotency key', async () => {
		const first = await register({}, { idempotencyKey: 'k' });
		expect(await register({}, { idempotencyKey: 'k' })).toEqual(first);
		expect(sandbox.webhooks().endpoints).toHaveLength(1);
	});

	it('are limited, and unique, if so configured', async () => {
		sandbox.configure({ webhookMaxEndpoints: 2, webhookConflictOnSameUrl: true });
		const { endpoint_id: id } = await register();
		expect(refusal(await create())).toEqual([409, 'conflict', 'url']);
		const url = 'https://example.com/2';
		await register({ url });
		expect(refusal(await create({ url: `${url}3` }))).toEqual([
			400,
			'resource_limit_reached',
			undefined,
		]);
		await register({}, { key: OTHER_KEY });
		await client.call('DELETE', `${ENDPOINTS}/${id}`);
		await register();
	});

	it('may tell their secret under another name', async () => {
		sandbox.configure({ webhookSecretField: 'signing_secret' });
		const data = await register();
		expect(data).toMatchObject({ secret: null, signing_secret: expect.stringMatching(/^whsec_/) });
	});
});

describe('the probe', () => {
	it.each([
		['options', 'OPTIONS', ''],
		['post', 'POST', '{}'],
	] as const)('asks by %s before an endpoint is created', async (webhookProbe, method, body) => {
		sandbox.configure({ webhookProbe });
		await register();
		expect(receiver.received).toMatchObject([{ method, path: '/hook' }]);
		expect(receiver.received[0]?.raw.toString()).toBe(body);
		expect(receiver.received[0]?.headers['heygen-signature']).toBeUndefined();

		receiver.answerWith(() => 404);
		const refused = await create({}, { idempotencyKey: 'k' });
		expect(refusal(refused)).toEqual([400, 'invalid_parameter', 'url']);
		expect(refused.body.error.message).toContain('did not answer');
		expect(sandbox.webhooks().endpoints).toHaveLength(1);
		// The refusal does not stick to the idempotency key.
		receiver.answerWith(() => 204);
		await register({}, { idempotencyKey: 'k' });
	});

	it('gives up after the time-out, and on refused connections', async () => {
		sandbox.configure({ webhookProbe: 'post', webhookTimeoutMs: 50 });
		receiver.answerWith(() => 'hang');
		expect((await create()).status).toBe(400);
		expect((await create({ url: 'http://127.0.0.1:1/' })).status).toBe(400);
	});

	it('holds an idempotency key while it asks', async () => {
		sandbox.configure({ webhookProbe: 'post' });
		receiver.answerWith(() => sleep(100, 200));
		const answers = await Promise.all([1, 2].map(() => create({}, { idempotencyKey: 'k' })));
		expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
		expect(sandbox.webhooks().endpoints).toHaveLength(1);
	});
});

describe('event types', () => {
	it('are 32, each of them accepted', async () => {
		const { body } = await client.get('/v3/webhooks/event-types');
		const events = body.data.map((entry: { event_type: string }) => entry.event_type);
		expect([events.length, new Set(events).size]).toEqual([32, 32]);
		expect(events).toContain('filler_word_removal.fail');
		expect(body.data.every(({ description }: { description: string }) => description !== '')).toBe(true);
		const { endpoint_id: id } = await register({ events });
		expect((await client.call('PATCH', `${ENDPOINTS}/${id}`, { body: { events } })).status).toBe(200);
		for (const type of events) {
			expect((await client.get(`/v3/webhooks/events?event_type=${type}`)).status).toBe(200);
		}
	});

	it('refuse a 33rd', async () => {
		const events = ['filler_word_removal.failed'];
		const { endpoint_id: id } = await register();
		const answers = [
			await create({ events }),
			await client.call('PATCH', `${ENDPOINTS}/${id}`, { body: { events } }),
			await client.get(`/v3/webhooks/events?event_type=${events[0]}`),
		];
		expect(answers.map(({ status }) => status)).toEqual([400, 400, 400]);
	});

	it('can be listed otherwise', async () => {
		sandbox.configure({ eventTypes: ['a.new', 'batch.finished'] });
		expect((await client.get('/v3/webhooks/event-types')).body.data).toEqual([
			{ event_type: 'a.new', description: 'a.new' },
			{ event_type: 'batch.finished', description: 'All items of a batch have ended' },
		]);
	});
});

describe('the list of events', () => {
	const listed = async (query: string): Promise<EventView[]> =>
		(await client.get(`/v3/webhooks/events${query}`)).body.data;

	it.each(['newest', 'oldest'] as const)('goes page by page from the %s', async (eventsOrder) => {
		sandbox.configure({ eventsOrder });
		const events = sandbox.emit({ event_type: 'avatar_video.success', count: 7 });
		const ids = events.map(({ event_id: id }) => id);
		if (eventsOrder === 'newest') ids.reverse();
		expect(await allIds('/v3/webhooks/events', 'event_id')).toEqual(ids);
		expect(new Set(events.map(({ created_at: time }) => time)).size).toBe(7);
		expect((await listed('?limit=1'))[0]).toEqual(events.at(eventsOrder === 'newest' ? -1 : 0));
	});

	it('goes on where it was when events arrive in between', async () => {
		const [older, newer] = sandbox.emit({ event_type: 'avatar_video.success', count: 2 });
		const { body: first } = await client.get('/v3/webhooks/events?limit=1');
		sandbox.emit({ event_type: 'avatar_video.success', created_at: '2020-01-01T00:00:00Z' });
		sandbox.emit({ event_type: 'avatar_video.success' });
		const { body: second } = await client.get(`/v3/webhooks/events?limit=1&token=${first.next_token}`);
		expect([first.data, second.data]).toEqual([[newer], [older]]);
	});

	it('is filtered by type and by any id', async () => {
		const emit = (event_type: string, event_data?: Record<string, unknown>): EventView =>
			sandbox.emit({ event_type, event_data, deliver: false })[0] as EventView;
		const plain = emit('batch.finished');
		const deep = emit('ai_clipping.success', { clips: [{ id: 'x1' }], title: 'x2' });
		expect(await listed('?event_type=batch.finished')).toEqual([plain]);
		expect(await listed(`?entity_id=${String(plain.event_data.video_id)}`)).toEqual([plain]);
		expect(await listed('?entity_id=x1')).toEqual([deep]);
		expect(await listed('?entity_id=x1&event_type=batch.finished')).toEqual([]);
		expect(await listed('?entity_id=x2')).toEqual([]);
	});
});
