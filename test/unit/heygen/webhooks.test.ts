import fc from 'fast-check';
import { createHmac } from 'node:crypto';

import { bodyHash, type DeliveryVerdict, verifyDelivery } from '../../../nodes/heygen/webhooks';

/** Which deliveries are HeyGen's. Addresses are in webhookUrls.test.ts. */

const SECRET = 'whsec_4f8Kq2Zr9Lx1Tn7V';
/** As HeyGen writes it: an escape that JSON.stringify would not write. */
const BODY = String.raw`{"event_type":"avatar_video.success","event_data":{"video_id":"3f2a91c07b5e4d6f8a1b2c3d4e5f6071","url":"https://files.heygen.ai/v.mp4?a=1&b=\u00e4","callback_id":""}}`;
/** Of BODY; this and all literals below by `openssl dgst -sha256 -hmac`. */
const SIGNATURE = 'fcdee84c15acac7bb4496d206961f24bbecfed1d3950a1a295aa2084c0041e47';

/** Some moment, in seconds; not a whole number of minutes. */
const SENT = 1_780_000_007;
const TOLERANCE = 300;

const GENUINE: DeliveryVerdict = { genuine: true };
const refused = (reason: string): DeliveryVerdict => ({ genuine: false, reason });
const UNSIGNED = refused('it is not signed');
const MISMATCH = refused("its signature does not match this endpoint's secret");
const EMPTY = refused('it has no body');
const TIMELESS = refused('it has no timestamp');
const OFF = refused('its timestamp is more than 300 seconds off');

interface Given {
	headers: Record<string, unknown>;
	rawBody: Buffer | undefined;
	secret: string;
	tolerance: number;
	now: number;
}

/** The verdict on a genuine delivery that has just come in, except for what is given. */
function verdict(given: Partial<Given> = {}): DeliveryVerdict {
	const { headers, rawBody, secret, tolerance, now }: Given = {
		headers: { 'heygen-signature': SIGNATURE, 'heygen-timestamp': String(SENT) },
		rawBody: Buffer.from(BODY),
		secret: SECRET,
		tolerance: TOLERANCE,
		now: SENT * 1_000,
		...given,
	};
	return verifyDelivery({ headers, rawBody }, secret, tolerance, now);
}

/** The verdict on a delivery with these headers. */
const withHeaders = (headers: Record<string, unknown>, given: Partial<Given> = {}) => verdict({ ...given, headers });
const timestamp = String(SENT);

describe('verifyDelivery takes', () => {
	it('what HeyGen has signed', () => {
		expect(verdict()).toEqual(GENUINE);
	});

	it('a signature in capitals', () => {
		expect(withHeaders({ 'heygen-signature': SIGNATURE.toUpperCase(), 'heygen-timestamp': timestamp })).toEqual(GENUINE);
	});

	it.each([
		[Buffer.from('Grüße, 世界'), '3d72b2d162c4581ea5acc4408455d4b27e73ae7e3d21378442eaf10c4705e78c'],
		[Buffer.from([0x00, 0xff, 0xfe, 0x0d, 0x0a]), '0e23f20281abba15ade69ccfdc2839a5410eab9e92ccd488350582f5f0922e35'],
	])('the bytes as they are, whatever they mean: %p', (rawBody, signature) => {
		expect(withHeaders({ 'heygen-signature': signature, 'heygen-timestamp': timestamp }, { rawBody })).toEqual(GENUINE);
	});
});

describe('verifyDelivery refuses', () => {
	it('what another secret has signed', () => {
		expect(verdict({ secret: 'whsec_other' })).toEqual(MISMATCH);
		const other = '67b7a9336d455e5842dc87fd7426d166c35ea24a61c08f70ebbdd7e1dae6e484';
		expect(withHeaders({ 'heygen-signature': other, 'heygen-timestamp': timestamp })).toEqual(MISMATCH);
		expect(withHeaders({ 'heygen-signature': other, 'heygen-timestamp': timestamp }, { secret: 'whsec_other' })).toEqual(GENUINE);
	});

	it('what the secret without its prefix has signed', () => {
		const bare = '5cfe933012c2db7b4cb3d64a0fd5aa853403555a35aeb08e8827989242eff1f6';
		expect(withHeaders({ 'heygen-signature': bare, 'heygen-timestamp': timestamp })).toEqual(MISMATCH);
		expect(verdict({ secret: SECRET.replace('whsec_', '') })).toEqual(MISMATCH);
	});

	it('a signature that covers the timestamp too, as those of others do', () => {
		const covering = 'b88869da1872c970a9ebdcca99cf3b2618fe5747cc8fb1acd18ce71fa6abe8b2';
		expect(withHeaders({ 'heygen-signature': covering, 'heygen-timestamp': '1780000000' })).toEqual(MISMATCH);
	});

	it.each([
		['other content', BODY.replace('3f2a', '3f2b')],
		['a blank more', `${BODY} `],
		['a newline more', `${BODY}\n`],
		['less', BODY.slice(0, -1)],
		['the same JSON, written anew', JSON.stringify(JSON.parse(BODY))],
		['the same JSON, indented', JSON.stringify(JSON.parse(BODY), null, 2)],
	])('%s', (_name, body) => {
		expect(body).not.toBe(BODY);
		expect(verdict({ rawBody: Buffer.from(body) })).toEqual(MISMATCH);
	});

	it.each([[undefined], [Buffer.alloc(0)]])('a delivery without a body, whatever its signature: %p', (rawBody) => {
		expect(verdict({ rawBody })).toEqual(EMPTY);
		const ofNothing = createHmac('sha256', SECRET).update('').digest('hex');
		expect(withHeaders({ 'heygen-signature': ofNothing, 'heygen-timestamp': timestamp }, { rawBody })).toEqual(EMPTY);
	});

	it.each<[string, unknown]>([
		['no signature', undefined],
		['an empty one', ''],
		['a null', null],
		['one that is too short', SIGNATURE.slice(2)],
		['half of it', SIGNATURE.slice(0, 32)],
		['one that is too long', `${SIGNATURE}00`],
		['two of them', `${SIGNATURE},${SIGNATURE}`],
		['one with a name before it', `sha256=${SIGNATURE}`],
		['one as Stripe writes it', `t=${SENT},v1=${SIGNATURE}`],
		['one with a blank before it', ` ${SIGNATURE}`],
		['one with a newline behind it', `${SIGNATURE}\n`],
		['Base64', Buffer.from(SIGNATURE, 'hex').toString('base64')],
		['64 letters that are not all hex', `${SIGNATURE.slice(0, 63)}g`],
		['64 letters with digits of other scripts', `${SIGNATURE.slice(0, 63)}٧`],
		['a list', [SIGNATURE]],
		['a list of two', [SIGNATURE, SIGNATURE]],
		['bytes', Buffer.from(SIGNATURE)],
		['an object', { toString: () => SIGNATURE }],
		['a number', 64],
	])('%s', (_name, signature) => {
		expect(withHeaders({ 'heygen-signature': signature, 'heygen-timestamp': timestamp })).toEqual(UNSIGNED);
		expect(withHeaders({ signature })).toEqual(UNSIGNED);
	});

	it.each(['x-heygen-signature', 'x-signature', 'Heygen-Signature'])('a signature under the name %s', (name) => {
		expect(withHeaders({ [name]: SIGNATURE, 'heygen-timestamp': timestamp })).toEqual(UNSIGNED);
	});
});

describe('the header of the old API', () => {
	it('counts alone, with a timestamp and without', () => {
		expect(withHeaders({ signature: SIGNATURE })).toEqual(GENUINE);
		expect(withHeaders({ signature: SIGNATURE.toUpperCase(), 'heygen-timestamp': timestamp })).toEqual(GENUINE);
	});

	it('is held to a timestamp when there is one', () => {
		expect(withHeaders({ signature: SIGNATURE, 'heygen-timestamp': String(SENT - 301) })).toEqual(OFF);
		expect(withHeaders({ signature: SIGNATURE, 'heygen-timestamp': 'yesterday' })).toEqual(TIMELESS);
	});

	it.each<[string, unknown, DeliveryVerdict]>([
		['a wrong one', SIGNATURE.replace('f', 'e'), MISMATCH],
		['an empty one', '', UNSIGNED],
		['a list', [SIGNATURE], UNSIGNED],
	])('does not count beside %s of the current API', (_name, current, expected) => {
		const both = { 'heygen-signature': current, signature: SIGNATURE, 'heygen-timestamp': timestamp };
		expect(withHeaders(both)).toEqual(expected);
	});

	it('does no harm beside a valid one, whatever it is', () => {
		expect(withHeaders({ 'heygen-signature': SIGNATURE, signature: 'nonsense', 'heygen-timestamp': timestamp })).toEqual(GENUINE);
	});

	it('does not do away with the timestamp of the current API', () => {
		expect(withHeaders({ 'heygen-signature': SIGNATURE, signature: SIGNATURE })).toEqual(TIMELESS);
	});
});

describe('the timestamp', () => {
	/** The verdict on a delivery that says when it was sent. */
	const sentAt = (value: unknown, given: Partial<Given> = {}) =>
		withHeaders({ 'heygen-signature': SIGNATURE, 'heygen-timestamp': value }, given);

	it.each<[string, number, DeliveryVerdict]>([
		['now', 0, GENUINE],
		['as long ago as is allowed', -TOLERANCE, GENUINE],
		['a second longer ago', -TOLERANCE - 1, OFF],
		['as far ahead as is allowed', TOLERANCE, GENUINE],
		['a second further ahead', TOLERANCE + 1, OFF],
		['a day ago', -86_400, OFF],
	])('may be %s or not, in seconds and in milliseconds', (_name, seconds, expected) => {
		expect(sentAt(String(SENT + seconds))).toEqual(expected);
		expect(sentAt(String((SENT + seconds) * 1_000))).toEqual(expected);
	});

	it('counts to the millisecond', () => {
		expect(sentAt(timestamp, { now: (SENT + TOLERANCE) * 1_000 })).toEqual(GENUINE);
		expect(sentAt(timestamp, { now: (SENT + TOLERANCE) * 1_000 + 1 })).toEqual(OFF);
		expect(sentAt(String(SENT * 1_000 + 999), { now: (SENT + TOLERANCE) * 1_000 + 999 })).toEqual(GENUINE);
		expect(sentAt(String(SENT * 1_000 - 1), { now: (SENT + TOLERANCE) * 1_000 })).toEqual(OFF);
	});

	it.each([
		undefined, null, '', ' ', 'garbage', '-1780000007', `-${timestamp}`, `+${timestamp}`, `${timestamp}.`, '1.78e9', '0x6a18a387',
		'Infinity', 'NaN', '0', `${timestamp} `, `${timestamp}\n`, '2026-05-28', `${'9'.repeat(400)}`,
		SENT, [timestamp],
	])('cannot be %j', (value) => {
		expect(sentAt(value)).toEqual(TIMELESS);
	});

	it.each([
		[`${timestamp}.5`, GENUINE],
		[`${timestamp}000000`, GENUINE],
		[`${SENT - 301}000000`, OFF],
		[new Date(SENT * 1_000).toISOString(), GENUINE],
		[new Date(SENT * 1_000).toISOString().replace('Z', '+00:00'), GENUINE],
		[new Date((SENT - 301) * 1_000).toISOString(), OFF],
		// Some year in the seventies.
		[`${timestamp}00`, OFF],
	])('may be %s', (value, expected) => {
		expect(sentAt(value)).toEqual(expected);
	});

	it('does not matter when any is taken', () => {
		for (const value of [undefined, 'garbage', '1', String(SENT - 864_000), timestamp]) {
			expect(sentAt(value, { tolerance: 0 })).toEqual(GENUINE);
		}
		expect(sentAt(timestamp, { tolerance: 0, secret: 'whsec_other' })).toEqual(MISMATCH);
	});

	it('is told apart from the signature: a wrong one is named first', () => {
		expect(sentAt('garbage', { secret: 'whsec_other' })).toEqual(MISMATCH);
	});

	it('is held to the tolerance that was asked for, which is named', () => {
		expect(sentAt(String(SENT - 5), { tolerance: 5 })).toEqual(GENUINE);
		expect(sentAt(String(SENT - 6), { tolerance: 5 })).toEqual(refused('its timestamp is more than 5 seconds off'));
	});
});

describe('whatever the content', () => {
	const bytes = fc.uint8Array({ minLength: 1, maxLength: 300 }).map((array) => Buffer.from(array));
	const secret = fc.string({ minLength: 1, maxLength: 60 }).map((text) => `whsec_${text}`);
	const signed = (rawBody: Buffer, key: string) => ({
		'heygen-signature': createHmac('sha256', key).update(rawBody).digest('hex'),
		'heygen-timestamp': timestamp,
	});
	/** A copy with one byte changed. */
	const changed = (buffer: Buffer, at: number, by: number) => {
		const copy = Buffer.from(buffer);
		const index = at % copy.length;
		copy[index] = (copy[index] as number) ^ by;
		return copy;
	};

	it('what was signed passes', () => {
		fc.assert(
			fc.property(bytes, secret, (rawBody, key) => {
				expect(withHeaders(signed(rawBody, key), { rawBody, secret: key })).toEqual(GENUINE);
			}),
		);
	});

	it('any changed byte of the body fails', () => {
		fc.assert(
			fc.property(bytes, secret, fc.nat(), fc.integer({ min: 1, max: 255 }), (rawBody, key, at, by) => {
				const verdictOnIt = withHeaders(signed(rawBody, key), { rawBody: changed(rawBody, at, by), secret: key });
				expect(verdictOnIt).toEqual(MISMATCH);
			}),
		);
	});

	it('any changed byte of the signature fails', () => {
		fc.assert(
			fc.property(bytes, secret, fc.nat(), fc.integer({ min: 1, max: 255 }), (rawBody, key, at, by) => {
				const headers = signed(rawBody, key);
				const other = changed(Buffer.from(headers['heygen-signature'], 'hex'), at, by).toString('hex');
				expect(withHeaders({ ...headers, 'heygen-signature': other }, { rawBody, secret: key })).toEqual(MISMATCH);
			}),
		);
	});

	it('any other secret fails', () => {
		fc.assert(
			fc.property(bytes, secret, secret, (rawBody, one, other) => {
				fc.pre(one !== other);
				expect(withHeaders(signed(rawBody, one), { rawBody, secret: other })).toEqual(MISMATCH);
			}),
		);
	});

	it('nothing makes it throw', () => {
		const anything = fc.record({ 'heygen-signature': fc.anything(), signature: fc.anything(), 'heygen-timestamp': fc.anything() }, { requiredKeys: [] });
		fc.assert(
			fc.property(anything, bytes, (headers, rawBody) => {
				expect(withHeaders(headers, { rawBody })).toMatchObject({ genuine: false });
			}),
		);
	});
});

describe('bodyHash', () => {
	it.each([
		[BODY, '0a528a28921b7250e7e2b24af625f05c767f6e0af905bd899407913c5414998f'],
		['Grüße, 世界', '49837434716aa6f6917104cbba82bd5b8e82a970ddc5bfef7bcc45e3d6ea60b6'],
	])('names %s by its content, as text and as bytes', (body, hash) => {
		expect(bodyHash(body)).toBe(hash);
		expect(bodyHash(Buffer.from(body))).toBe(hash);
	});
});
