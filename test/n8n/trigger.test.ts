import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import chunk from 'lodash/chunk';

import { Table } from '../engine/support/table';
import { sampleFile } from '../sandbox';
import type { CredentialRef } from './host/client';
import type { WorkflowJson } from './host/workflow';
import { createAvatar, heyGenNode, runNode, scripts, startSuite, type Suite, useSuite, withOwnSandbox } from './support/suite';
import {
	AFTER,
	deliver,
	endpoints,
	executions,
	HEYGEN_TRIGGER,
	publish,
	signed,
	type SignedDelivery,
	storeTrigger,
	TRIGGER_NODE,
	until,
	webhookTrigger,
} from './support/triggers';

/** HeyGen Trigger in a real n8n server, against the sandbox, which registers, signs and repeats as HeyGen does. */

jest.setTimeout(600_000);

/** Milliseconds in which an execution that an attack has started would show. */
const SETTLE = 300;

const EXAMPLE = path.join(__dirname, '../../examples/heygen-trigger.json');

const suite = useSuite(startSuite);

/** The one endpoint there is. */
async function theEndpoint(own: Suite) {
	const [endpoint, ...others] = await endpoints(own);
	expect(others).toEqual([]);
	if (endpoint === undefined) throw new Error('there is no endpoint');
	return endpoint;
}

/** A payload of HeyGen's. */
function payload(eventId: string = randomUUID()): object {
	return {
		event_id: eventId,
		event_type: 'avatar_video.success',
		event_data: { video_id: 'v-1', url: 'https://files.example.com/v-1.mp4', callback_id: 'row-7' },
	};
}

it('registers when published, takes 1,000 deliveries in bursts, and is gone when taken back', async () => {
	await withOwnSandbox(suite, async (own) => {
		// HeyGen gives up on an answer after ten seconds, and a busy machine may need longer for twenty of them.
		await own.sandbox.configure({ webhookProbe: 'post', webhookParallel: 20, webhookTimeoutMs: 120_000 });
		const chosen = ['video_translate.success', 'avatar_video.success'];
		const trigger = webhookTrigger(own, { events: chosen });
		const workflow = await publish(own, trigger);
		const endpoint = await theEndpoint(own);
		expect(endpoint).toMatchObject({
			url: `${own.n8n.url}/webhook/${trigger.webhookId}/webhook`,
			events: [...chosen].sort(),
		});

		const ids: string[] = [];
		for (let burst = 0; burst < 10; burst++) {
			ids.push(...(await own.sandbox.emit({ event_type: 'avatar_video.success', count: 100 })));
		}
		await until(async () => (await own.sandbox.webhooks()).pending === 0, 240_000);
		await until(async () => (await own.n8n.client.countExecutions(workflow, 'success')) >= 1_000, 60_000);
		expect(await own.n8n.client.countExecutions(workflow)).toBe(1_000);
		const { deliveries } = await own.sandbox.webhooks();
		expect(deliveries.filter(({ attempts, delivered }) => !delivered || attempts.length !== 1)).toEqual([]);
		const slowest = Math.max(...deliveries.flatMap(({ attempts }) => attempts.map(({ ms }) => ms)));
		process.stdout.write(`1,000 deliveries, 20 at a time: the slowest was answered after ${(slowest / 1_000).toFixed(1)} s\n`);
		const seen: unknown[] = [];
		for (const part of chunk(await own.n8n.client.executionIds(workflow), 50)) {
			const read = part.map(async (id) => (await own.n8n.client.getExecution(id)).items(AFTER)[0]?.json.seen);
			seen.push(...(await Promise.all(read)));
		}
		expect(seen.sort()).toEqual(ids.sort());

		await own.n8n.client.deactivateWorkflow(workflow);
		await until(async () => (await endpoints(own)).length === 0, 20_000);
		expect(await deliver(endpoint.url, signed(endpoint.secret, payload()))).toBe(404);
	});
});

it('lets nothing through that is not a new, genuine event', async () => {
	await withOwnSandbox(suite, async (own) => {
		const workflow = await publish(own, webhookTrigger(own));
		const { url, secret } = await theEndpoint(own);
		const taken = signed(secret, payload('evt-taken'), 'evt-taken');
		expect(await deliver(url, taken)).toBe(200);
		await executions(own, workflow, 1);

		const fresh = (id?: string) => signed(secret, payload(id), id);
		const changed = (make: (delivery: SignedDelivery) => Partial<SignedDelivery>): SignedDelivery => {
			const delivery = fresh();
			return { ...delivery, ...make(delivery) };
		};
		const header = (name: string, value: string) =>
			changed(({ headers }) => ({ headers: { ...headers, [name]: value } }));
		const old = String(Math.floor(Date.now() / 1_000) - 301);
		const attacks: Array<[string, SignedDelivery, number, string?]> = [
			['unsigned', { body: fresh().body, headers: { 'content-type': 'application/json' } }, 401],
			['wrong secret', signed('whsec_wrong', payload()), 401],
			['tampered body', changed(({ body }) => ({ body: body.replace('v-1', 'v-2') })), 401],
			['re-serialised JSON', changed(({ body }) => ({ body: JSON.stringify(JSON.parse(body), null, 1) })), 401],
			['old timestamp', header('heygen-timestamp', old), 401],
			['replayed id', taken, 200],
			['replayed body, other id', { ...taken, headers: { ...taken.headers, 'heygen-event-id': 'evt-other' } }, 200],
			['wrong method GET', fresh(), 401, 'GET'],
			['wrong method PUT', fresh(), 404, 'PUT'],
			['5 MB body', changed(() => ({ body: JSON.stringify({ junk: 'x'.repeat(5e6) }) })), 401],
			['20 MB body', changed(() => ({ body: JSON.stringify({ junk: 'x'.repeat(20e6) }) })), 500],
			['deep JSON', changed(() => ({ body: '['.repeat(100_000) + ']'.repeat(100_000) })), 401],
			['not JSON', changed(() => ({ body: 'no JSON {' })), 422],
			['form', header('content-type', 'multipart/form-data; boundary=x'), 400],
		];
		const table = new Table('Attacks on a HeyGen Trigger in n8n');
		for (const [name, delivery, expected, method] of attacks) {
			const status = await deliver(url, delivery, method);
			table.set(name, 'status', String(status));
			await sleep(SETTLE);
			table.set(name, 'executions', String((await own.n8n.client.countExecutions(workflow)) - 1));
			expect([name, status]).toEqual([name, expected]);
		}
		process.stdout.write(`${table.toString()}\n`);
		// Executions start in order: when that of the last event has ended, all have shown.
		expect(await deliver(url, fresh('evt-last'))).toBe(200);
		const seen = async () => {
			const all = await executions(own, workflow, 2);
			return all.map((one) => one.items(AFTER)[0]?.json.seen);
		};
		await until(async () => (await seen()).includes('evt-last'), 20_000);
		expect(await seen()).toEqual(['evt-taken', 'evt-last']);
	});
});

it('hands on the event, and fetches the video and its file when told to', async () => {
	await withOwnSandbox(suite, async (own) => {
		const workflow = await publish(
			own,
			webhookTrigger(own, { options: { fetchResource: true, download: ['video', 'subtitles'] } }),
		);
		const made = await runNode(own, scripts(1), heyGenNode(own, createAvatar({ waitForCompletion: false })));
		const id = made.items('HeyGen')[0]?.json.video_id;
		const [execution] = await executions(own, workflow, 1);
		const [item] = execution?.items(TRIGGER_NODE) ?? [];
		expect(item?.json).toMatchObject({
			eventType: 'avatar_video.success',
			outcome: 'success',
			kind: 'video',
			id,
			error: null,
			resource: { id, status: 'completed' },
			missingFiles: ['subtitles'],
		});
		expect(JSON.parse(String(item?.json.rawBody))).toMatchObject({ event_type: 'avatar_video.success' });
		const { sha256 } = await own.n8n.client.hashBinary(item?.binary?.video?.id ?? '');
		expect(sha256).toBe(createHash('sha256').update(sampleFile('mp4')).digest('hex'));
		expect((await own.sandbox.stats()).keysSeenOnFileHost).toBe(0);
	});
});

it('does what the example workflow promises', async () => {
	await withOwnSandbox(suite, async (own) => {
		const example = JSON.parse(await readFile(EXAMPLE, 'utf8')) as WorkflowJson;
		const nodes = example.nodes.map((one) =>
			one.type === HEYGEN_TRIGGER ? { ...one, credentials: { heyGenSuiteApi: own.credential } } : one,
		);
		const workflow = await own.n8n.client.createWorkflow({ ...example, nodes });
		await own.n8n.client.activateWorkflow(workflow);
		await until(async () => (await endpoints(own)).length === 1, 20_000);
		await own.sandbox.seed({ videos: { count: 1, runSeconds: 0.5 } });
		await own.sandbox.seed({ translations: { count: 1, runSeconds: 2, failed: true } });
		const [finished, failed] = await executions(own, workflow, 2);
		expect(finished?.items('Finished').map(({ json, binary }) => [json.kind, Object.keys(binary ?? {})])).toEqual([
			['video', ['video']],
		]);
		expect(failed?.items('Failed').map(({ json }) => [json.kind, typeof json.error])).toEqual([['translation', 'string']]);
	});
});

it('keeps an event whose video could not be fetched: run again, it is no duplicate', async () => {
	await withOwnSandbox(suite, async (own) => {
		const workflow = await publish(own, webhookTrigger(own, { options: { fetchResource: true } }));
		await own.sandbox.addFault({
			match: { method: 'GET', path: '/v3/videos/{video_id}' },
			kind: 'status',
			status: 403,
			code: 'forbidden',
		});
		await own.sandbox.seed({ videos: { count: 1, runSeconds: 0.5 } });
		const [failed] = await executions(own, workflow, 1);
		expect(failed?.status).toBe('error');
		expect(failed?.error).toContain('Could not get the video');
		await own.sandbox.clearFaults();
		const again = await own.n8n.client.getExecution(await own.n8n.client.retry(failed?.id ?? ''));
		expect(again.status).toBe('success');
		expect(again.items(AFTER)).toHaveLength(1);
	});
});

it('tests in the editor have an endpoint of their own, beside that of production', async () => {
	await withOwnSandbox(suite, async (own) => {
		const workflow = await publish(own, webhookTrigger(own));
		const production = await theEndpoint(own);
		await own.n8n.client.listen(workflow, TRIGGER_NODE);
		const urls = (await endpoints(own)).map(({ url }) => url);
		expect(urls).toEqual([production.url, production.url.replace('/webhook/', '/webhook-test/')]);
		await own.sandbox.emit(payload() as { event_type: string });
		const both = await executions(own, workflow, 2);
		expect(both.map((one) => one.items(AFTER).length)).toEqual([1, 1]);
		await until(async () => (await endpoints(own)).length === 1, 20_000);
		expect(await theEndpoint(own)).toEqual(production);
	});
});

it('says how to be reachable when HeyGen cannot call this n8n', async () => {
	const credential: CredentialRef = await suite.n8n.client.createCredential({
		name: 'HeyGen itself',
		type: 'heyGenSuiteApi',
		data: { apiKey: 'key', baseUrl: 'https://api.heygen.com' },
	});
	const workflow = await storeTrigger(suite, webhookTrigger({ credential }));
	await suite.n8n.client.activateWorkflow(workflow);
	await until(async () => (await suite.n8n.client.publicationStatus(workflow)).status === 'failed', 120_000);
	const [shown] = (await suite.n8n.client.publicationStatus(workflow)).triggers;
	expect(shown?.errorMessage).toContain('WEBHOOK_URL');
	expect(shown?.errorMessage).toContain('HeyGen Poll Trigger');
	await suite.n8n.client.deactivateWorkflow(workflow);
});
