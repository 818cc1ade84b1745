/** Each event starts its workflow once, however often, wherever and in whatever weather HeyGen delivers it. */
import { deduplicator } from '../support/deduplication';
import { runNode } from '../support/harness';
import { FAST_JOBS, until, useSandbox, useTiming } from '../support/support';
import type { TriggerHost } from '../support/triggerHarness';
import {
	deliveryHeaders,
	endpointsOf,
	eventBody,
	knock,
	onlyEndpoint,
	storedEndpoint,
	triggerOptions,
	useHosts,
	freshTrigger,
} from '../support/triggerSupport';
import { LooseResponse } from '../support/webhookRequest';

useTiming();
const sandbox = useSandbox({ ...FAST_JOBS, webhookRetryBaseMs: 20 });
const startHost = useHosts(() => sandbox());

beforeEach(() => {
	deduplicator.rows.clear();
	deduplicator.failure = undefined;
});

/** Makes an event happen and waits for its deliveries. @returns its id */
async function emit(type = 'avatar_video.success'): Promise<string> {
	const [event] = sandbox().emit({ event_type: type });
	await sandbox().settled();
	return event?.event_id ?? '';
}

/** What the answers to all deliveries were. */
const answers = (): unknown[] => sandbox().webhooks().deliveries.flatMap(({ attempts }) => attempts.map(({ status }) => status));

/** How many items each execution has handed on. */
const handedOn = async (host: TriggerHost): Promise<number[]> =>
	(await host.results()).map(({ outputs, status }) => (status === 'success' ? (outputs[0] ?? []).length : -1));

describe('events that were not chosen', () => {
	it.each([
		[['avatar_video.success'], ['avatar_video.success']],
		[['*.success'], ['avatar_video.success', 'personalized_video']],
		[['*.fail', 'batch.finished'], ['avatar_video.fail', 'batch.finished', 'video_translate.preflight.download_failed']],
		[['*'], ['avatar_video.success', 'personalized_video', 'avatar_video.fail', 'batch.finished', 'video_translate.preflight.download_failed']],
	])('start nothing when HeyGen delivers them all the same; chosen: %j', async (events, expected) => {
		sandbox().configure({ webhookUnsubscribed: true });
		const host = await startHost({ events });
		await host.activate();
		for (const type of ['avatar_video.success', 'personalized_video', 'avatar_video.fail', 'batch.finished', 'video_translate.preflight.download_failed']) await emit(type);
		expect(host.executions.map(({ items }) => items[0]?.json.eventType)).toEqual(expected);
		expect(answers()).toEqual([200, 200, 200, 200, 200]);
	});
});

describe('an event that is delivered again', () => {
	it('is answered with 200 and starts nothing', async () => {
		const host = await startHost();
		await host.activate();
		const id = await emit();
		sandbox().redeliver(id);
		await sandbox().settled();
		expect(answers()).toEqual([200, 200]);
		expect(host.executions).toHaveLength(1);
	});

	it('starts one execution when it comes ten times at once', async () => {
		const host = await startHost();
		await host.activate();
		const body = eventBody();
		const headers = deliveryHeaders(body, onlyEndpoint(sandbox()).secret);
		const statuses = await Promise.all(Array.from({ length: 10 }, async () => await knock(host.url(), { body, headers })));
		expect(statuses).toEqual(Array<number>(10).fill(200));
		expect(host.executions).toHaveLength(1);
	});

	it('after a restart of n8n starts an execution that hands on nothing', async () => {
		const host = await startHost({}, { run: {} });
		await host.activate();
		const id = await emit();
		await host.results();
		host.restartWith(await freshTrigger());
		sandbox().redeliver(id);
		await sandbox().settled();
		expect(await handedOn(host)).toEqual([1, 0]);
		// Whatever comes next is let through.
		await emit();
		expect(await handedOn(host)).toEqual([1, 0, 1]);
	});

	it('under another id is recognised after a restart as well', async () => {
		const host = await startHost({}, { run: {} });
		await host.activate();
		const body = eventBody();
		const { secret } = onlyEndpoint(sandbox());
		await knock(host.url(), { body, headers: deliveryHeaders(body, secret) });
		await host.results();
		host.restartWith(await freshTrigger());
		expect(await knock(host.url(), { body, headers: deliveryHeaders(body, secret) })).toBe(200);
		expect(await handedOn(host)).toEqual([1, 0]);
	});

	it('is handed on when the database cannot say whether it has come before', async () => {
		const host = await startHost({}, { run: {} });
		await host.activate();
		const warn = jest.spyOn(host.logger, 'warn');
		const id = await emit();
		await host.results();
		deduplicator.failure = new Error('database is locked');
		host.restartWith(await freshTrigger());
		sandbox().redeliver(id);
		await sandbox().settled();
		expect(await handedOn(host)).toEqual([1, 1]);
		expect(warn.mock.calls.flat().join()).toContain('database is locked');
		jest.restoreAllMocks();
	});

	it('is handed on once by executions that start at the same moment', async () => {
		const options = triggerOptions(sandbox());
		const items = ['evt_a', 'evt_b'].map((eventId) => [{ json: { eventId, rawBody: `{"${eventId}":1}` } }]);
		const runs = Array.from({ length: 20 }, async (_run, index) =>
			await runNode({ ...options, asTrigger: true, mode: 'webhook', items: items[index % 2] ?? [] }),
		);
		const results = await Promise.all(runs);
		expect(results.map(({ status }) => status)).toEqual(Array<string>(20).fill('success'));
		const ids = results.flatMap(({ outputs }) => (outputs[0] ?? []).map(({ json }) => json.eventId));
		expect(ids.sort()).toEqual(['evt_a', 'evt_b']);
	});

	it('is forgotten by the database only after 2,000 others', async () => {
		const host = await startHost({}, { run: {} });
		await host.activate();
		const id = await emit();
		await host.results();
		const [key] = [...deduplicator.rows.keys()];
		expect(deduplicator.rows.get(key ?? '')).toHaveLength(1);
		deduplicator.rows.set(key ?? '', [...(deduplicator.rows.get(key ?? '') ?? []), ...Array.from({ length: 1_999 }, (_, n) => String(n))]);
		host.restartWith(await freshTrigger());
		sandbox().redeliver(id);
		await sandbox().settled();
		expect(await handedOn(host)).toEqual([1, 0]);
		await emit();
		await host.results();
		expect(deduplicator.rows.get(key ?? '')).toHaveLength(2_000);
	});
});

describe('many events', () => {
	it('that come at once start one execution each', async () => {
		const host = await startHost();
		await host.activate();
		const events = sandbox().emit({ event_type: 'avatar_video.success', count: 300 });
		await sandbox().settled();
		const ids = host.executions.map(({ items }) => items[0]?.json.eventId);
		expect(ids.sort()).toEqual(events.map(({ event_id: id }) => id).sort());
	});
});

describe('a test in the editor', () => {
	it('gets the same event as production, each by its own secret', async () => {
		const host = await startHost({}, { run: {} });
		await host.activate();
		await host.listen();
		const id = await emit();
		expect(host.executions.map(({ kind }) => kind).sort()).toEqual(['production', 'test']);
		expect(host.executions.map(({ items }) => items[0]?.json.eventId)).toEqual([id, id]);
		expect(await handedOn(host)).toEqual([1, 1]);
	});

	it('may have the same event in every test, each time once', async () => {
		const host = await startHost({}, { run: {} });
		const body = eventBody();
		for (const count of [1, 2]) {
			await host.listen();
			const headers = deliveryHeaders(body, String(storedEndpoint(host, 'test')?.secret));
			for (let delivery = 0; delivery < 2; delivery++) expect(await knock(host.url('test'), { body, headers })).toBe(200);
			expect(host.executions).toHaveLength(count);
			await host.stopListening();
		}
	});

	it('may have the same event in every test, after n8n has restarted', async () => {
		const host = await startHost({}, { run: {} });
		await host.listen();
		const id = await emit();
		await host.results();
		host.restartWith(await freshTrigger());
		sandbox().redeliver(id);
		await sandbox().settled();
		expect(await handedOn(host)).toEqual([1, 1]);
	});
});

/** Makes the first start of an execution fail, once something has happened. */
function failFirst(host: TriggerHost, happened: () => boolean): void {
	let isFirst = true;
	host.beforeStart = async () => {
		if (!isFirst) return;
		isFirst = false;
		await until(happened);
		throw new Error('The database is away');
	};
}

describe('an event that n8n could not start an execution for', () => {
	it('is let in when HeyGen delivers it again', async () => {
		const host = await startHost();
		await host.activate();
		let failures = 2;
		host.beforeStart = () => {
			if (failures-- > 0) throw new Error('The database is away');
		};
		const id = await emit();
		expect(answers()).toEqual([500, 500, 200]);
		expect(host.executions.map(({ items }) => items[0]?.json.eventId)).toEqual([id]);
	});

	it('is let in again although HeyGen had hung up before n8n failed', async () => {
		sandbox().configure({ webhookTimeoutMs: 150, webhookRetryBaseMs: 400 });
		const host = await startHost();
		await host.activate();
		failFirst(host, () => answers()[0] === 'timeout');
		const id = await emit();
		expect(answers()).toEqual(['timeout', 200]);
		expect(host.executions.map(({ items }) => items[0]?.json.eventId)).toEqual([id]);
	});

	it('is let in again when HeyGen had hung up before n8n looked at it', async () => {
		const host = await startHost();
		await host.activate();
		const { secret } = onlyEndpoint(sandbox());
		const body = eventBody();
		const headers = deliveryHeaders(body, secret);
		await host.receive('POST', headers, body, new LooseResponse(true));
		await host.receive('POST', headers, body);
		await host.receive('POST', headers, body);
		expect(host.executions).toHaveLength(2);
	});

	it('is not lost when it comes again while n8n is still trying to start the first', async () => {
		sandbox().configure({ webhookTimeoutMs: 100, webhookRetryBaseMs: 50 });
		const host = await startHost();
		await host.activate();
		failFirst(host, () => host.served.length > 1);
		const id = await emit();
		await until(() => host.executions.length > 0);
		expect(host.executions.map(({ items }) => items[0]?.json.eventId)).toEqual([id]);
	});

	it('is handed on once when n8n was only slow', async () => {
		sandbox().configure({ webhookTimeoutMs: 100 });
		const host = await startHost({}, { run: {} });
		await host.activate();
		let started = 0;
		host.beforeStart = async () => {
			started += 1;
			await until(() => answers()[0] === 'timeout');
		};
		await emit();
		await until(() => host.executions.length > 0 && host.executions.length === started);
		expect(answers()[0]).toBe('timeout');
		const counts = await handedOn(host);
		expect(counts.filter((count) => count > 0)).toEqual([1]);
	});
});

describe('a request without signature', () => {
	it('is answered with 200 and starts nothing while no secret is stored', async () => {
		const host = await startHost();
		await host.activate();
		const { secret } = onlyEndpoint(sandbox());
		host.staticData = {};
		host.restartWith(await freshTrigger());
		const body = eventBody();
		const headers = { 'content-type': 'application/json' };
		expect(await knock(host.url(), { body, headers })).toBe(200);
		expect(await knock(host.url(), { method: 'GET' })).toBe(200);
		// Whoever signs claims to know the secret, which cannot be checked.
		expect(await knock(host.url(), { body, headers: deliveryHeaders(body, secret) })).toBe(401);
		expect(host.executions).toEqual([]);
	});

	it('is refused, and events are let in, when other nodes have put back older static data', async () => {
		const host = await startHost();
		await host.activate();
		const older = host.staticData;
		await host.deactivate();
		await host.activate();
		// A poll trigger beside it saves the static data of the whole workflow as it knows them.
		for (const staticData of [older, {}]) {
			host.staticData = staticData;
			expect(await knock(host.url(), { body: '{}' })).toBe(401);
			await emit();
		}
		expect(host.executions).toHaveLength(2);
	});

	it('is refused as soon as there is a secret, at the address of each of both webhooks', async () => {
		const host = await startHost();
		await host.activate();
		await host.listen();
		for (const url of [host.url(), host.url('test')]) {
			expect(await knock(url, { body: '{}' })).toBe(401);
			expect(await knock(url, { method: 'GET' })).toBe(401);
		}
		expect(host.executions).toEqual([]);
	});

	it('opens nothing in production while a test is being registered', async () => {
		const host = await startHost();
		await host.activate();
		sandbox().addFault({ match: { method: 'POST', path: '/v3/webhooks/endpoints' }, kind: 'hang', hangMs: 300 });
		const listening = host.listen();
		await until(() => endpointsOf(sandbox()).length === 2);
		expect(await knock(host.url(), { body: '{}' })).toBe(401);
		expect(await knock(host.url('test'), { body: '{}' })).toBe(200);
		await listening;
		expect(await knock(host.url('test'), { body: '{}' })).toBe(401);
		expect(storedEndpoint(host, 'test')).toBeDefined();
	});
});

describe('a parameter that cannot be read', () => {
	it('is answered with 500, starts nothing, and the event is let in once it can', async () => {
		const host = await startHost();
		await host.activate();
		const { parameters } = host;
		host.parameters = { ...parameters, events: [] };
		sandbox().configure({ webhookRetryBaseMs: 200 });
		const [event] = sandbox().emit({ event_type: 'avatar_video.success' });
		await until(() => host.served.at(-1)?.status === 500);
		expect(host.executions).toEqual([]);
		host.parameters = parameters;
		await sandbox().settled();
		expect(host.executions.map(({ items }) => items[0]?.json.eventId)).toEqual([event?.event_id]);
	});
});

describe('a signed body in another shape', () => {
	const BOM = Buffer.from([0xef, 0xbb, 0xbf]);
	const inJson = (make: (event: unknown) => unknown) => (body: Buffer) => Buffer.from(JSON.stringify(make(JSON.parse(body.toString()))));

	it.each<[string, (body: Buffer) => Buffer]>([
		['with a byte order mark', (body) => Buffer.concat([BOM, body])],
		['in a list of one', inJson((event) => [event])],
		['in the envelope of answers', inJson((data) => ({ data }))],
	])('starts one execution: %s', async (_what, shape) => {
		const host = await startHost();
		await host.activate();
		const body = shape(eventBody('avatar_video.success', {}, 'evt_1'));
		const headers = deliveryHeaders(body, onlyEndpoint(sandbox()).secret);
		for (let time = 0; time < 2; time++) expect(await knock(host.url(), { body, headers })).toBe(200);
		expect(host.executions.map(({ items }) => items[0]?.json.eventId)).toEqual(['evt_1']);
	});

	it('is refused when the signature is that of the event alone', async () => {
		const host = await startHost();
		await host.activate();
		const event = eventBody();
		const body = Buffer.concat([BOM, event]);
		const headers = deliveryHeaders(event, onlyEndpoint(sandbox()).secret);
		expect(await knock(host.url(), { body, headers })).toBe(401);
	});

	it('with a number for its id is known again under another id in the header', async () => {
		const host = await startHost();
		await host.activate();
		const body = inJson((event) => ({ ...(event as object), event_id: 77 }))(eventBody());
		const { secret } = onlyEndpoint(sandbox());
		for (const id of ['a', 'b']) {
			const headers = { ...deliveryHeaders(body, secret), 'heygen-event-id': id };
			expect(await knock(host.url(), { body, headers })).toBe(200);
		}
		expect(host.executions.map(({ items }) => items[0]?.json.eventId)).toEqual(['77']);
	});
});
