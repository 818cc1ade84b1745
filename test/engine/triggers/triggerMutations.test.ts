/** Ten thousand random changes to a genuine delivery: none of them starts the workflow. */
import { EOL } from 'node:os';
import fc from 'fast-check';
import type { IncomingHttpHeaders } from 'node:http';
import { FAST_JOBS, useSandbox, useTiming } from '../support/support';
import { Table } from '../support/table';
import type { TriggerHost } from '../support/triggerHarness';
import { deliveryHeaders, eventBody, onlyEndpoint, useHosts } from '../support/triggerSupport';

useTiming();
const sandbox = useSandbox(FAST_JOBS);
const startHost = useHosts(() => sandbox());

const table = new Table('Random changes to a delivery, and the answers to them');

afterAll(() => {
	process.stdout.write(`${EOL}${table.toString()}${EOL}`);
});

interface Request {
	method: string;
	headers: IncomingHttpHeaders;
	body: Buffer;
}

/** A change to a request, drawn before the request is known. */
type Change = (request: Request) => Request;

const bodyChange = (change: (body: Buffer) => Buffer | string): Change => (request) => ({
	...request,
	body: Buffer.from(change(request.body)),
});

const headerChange = (name: string, change: (value: string) => string | string[] | undefined): Change => (request) => {
	const { [name]: value, ...others } = request.headers;
	const changed = change(String(value ?? ''));
	return { ...request, headers: { ...others, ...(changed === undefined ? {} : { [name]: changed }) } as IncomingHttpHeaders };
};

/** A place in a text of any length. */
const place = fc.double({ min: 0, max: 0.999_999, noNaN: true });
const at = (share: number, length: number): number => Math.floor(share * length);

/** The same JSON in other words, as far as the body is JSON still. */
function rewritten(body: Buffer, write: (value: object) => string): Buffer | string {
	try {
		return write(JSON.parse(body.toString()) as object);
	} catch {
		return body;
	}
}

const bodyChanges: fc.Arbitrary<Change> = fc.oneof(
	fc.tuple(place, fc.integer({ min: 1, max: 255 })).map(([where, mask]) =>
		bodyChange((body) => {
			const bytes = Buffer.from(body);
			const index = at(where, bytes.length);
			if (bytes.length > 0) bytes[index] = (bytes[index] ?? 0) ^ mask;
			return bytes;
		}),
	),
	fc.tuple(place, fc.uint8Array({ minLength: 1, maxLength: 8 })).map(([where, bytes]) =>
		bodyChange((body) => {
			const index = at(where, body.length);
			return Buffer.concat([body.subarray(0, index), bytes, body.subarray(index)]);
		}),
	),
	fc.tuple(place, fc.integer({ min: 1, max: 20 })).map(([where, length]) =>
		bodyChange((body) => {
			const index = at(where, body.length);
			return Buffer.concat([body.subarray(0, index), body.subarray(index + length)]);
		}),
	),
	place.map((where) => bodyChange((body) => body.subarray(0, at(where, body.length)))),
	fc.integer({ min: 0, max: 4 }).map((space) => bodyChange((body) => rewritten(body, (value) => JSON.stringify(value, null, space)))),
	fc.integer({ min: 1, max: 3 }).map((turn) =>
		bodyChange((body) =>
			rewritten(body, (value) => {
				const entries = Object.entries(value);
				return JSON.stringify(Object.fromEntries([...entries.slice(turn), ...entries.slice(0, turn)]));
			}),
		),
	),
	fc.constantFrom(' ', '\n', '\t', '\r\n', '\0', '\ufeff').map((space) => bodyChange((body) => `${body.toString()}${space}`)),
	fc.constantFrom(' ', '\n', '\ufeff').map((space) => bodyChange((body) => `${space}${body.toString()}`)),
	fc.constant(bodyChange(() => '')),
	fc.jsonValue().map((value) => bodyChange(() => JSON.stringify(value))),
);

const SIGNATURE = 'heygen-signature';
const hexDigit = fc.constantFrom(...'0123456789abcdefABCDEF');

const signatureChanges: fc.Arbitrary<Change> = fc.oneof(
	fc.tuple(place, hexDigit).map(([where, digit]) =>
		headerChange(SIGNATURE, (text) => `${text.slice(0, at(where, text.length))}${digit}${text.slice(at(where, text.length) + 1)}`),
	),
	fc.array(fc.boolean(), { minLength: 64, maxLength: 64 }).map((upper) =>
		headerChange(SIGNATURE, (text) => [...text].map((digit, index) => (upper[index] ? digit.toUpperCase() : digit)).join('')),
	),
	fc.constantFrom(' ', '\t', 'sha256=', '0x', ',').map((pad) => headerChange(SIGNATURE, (text) => `${pad}${text}`)),
	fc.constantFrom(' ', '\n', ',', ';', '=').map((pad) => headerChange(SIGNATURE, (text) => `${text}${pad}`)),
	fc.integer({ min: 0, max: 66 }).map((length) => headerChange(SIGNATURE, (text) => text.slice(0, length))),
	fc.array(hexDigit, { minLength: 64, maxLength: 64 }).map((digits) => headerChange(SIGNATURE, () => digits.join(''))),
	fc.constant(headerChange(SIGNATURE, (text) => `${text}, ${text}`)),
	fc.constant(headerChange(SIGNATURE, (text) => [text, text])),
	fc.constant(headerChange(SIGNATURE, (text) => [text])),
	fc.constant(headerChange(SIGNATURE, (text) => Buffer.from(text, 'hex').toString('base64'))),
	fc.constant(headerChange(SIGNATURE, () => undefined)),
	fc.constantFrom('signature', 'x-heygen-signature', 'x-signature').map((name): Change => (request) => {
		const { [SIGNATURE]: value, ...headers } = request.headers;
		return { ...request, headers: { ...headers, [name]: value } };
	}),
	fc.string().map((text) => headerChange('signature', () => text)),
);

const otherChanges: fc.Arbitrary<Change> = fc.oneof(
	fc.integer({ min: -1_000, max: 1_000 }).map((seconds) => headerChange('heygen-timestamp', (text) => String(Number(text) + seconds))),
	fc.oneof(fc.string(), fc.constant(undefined), fc.constant<string[]>(['1', '2'])).map((value) => headerChange('heygen-timestamp', () => value)),
	fc.oneof(fc.string(), fc.constant(undefined), fc.constant<string[]>(['a', 'b'])).map((value) => headerChange('heygen-event-id', () => value)),
	fc.constantFrom('GET', 'POST', 'PUT').map((method): Change => (request) => ({ ...request, method })),
	fc
		.constantFrom(undefined, 'text/plain', 'application/xml', 'application/json; charset=utf-16le', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/octet-stream', 'JSON')
		.map((type) => headerChange('content-type', () => type)),
	fc.constantFrom('heygen-timestamp', 'heygen-event-id').map((name) => headerChange(name, (text) => `${text}, ${text}`)),
);

/** What of a request the secret vouches for: its body, and the signature that is looked at. */
function signedPart({ headers, body }: Request): string {
	const given = headers[SIGNATURE] ?? headers.signature;
	return `${typeof given === 'string' ? given.toLowerCase() : JSON.stringify(given)} ${body.toString('base64')}`;
}

/** Counts answers. */
class Tally {
	private readonly counts = new Map<number, number>();

	add(status: number): void {
		this.counts.set(status, (this.counts.get(status) ?? 0) + 1);
	}

	toString(): string {
		const entries = [...this.counts].sort(([a], [b]) => a - b);
		return entries.map(([status, count]) => `${status}: ${count}`).join(', ');
	}
}

async function activeHost(): Promise<{ host: TriggerHost; secret: string }> {
	const host = await startHost();
	await host.activate();
	return { host, secret: onlyEndpoint(sandbox()).secret };
}

const send = async (host: TriggerHost, { method, headers, body }: Request): Promise<number> =>
	await host.receive(method, headers, body);

const RUNS = 3_000;
const FRESH_RUNS = 600;

describe('a random change', () => {
	it(`to a delivery that was taken starts nothing, in ${RUNS} tries`, async () => {
		const { host, secret } = await activeHost();
		const body = eventBody('avatar_video.success', { note: 'Grüße 😀', numbers: [1, 2.5, -3e7] });
		const genuine: Request = { method: 'POST', headers: deliveryHeaders(body, secret), body };
		expect(await send(host, genuine)).toBe(200);
		expect(host.executions).toHaveLength(1);
		const [all, forged] = [new Tally(), new Tally()];
		let unchanged = 0;
		const changes = fc.array(fc.oneof(bodyChanges, signatureChanges, otherChanges), { minLength: 1, maxLength: 3 });
		await fc.assert(
			fc.asyncProperty(changes, async (list) => {
				const request = list.reduce((changed, change) => change(changed), genuine);
				const status = await send(host, request);
				all.add(status);
				expect(host.executions).toHaveLength(1);
				if (signedPart(request) === signedPart(genuine)) unchanged += 1;
				else {
					forged.add(status);
					// 200 would tell HeyGen that all is well, and an attacker that he has guessed right.
					expect(status).not.toBe(200);
				}
				expect([200, 401, 404, 422]).toContain(status);
			}),
			{ numRuns: RUNS },
		);
		table.set('taken before', 'tries', String(RUNS));
		table.set('taken before', 'executions', String(host.executions.length - 1));
		table.set('taken before', 'answers', all.toString());
		table.set('taken before', 'body and signature as they were', String(unchanged));
		table.set('taken before', 'answers to the others', forged.toString());
	});

	it(`to body or signature of a new delivery starts nothing, and does not keep the delivery out, in ${FRESH_RUNS} tries`, async () => {
		const { host, secret } = await activeHost();
		const answers = new Tally();
		let tries = 0;
		const changes = fc.array(fc.oneof(bodyChanges, signatureChanges), { minLength: 1, maxLength: 3 });
		await fc.assert(
			fc.asyncProperty(changes, fc.array(otherChanges, { maxLength: 1 }), async (list, more) => {
				const body = eventBody('avatar_video.success', { note: 'Grüße 😀' });
				const genuine: Request = { method: 'POST', headers: deliveryHeaders(body, secret), body };
				const request = [...list, ...more].reduce((changed, change) => change(changed), genuine);
				fc.pre(signedPart(request) !== signedPart(genuine));
				tries += 1;
				const before = host.executions.length;
				answers.add(await send(host, request));
				expect(host.executions).toHaveLength(before);
				expect(await send(host, genuine)).toBe(200);
				expect(host.executions).toHaveLength(before + 1);
			}),
			{ numRuns: FRESH_RUNS },
		);
		table.set('not taken yet', 'tries', String(tries));
		table.set('not taken yet', 'executions', String(host.executions.length - tries));
		table.set('not taken yet', 'body and signature as they were', '0');
		table.set('not taken yet', 'answers to the others', answers.toString());
	});
});
