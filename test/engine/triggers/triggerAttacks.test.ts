/** Everything that is no genuine, new event of this endpoint: it starts nothing, and gets the answer it deserves. */
import { EOL } from 'node:os';
import { FAST_JOBS, useSandbox, useTiming } from '../support/support';
import { Table } from '../support/table';
import type { TriggerHost } from '../support/triggerHarness';
import {
	deliveryHeaders,
	endpointsOf,
	eventBody,
	freshEventId,
	knock,
	onlyEndpoint,
	signature,
	useHosts,
	without,
	type Knock,
} from '../support/triggerSupport';

const MEGABYTE = 1_000_000;
const DEPTH = 100_000;

const table = new Table('Requests to the webhook of an active workflow, and what they come to');

useTiming();
const sandbox = useSandbox(FAST_JOBS);
const startHost = useHosts(() => sandbox());

afterAll(() => {
	process.stdout.write(`${EOL}${table.toString()}${EOL}`);
});

/** What an attacker may have got hold of: a genuine delivery, and whatever else a row needs to make its request. */
interface Loot {
	secret: string;
	/** Secret of the endpoint of the test in the editor. */
	testSecret: string;
	/** Of an event that has not been delivered yet. */
	body: Buffer;
	headers: Record<string, string>;
	/** Delivers the event, as HeyGen would have. */
	deliver: () => Promise<void>;
}

interface Attack {
	name: string;
	/** HTTP status that it must have. */
	status: number;
	make: (loot: Loot) => Knock | Promise<Knock>;
}

/** A body that is signed as it should be, and is something else than the event. */
const signed = (body: Buffer | string, { secret }: Loot, type = 'application/json'): Knock => {
	const bytes = Buffer.from(body);
	return { body: bytes, headers: { ...deliveryHeaders(bytes, secret), 'content-type': type } };
};

/** The event with other headers; those that are undefined are left out. */
const headed = (change: (loot: Loot) => Record<string, string | string[] | undefined>) => (loot: Loot): Knock => {
	const all = Object.entries({ ...loot.headers, ...change(loot) });
	const headers = all.filter((entry): entry is [string, string | string[]] => entry[1] !== undefined);
	return { body: loot.body, headers: Object.fromEntries(headers) };
};

const timestamp = (offsetSeconds: number) => headed(() => ({
	'heygen-timestamp': String(Math.floor(Date.now() / 1_000) + offsetSeconds),
}));

const reordered = (body: Buffer): string => {
	const entries = Object.entries(JSON.parse(body.toString()) as object);
	return JSON.stringify(Object.fromEntries(entries.reverse()));
};

const nested = `${'['.repeat(DEPTH)}${']'.repeat(DEPTH)}`;

const forged: Attack[] = [
	{ name: 'no signature', status: 401, make: ({ body, headers }) => ({ body, headers: without(headers, 'heygen-signature') }) },
	{ name: 'no headers at all', status: 401, make: ({ body }) => ({ body }) },
	{ name: 'signed with another secret', status: 401, make: headed(({ body }) => ({ 'heygen-signature': signature(body, 'whsec_guess') })) },
	{ name: 'signed with an empty secret', status: 401, make: headed(({ body }) => ({ 'heygen-signature': signature(body, '') })) },
	{ name: 'signed with the secret without "whsec_"', status: 401, make: headed(({ body, secret }) => ({ 'heygen-signature': signature(body, secret.slice(6)) })) },
	{ name: "signed with the secret of the editor's test", status: 401, make: headed(({ body, testSecret }) => ({ 'heygen-signature': signature(body, testSecret) })) },
	{ name: 'signature over timestamp and body', status: 401, make: headed(({ body, secret, headers }) => ({ 'heygen-signature': signature(`${headers['heygen-timestamp']}.${body.toString()}`, secret) })) },
	{ name: 'signature of an empty body', status: 401, make: headed(({ secret }) => ({ 'heygen-signature': signature('', secret) })) },
	{ name: 'empty signature', status: 401, make: headed(() => ({ 'heygen-signature': '' })) },
	{ name: 'signature cut short', status: 401, make: headed(({ headers }) => ({ 'heygen-signature': headers['heygen-signature']?.slice(0, 62) })) },
	{ name: 'signature with "sha256=" before it', status: 401, make: headed(({ headers }) => ({ 'heygen-signature': `sha256=${headers['heygen-signature']}` })) },
	{ name: 'signature in brackets, like a list', status: 401, make: headed(({ headers }) => ({ 'heygen-signature': `["${headers['heygen-signature']}"]` })) },
	{ name: 'two signatures, joined', status: 401, make: headed(({ headers }) => ({ 'heygen-signature': `${'0'.repeat(64)}, ${headers['heygen-signature']}` })) },
	{ name: 'the header twice, the second one right', status: 401, make: headed(({ headers }) => ({ 'heygen-signature': ['0'.repeat(64), headers['heygen-signature'] ?? ''] })) },
	{ name: 'the right header twice', status: 401, make: headed(({ headers }) => ({ 'heygen-signature': [headers['heygen-signature'] ?? '', headers['heygen-signature'] ?? ''] })) },
	{ name: 'right in "Signature", wrong in "Heygen-Signature"', status: 401, make: headed(({ headers }) => ({ 'heygen-signature': '0'.repeat(64), signature: headers['heygen-signature'] })) },
	{ name: 'right in "X-Heygen-Signature" only', status: 401, make: headed(({ headers }) => ({ 'heygen-signature': undefined, 'x-heygen-signature': headers['heygen-signature'] })) },
];

const altered: Attack[] = [
	{ name: 'one byte of the body changed', status: 401, make: (loot) => ({ headers: loot.headers, body: loot.body.toString().replace('"v1"', '"v2"') }) },
	{ name: 'a space behind the body', status: 401, make: (loot) => ({ headers: loot.headers, body: `${loot.body.toString()} ` }) },
	{ name: 'JSON written anew, indented', status: 401, make: (loot) => ({ headers: loot.headers, body: JSON.stringify(JSON.parse(loot.body.toString()), null, 2) }) },
	{ name: 'JSON written anew, keys in another order', status: 401, make: (loot) => ({ headers: loot.headers, body: reordered(loot.body) }) },
	{ name: 'body of 5 MB, signature of the event', status: 401, make: (loot) => ({ headers: loot.headers, body: JSON.stringify('x'.repeat(5 * MEGABYTE)) }) },
	{ name: 'JSON 100,000 levels deep, signature of the event', status: 401, make: (loot) => ({ headers: loot.headers, body: nested }) },
	{ name: 'not JSON, signature of the event', status: 422, make: (loot) => ({ headers: loot.headers, body: '{"event_type":' }) },
	{ name: 'not JSON, no signature', status: 422, make: () => ({ headers: { 'content-type': 'application/json' }, body: 'hello' }) },
	{ name: 'empty body, signature of the event', status: 401, make: (loot) => ({ headers: loot.headers }) },
];

const aged: Attack[] = [
	{ name: '301 seconds old', status: 401, make: timestamp(-302) },
	{ name: 'a year old', status: 401, make: timestamp(-31_536_000) },
	{ name: '301 seconds from the future', status: 401, make: timestamp(302) },
	{ name: 'no timestamp', status: 401, make: headed(() => ({ 'heygen-timestamp': undefined })) },
	{ name: 'timestamp that is no number', status: 401, make: headed(() => ({ 'heygen-timestamp': 'now' })) },
	{ name: 'negative timestamp', status: 401, make: headed(() => ({ 'heygen-timestamp': '-1' })) },
	{ name: 'timestamp 1e9', status: 401, make: headed(() => ({ 'heygen-timestamp': '1e9' })) },
	{ name: 'old "Signature" alone with an old timestamp', status: 401, make: headed(({ headers }) => ({ 'heygen-signature': undefined, signature: headers['heygen-signature'], 'heygen-timestamp': '1600000000' })) },
];

/** These come after the event itself. */
const replays: Attack[] = [
	{ name: 'replayed as it was', status: 200, make: (loot) => ({ body: loot.body, headers: loot.headers }) },
	{ name: 'replayed under another event id', status: 200, make: headed(() => ({ 'heygen-event-id': freshEventId() })) },
	{ name: 'replayed without event id', status: 200, make: headed(() => ({ 'heygen-event-id': undefined })) },
	{ name: 'replayed with a fresh timestamp', status: 200, make: timestamp(1) },
	{ name: 'replayed with the signature in capitals', status: 200, make: headed(({ headers }) => ({ 'heygen-signature': headers['heygen-signature']?.toUpperCase() })) },
	{ name: 'replayed under the old header "Signature"', status: 200, make: headed(({ headers }) => ({ 'heygen-signature': undefined, signature: headers['heygen-signature'] })) },
	{ name: 'replayed as plain text', status: 200, make: headed(() => ({ 'content-type': 'text/plain' })) },
	{ name: 'another event under the same id', status: 200, make: (loot) => {
		const body = eventBody('avatar_video.success', { video_id: 'v3' });
		return { body, headers: { ...deliveryHeaders(body, loot.secret), 'heygen-event-id': loot.headers['heygen-event-id'] ?? '' } };
	} },
];

const replayed = replays.map((attack) => ({
	...attack,
	make: async (loot: Loot) => {
		await loot.deliver();
		return await attack.make(loot);
	},
}));

const misdirected: Attack[] = [
	{ name: 'GET, signed', status: 401, make: ({ headers, body }) => ({ method: 'GET', headers, body }) },
	{ name: 'GET, unsigned', status: 401, make: () => ({ method: 'GET' }) },
	{ name: 'PUT, signed (n8n has no such webhook)', status: 404, make: ({ headers, body }) => ({ method: 'PUT', headers, body }) },
	{ name: 'OPTIONS (n8n answers by itself)', status: 204, make: () => ({ method: 'OPTIONS' }) },
	{ name: 'multipart form, signed', status: 401, make: (loot) => signed('--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n', loot, 'multipart/form-data; boundary=x') },
	{ name: 'empty body, signed', status: 401, make: (loot) => signed('', loot) },
	{ name: 'not JSON, signed', status: 422, make: (loot) => signed('hello', loot) },
	{ name: 'not JSON, signed, as plain text', status: 200, make: (loot) => signed('hello', loot, 'text/plain') },
	...['1', '"text"', 'null', 'true', '[]', '{}', '{"event_data":{}}', '{"event_type":1}', '{"event_type":""}', '{"event_type":["a"]}'].map(
		(body): Attack => ({ name: `signed, but no event: ${body}`, status: 200, make: (loot) => signed(body, loot) }),
	),
	{ name: 'signed, 5 MB, no event', status: 200, make: (loot) => signed(JSON.stringify('x'.repeat(5 * MEGABYTE)), loot) },
	{ name: 'signed, 100,000 levels deep, no event', status: 200, make: (loot) => signed(nested, loot) },
];

/** An active workflow, with a test in the editor beside it, and a genuine delivery that was caught on its way. */
async function prepare(): Promise<{ host: TriggerHost; loot: Loot }> {
	const host = await startHost();
	await host.activate();
	const { secret } = onlyEndpoint(sandbox());
	await host.listen();
	const testSecret = endpointsOf(sandbox()).find(({ url }) => url === host.url('test'))?.secret ?? '';
	const body = eventBody();
	const headers = deliveryHeaders(body, secret);
	const deliver = async () => {
		expect(await knock(host.url(), { body, headers })).toBe(200);
		// What follows counts only what is started from here on.
		expect(host.executions.splice(0)).toHaveLength(1);
	};
	return { host, loot: { secret, testSecret, body, headers, deliver } };
}

describe.each([
	['forged', forged],
	['altered', altered],
	['out of time', aged],
	['replayed', replayed],
	['misdirected', misdirected],
])('a request that is %s', (_kind, attacks) => {
	it.each(attacks.map((attack) => [attack.name, attack] as const))('starts nothing: %s', async (name, attack) => {
		const { host, loot } = await prepare();
		table.set(name, 'status', 'FAILED');
		const status = await knock(host.url(), await attack.make(loot));
		table.set(name, 'status', String(status));
		table.set(name, 'executions', String(host.executions.length));
		expect(status).toBe(attack.status);
		expect(host.executions).toEqual([]);
	});
});

describe('what was refused', () => {
	it('does not keep the event itself out', async () => {
		const { host, loot } = await prepare();
		for (const { make } of [...forged, ...altered, ...aged]) await knock(host.url(), await make(loot));
		expect(host.executions).toEqual([]);
		await loot.deliver();
	});
});

describe('keys that reach for prototypes, signed by HeyGen', () => {
	const attack = '{"event_type":"avatar_video.success","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},'
		+ '"event_data":{"video_id":"v1","__proto__":{"polluted":1,"url":"https://evil.example.com"},"toString":"x"}}';

	it('are data like others, and pollute nothing', async () => {
		const host = await startHost({}, { run: {} });
		await host.activate();
		const body = Buffer.from(attack);
		const headers = deliveryHeaders(body, onlyEndpoint(sandbox()).secret);
		expect(await knock(host.url(), { body, headers })).toBe(200);
		const [result] = await host.results();
		const json = result?.outputs[0]?.[0]?.json;
		expect(json).toMatchObject({ id: 'v1', url: null, rawBody: attack });
		expect(JSON.stringify(json?.eventData)).toContain('"__proto__":{"polluted":1');
		for (const value of [{}, [], () => {}] as Array<{ polluted?: number }>) expect(value.polluted).toBeUndefined();
	});

	it.each(['__proto__', 'constructor.success', 'toString.fail', 'hasOwnProperty'])('may be in the event type: %s', async (type) => {
		const host = await startHost();
		await host.activate();
		const body = Buffer.from(JSON.stringify({ event_type: type, event_data: { id: 'x1' } }));
		const headers = deliveryHeaders(body, onlyEndpoint(sandbox()).secret);
		expect(await knock(host.url(), { body, headers })).toBe(200);
		expect(host.executions[0]?.items[0]?.json).toMatchObject({ eventType: type, kind: type.split('.')[0], id: 'x1' });
	});
});
