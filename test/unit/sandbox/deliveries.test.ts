import { setTimeout as sleep } from 'node:timers/promises';

import { Sandbox } from '../../sandbox';
import type { Answer, SandboxClient } from '../../sandbox/client';
import { isSignedWith, WebhookReceiver } from '../../sandbox/webhooks/webhook-receiver';
import { useReceiver } from '../support/sandboxReceiver';

const ENDPOINTS = '/v3/webhooks/endpoints';

let sandbox: Sandbox;
let client: SandboxClient;
let receiver: WebhookReceiver;

useReceiver({ webhookRetryBaseMs: 20 }, (made) => ({ sandbox, client, receiver } = made));

/** Registers the receiver. @returns what the creation answered. */
async function register(fields: object = {}): Promise<Answer['body']> {
	const { status, body } = await client.post(ENDPOINTS, { url: receiver.url, ...fields });
	expect(status).toBe(200);
	return body.data;
}

describe('deliveries', () => {
	it('are signed over the bytes that are sent', async () => {
		const { secret, endpoint_id: endpointId } = await register();
		const before = Math.floor(Date.now() / 1_000);
		const event_data = { title: 'Grüße 🎬', video_id: 'v1' };
		const [event] = sandbox.emit({ event_type: 'avatar_video.success', event_data, event_id: 'evt_x' });
		await sandbox.settled();
		expect(receiver.events()).toEqual([event]);
		expect(event).toMatchObject({ event_id: 'evt_x', event_data });
		const [delivery] = receiver.received;
		if (!delivery) throw new Error('nothing arrived');
		expect(delivery).toMatchObject({
			method: 'POST',
			headers: { 'content-type': 'application/json', 'heygen-event-id': 'evt_x' },
		});
		expect(isSignedWith(secret, delivery)).toBe(true);
		expect(Number(delivery.headers['heygen-timestamp'])).toBeGreaterThanOrEqual(before);
		expect(sandbox.webhooks().deliveries).toEqual([
			{
				endpointId,
				url: receiver.url,
				eventId: 'evt_x',
				eventType: 'avatar_video.success',
				attempts: [{ at: expect.any(Number), status: 200, ms: expect.any(Number) }],
				delivered: true,
			},
		]);
		expect(sandbox.stats()).toMatchObject({
			eventsEmitted: 1,
			deliveriesSucceeded: 1,
			deliveriesFailed: 0,
		});
	});

	it('are tried again with growing pauses, with the same body', async () => {
		const statuses = [500, 302, 200];
		receiver.answerWith(() => statuses.shift() ?? 200);
		await register();
		sandbox.emit({ event_type: 'avatar_video.success' });
		await sandbox.settled();
		expect(receiver.received).toHaveLength(3);
		expect(new Set(receiver.received.map(({ raw }) => raw.toString())).size).toBe(1);
		const [delivery] = sandbox.webhooks().deliveries;
		expect(delivery?.delivered).toBe(true);
		expect(delivery?.attempts.map(({ status }) => status)).toEqual([500, 302, 200]);
		const [first = 0, second = 0, third = 0] = (delivery?.attempts ?? []).map(({ at }) => at);
		expect(second - first).toBeGreaterThanOrEqual(19);
		expect(third - second).toBeGreaterThanOrEqual(39);
		expect(sandbox.stats()).toMatchObject({ deliveriesSucceeded: 1, deliveriesFailed: 2 });
	});

	it('end after the last attempt', async () => {
		sandbox.configure({ webhookMaxAttempts: 2, webhookTimeoutMs: 50 });
		receiver.answerWith(() => 'hang');
		await register();
		await register({ url: 'http://127.0.0.1:1/' });
		sandbox.emit({ event_type: 'avatar_video.success' });
		await sandbox.settled();
		const { deliveries, pending } = sandbox.webhooks();
		expect(pending).toBe(0);
		expect(deliveries.map(({ attempts }) => attempts.map(({ status }) => status))).toEqual([
			['timeout', 'timeout'],
			['failed', 'failed'],
		]);
		expect(deliveries.some(({ delivered }) => delivered)).toBe(false);
	});

	it.each([true, false])(
		'carry the time of their sending (%p), or of the first attempt',
		async (fresh) => {
			sandbox.configure({ webhookFreshTimestamp: fresh, webhookRetryBaseMs: 1_100 });
			let calls = 0;
			receiver.answerWith(() => ((calls += 1) === 1 ? 500 : 200));
			await register();
			sandbox.emit({ event_type: 'avatar_video.success' });
			await sandbox.settled();
			const [first, second] = receiver.received.map(({ headers }) =>
				Number(headers['heygen-timestamp']),
			);
			expect(Number(second) > Number(first)).toBe(fresh);
		},
	);

	it('go to subscribers, or to all if so configured', async () => {
		await register({ events: ['avatar_video.fail'] });
		await register({ events: [] });
		sandbox.emit({ event_type: 'avatar_video.success' });
		sandbox.emit({ event_type: 'avatar_video.fail' });
		await sandbox.settled();
		expect(receiver.events().map(({ event_type: type }) => type)).toEqual(['avatar_video.fail']);
		sandbox.configure({ webhookUnsubscribed: true });
		sandbox.emit({ event_type: 'batch.finished' });
		await sandbox.settled();
		expect(receiver.received).toHaveLength(3);
	});

	it('go to endpoints of one thing for that thing only', async () => {
		await register({ entity_id: 'v1' });
		for (const id of ['v1', 'v2']) {
			sandbox.emit({ event_type: 'avatar_video.success', event_data: { video_id: id } });
		}
		await sandbox.settled();
		expect(receiver.events().map(({ event_data: data }) => data['video_id'])).toEqual(['v1']);
	});

	it('use a new secret at once, retries included', async () => {
		const { secret, endpoint_id: id } = await register();
		receiver.answerWith(() => (receiver.received.length === 1 ? 500 : 200));
		sandbox.configure({ webhookRetryBaseMs: 200 });
		sandbox.emit({ event_type: 'avatar_video.success' });
		await sleep(50);
		const { body } = await client.call('POST', `${ENDPOINTS}/${id}/rotate-secret`);
		expect(body.data).toEqual({ endpoint_id: id, secret: expect.stringMatching(/^whsec_/) });
		expect(body.data.secret).not.toBe(secret);
		await sandbox.settled();
		const signedWith = (key: string): boolean[] =>
			receiver.received.map((delivery) => isSignedWith(key, delivery));
		expect(signedWith(secret)).toEqual([true, false]);
		expect(signedWith(body.data.secret)).toEqual([false, true]);
	});

	it('stop when the endpoint is deleted', async () => {
		// Long enough for a busy machine to delete the endpoint before the first retry.
		sandbox.configure({ webhookRetryBaseMs: 1_000 });
		receiver.answerWith(() => 500);
		const { endpoint_id: id } = await register();
		sandbox.emit({ event_type: 'avatar_video.success' });
		while (receiver.received.length === 0) await sleep(1);
		await client.call('DELETE', `${ENDPOINTS}/${id}`);
		await sandbox.settled();
		expect(receiver.received).toHaveLength(1);
		expect(sandbox.webhooks().endpoints).toMatchObject([
			{ endpoint_id: id, deletedAt: expect.any(Number) },
		]);
	});

	it('are limited in number at once', async () => {
		sandbox.configure({ webhookParallel: 3 });
		receiver.answerWith(() => sleep(5, 200));
		await register();
		sandbox.emit({ event_type: 'avatar_video.success', count: 40 });
		await sandbox.settled();
		expect([receiver.received.length, receiver.maxOpen]).toEqual([40, 3]);
	});

	it('are given up by a reset', async () => {
		sandbox.configure({ webhookRetryBaseMs: 30 });
		receiver.answerWith(() => 500);
		await register();
		sandbox.emit({ event_type: 'avatar_video.success', count: 3 });
		await sleep(15);
		const settled = sandbox.settled();
		sandbox.reset();
		await settled;
		expect(sandbox.webhooks()).toEqual({ endpoints: [], deliveries: [], pending: 0 });
		await sleep(60);
		expect(receiver.received).toHaveLength(3);
		expect(sandbox.stats().eventsEmitted).toBe(0);
	});
});

describe('control over HTTP', () => {
	it('emits, redelivers and tells', async () => {
		const { endpoint_id: id, secret } = await register();
		const ids = await client.emit({ event_type: 'batch.finished', count: 2 });
		expect(ids).toHaveLength(2);
		await sandbox.settled();
		expect(await client.redeliver(String(ids[0]))).toBe(1);
		await sandbox.settled();
		expect(receiver.events().map(({ event_id: event }) => event)).toEqual([...ids, ids[0]]);
		const { endpoints, deliveries, pending } = await client.webhooks();
		expect(endpoints).toEqual([
			{
				endpoint_id: id,
				url: receiver.url,
				events: null,
				entity_id: null,
				status: 'enabled',
				secret,
				owner: sandbox.apiKey,
				deletedAt: null,
			},
		]);
		expect([deliveries.length, pending]).toEqual([3, 0]);
	});

	it.each([
		['events', null],
		['events', {}],
		['events', { event_type: 'x', count: 0 }],
		['events', { event_type: 'x', count: 2, event_id: 'e' }],
		['events', { event_type: 'x', event_id: 'line\nbreak' }],
		['events', { event_type: 'x', created_at: 'noon' }],
		['events', { event_type: 'x', event_data: 1 }],
		['redeliver', { event_id: 'none' }],
		['config', { webhookProbe: 'get' }],
		['config', { webhookParallel: 0 }],
		['config', { eventTypes: [1] }],
		['config', { listOrder: 'none' }],
	])('refuses %s of %j', async (action, body) => {
		expect((await client.post(`/_sandbox/${action}`, body)).status).toBe(400);
		expect(sandbox.stats().eventsEmitted).toBe(0);
	});
});
