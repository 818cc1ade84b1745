import fc from 'fast-check';

import { EngineError } from '../../../nodes/engine/basics/errors';
import { chosenKey, idempotencyKey } from '../../../nodes/engine/item/idempotency';
import { trimBlank } from '../../../nodes/heygen/values/text';
import contract from '../../contract/openapi.json';

/** What HeyGen accepts, as the contract has it. */
const PATTERN = /^[A-Za-z0-9_\-:.]{1,255}$/;

const base: Parameters<typeof idempotencyKey> = ['1017:node-a:0', 3, '/v3/videos', { script: 'Hi' }];

describe('idempotencyKey', () => {
	it('always has a form that HeyGen accepts', () => {
		fc.assert(
			fc.property(fc.string(), fc.nat(), fc.string(), fc.jsonValue(), (run, item, path, body) => {
				expect(idempotencyKey(run, item, path, body)).toMatch(PATTERN);
			}),
		);
	});

	it('is the same for the same create', () => {
		expect(idempotencyKey('1017:node-a:0', 3, '/v3/videos', { script: 'Hi' })).toBe(idempotencyKey(...base));
	});

	it.each<[string, Parameters<typeof idempotencyKey>]>([
		['execution', ['1018:node-a:0', 3, '/v3/videos', { script: 'Hi' }]],
		['node', ['1017:node-b:0', 3, '/v3/videos', { script: 'Hi' }]],
		['run index', ['1017:node-a:1', 3, '/v3/videos', { script: 'Hi' }]],
		['item', ['1017:node-a:0', 4, '/v3/videos', { script: 'Hi' }]],
		['endpoint', ['1017:node-a:0', 3, '/v3/lipsyncs', { script: 'Hi' }]],
		['body', ['1017:node-a:0', 3, '/v3/videos', { script: 'Hi!' }]],
		['body, in depth', ['1017:node-a:0', 3, '/v3/videos', { script: 'Hi', engine: { type: 'avatar_v' } }]],
	])('differs with another %s', (_part, other) => {
		expect(idempotencyKey(...other)).not.toBe(idempotencyKey(...base));
	});

	it('cannot be confused by moving text from one part into the next', () => {
		expect(idempotencyKey('run1', 1, '/v3', 'x')).not.toBe(idempotencyKey('run', 11, '/v3', 'x'));
	});
});

describe('chosenKey', () => {
	it('is the automatic one unless the options say otherwise', () => {
		expect(chosenKey({}, () => 'automatic')).toBe('automatic');
		expect(chosenKey({ idempotencyKey: '' }, () => 'automatic')).toBe('automatic');
		expect(chosenKey({ idempotencyKey: ' \n' }, () => 'automatic')).toBe('automatic');
		expect(chosenKey({ sendIdempotencyKey: true }, () => 'automatic')).toBe('automatic');
	});

	it.each([' ', '\n', null])('is the automatic one when the own one is %j', (idempotencyKey) => {
		expect(chosenKey({ idempotencyKey }, () => 'automatic')).toBe('automatic');
	});

	it("is the user's own, without blanks around it", () => {
		expect(chosenKey({ idempotencyKey: ' order-1042\n' }, () => 'automatic')).toBe('order-1042');
	});

	it("is the user's own, and a row id may be a number", () => {
		expect(chosenKey({ idempotencyKey: 'order-1042' }, () => 'automatic')).toBe('order-1042');
		expect(chosenKey({ idempotencyKey: 1042 }, () => 'automatic')).toBe('1042');
		expect(chosenKey({ idempotencyKey: ' row-1\n' }, () => 'automatic')).toBe('row-1');
	});

	it('is none when switched off', () => {
		expect(chosenKey({ sendIdempotencyKey: false, idempotencyKey: 'x' }, () => 'automatic')).toBeUndefined();
	});

	it.each(['with space', 'ümlaut', 'a/b', 'x'.repeat(256), '\n/'])('refuses %j and says what is allowed', (key) => {
		expect(() => chosenKey({ idempotencyKey: key }, () => 'automatic')).toThrow(EngineError);
		expect(() => chosenKey({ idempotencyKey: key }, () => 'automatic')).toThrow(/'Idempotency Key'.*255/);
	});

	it('accepts exactly what the contract accepts', () => {
		const declared = contract.paths['/v3/videos'].post.parameters.find(({ name }) => name === 'Idempotency-Key');
		const pattern = new RegExp(declared?.schema.pattern ?? '(?!)');
		fc.assert(
			fc.property(fc.string({ minLength: 1, maxLength: 300 }), (key) => {
				let accepted = true;
				try {
					chosenKey({ idempotencyKey: key }, () => '');
				} catch {
					accepted = false;
				}
				// Blanks around it are dropped, and a blank key is none.
				expect(accepted).toBe(trimBlank(key) === '' || pattern.test(trimBlank(key)));
			}),
		);
	});
});
