import fc from 'fast-check';

import { jsonBreak } from '../../../../nodes/heygen/values/jsonBreak';
import { readJson, readJsonRecord } from '../../../../nodes/heygen/values/jsonRecord';

describe('a record of any fields', () => {
	it.each<[unknown, unknown]>([
		['{"a":1}', { a: 1 }],
		['  {"a": {"b": [1, "x", null, true]}}\n', { a: { b: [1, 'x', null, true] } }],
		['```json\n{"a":1}\n```', { a: 1 }],
		[{ a: null, b: '', c: [], d: {}, e: ' ' }, { a: null, b: '', c: [], d: {}, e: ' ' }],
		['{"a":null,"b":"","c":[],"d":{}}', { a: null, b: '', c: [], d: {} }],
		[{ a: undefined, b: [undefined] }, { b: [null] }],
		[{ at: new Date(0) }, { at: '1970-01-01T00:00:00.000Z' }],
		[Object.assign(Object.create(null) as object, { a: 1 }), { a: 1 }],
		['{}', {}],
		['"{\\"a\\": \\"b\\"}"', { a: 'b' }],
		['{"a":9007199254740991,"b":18014398509481984,"c":"9007199254740993","9007199254740993":1.5}', { a: 9007199254740991, b: 18014398509481984, c: '9007199254740993', '9007199254740993': 1.5 }],
		['{"toString":"x","hasOwnProperty":1}', { toString: 'x', hasOwnProperty: 1 }],
	])('is %j', (given, expected) => {
		expect(readJsonRecord(given)).toEqual({ value: expected });
	});

	it.each([undefined, null, '', ' \n'])('is nothing in %j', (given) => {
		expect(readJsonRecord(given)).toEqual({ value: undefined });
	});

	const circle: Record<string, unknown> = {};
	circle.self = circle;

	it.each<[unknown, string]>([
		['[1]', 'must be JSON of a record, such as {"field": "value"}, but it is "[1]"'],
		[[{ a: 1 }], 'must be JSON of a record, such as {"field": "value"}, but it is [{"a":1}]'],
		[5, 'must be JSON of a record, such as {"field": "value"}, but it is "5"'],
		['5', 'must be JSON of a record, such as {"field": "value"}, but it is "5"'],
		[true, 'must be JSON of a record, such as {"field": "value"}, but it is "true"'],
		['null', 'must be JSON of a record, such as {"field": "value"}, but it is "null"'],
		[new Map([['a', 1]]), 'must be JSON of a record, such as {"field": "value"}, but it is an object'],
		[{ a: { b: NaN } }, 'has in "a" → "b" what must be text, but it is "NaN"'],
		[{ a: [1, new Map()] }, 'has in "a" → "2" what must be text, but it is an object'],
		['{"a":"#N/A"}', 'has in "a" what holds "#N/A", which is what a sheet shows for a formula that has failed'],
		['{"seed": 9007199254740993}', 'has in "seed" the number 9007199254740993, which is too large to be sent as it is: put it in quotes'],
		['{"a": {"b": [1, -12345678901234567890 ]}}', 'has in "a" → "b" → "2" the number -12345678901234567890, which is too large to be sent as it is: put it in quotes'],
		['{"a": [0.5, -1E+400]}', 'has in "a" → "2" the number -1E+400, which is too large to be sent as it is: put it in quotes'],
		['"\\"a\\""', 'must be JSON of a record, such as {"field": "value"}, but it is ""\\"a\\"""'],
		['{"__proto__":{"polluted":1}}', 'must have no field named "__proto__"'],
		['{"a":[{"prototype":1}]}', 'has in "a" → "1" what must have no field named "prototype"'],
		['{"a":{"constructor":{"prototype":{"polluted":1}}}}', 'has in "a" what must have no field named "constructor"'],
		[circle, 'has records within records, deeper than 40 levels'],
		[`${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`, 'has records within records, deeper than 40 levels'],
	])('is not %j', (given, problem) => {
		expect(readJsonRecord(given)).toEqual({ problem });
		expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
	});

	it.each<[string, RegExp]>([
		['{"a": "😀'.slice(0, -1) + '"}', /half a character/],
		['{"a": [object Object]}', /^holds "\[object Object\]"/],
	])('in %j says what is left of a value', (given, problem) => {
		expect(readJsonRecord(given).problem).toMatch(problem);
	});

	it.each<[string, string]>([
		["{'a': 1}", 'it breaks in line 1, column 2, at "\'a\': 1}"'],
		['{"a": x}', 'it breaks in line 1, column 7, at "x}"'],
		['{"a": 1,}', 'it breaks in line 1, column 9, at "}"'],
		['{\n  "a": 1\n  "b": 2\n}', 'it breaks in line 3, column 3, at ""b": 2 }"'],
		['{"a": "b', 'it breaks in line 1, column 7, at ""b"'],
		['{"a": "say "hi""}', 'it breaks in line 1, column 13, at "hi""}"'],
		['{"a": "one\ntwo"}', 'it breaks in line 1, column 7, at ""one two"}"'],
		['{"a" 1}', 'it breaks in line 1, column 6, at "1}"'],
		['{"a": 01}', 'it breaks in line 1, column 7, at "01}"'],
		['{"a": [1, 2}', 'it breaks in line 1, column 12, at "}"'],
		['{"a": 1} x', 'it breaks in line 1, column 10, at "x"'],
		['{"a": {"b": 1}', 'it ends too early: a closing bracket is missing'],
		['{"a":', 'it ends too early: a closing bracket is missing'],
		['engine: avatar_6', 'it breaks in line 1, column 1, at "engine: avatar_6"'],
		['``````', 'nothing is in it'],
	])('that is no JSON, %j, says where it breaks', (given, where) => {
		expect(readJsonRecord(given)).toEqual({ problem: `is no valid JSON: ${where}` });
	});

	it('finds the place in whatever JSON.parse refuses, and never one behind it', () => {
		const damaged = fc.tuple(fc.json({ maxDepth: 3 }), fc.nat(), fc.constantFrom('', '}', ']', ',', ':', '"', "'", 'x', '{', '[')).map(([json, at, sign]) => {
			const place = at % (json.length + 1);
			return { text: json.slice(0, place) + sign + json.slice(place + 1), place };
		});
		fc.assert(
			fc.property(damaged, ({ text, place }) => {
				try {
					JSON.parse(text);
				} catch {
					const [, line, column] = /^it breaks in line ([\d,]+), column ([\d,]+), at /.exec(jsonBreak(text)) ?? [];
					if (line === undefined) return /^(it ends too early|nothing is in it)/.test(jsonBreak(text));
					// All in front of the place can still become JSON, so the damage is not in front of the token there.
					const lines = text.split('\n').slice(0, Number(line) - 1);
					const found = lines.join('\n').length + (lines.length === 0 ? 0 : 1) + Number(column?.replaceAll(',', '')) - 1;
					return found <= text.length && (found >= place || text.slice(found, place).search(/["\w.+-]/) === 0);
				}
				return true;
			}),
		);
	});

	it('keeps all plain data as it is', () => {
		const plain = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.jsonValue({ maxDepth: 3 }));
		fc.assert(
			fc.property(plain, (record) => {
				const json = JSON.stringify(record);
				// What no reader takes as text has tests of its own.
				fc.pre(readJsonRecord(json).problem === undefined);
				expect(readJsonRecord(json).value).toEqual(JSON.parse(json));
				// As text, since JSON has no -0.
				expect(JSON.stringify(readJsonRecord(record).value)).toBe(json);
			}),
		);
	});
});

describe('anything that JSON can hold', () => {
	it.each<[unknown, unknown]>([
		['null', null],
		['42', 42],
		['"42"', '42'],
		['```json\n["a", ""]\n```', ['a', '']],
		[['a', undefined, { b: '' }], ['a', null, { b: '' }]],
		[42, 42],
		[false, false],
		[{ a: '' }, { a: '' }],
	])('is what %j says', (given, expected) => {
		expect(readJson(given)).toEqual({ value: expected });
	});

	it.each<[unknown, RegExp]>([
		['Spring sale', /^is no valid JSON: /],
		['[1, 2', /^is no valid JSON: /],
		[NaN, /^must be text, but it is "NaN"/],
		[[NaN], /^has in "1" what must be text/],
	])('is not in %j', (given, problem) => {
		expect(readJson(given).problem).toMatch(problem);
	});

	it('is nothing where nothing is given', () => {
		expect([readJson(undefined), readJson(null), readJson(' ')]).toEqual([{}, {}, {}].map(() => ({ value: undefined })));
	});
});
