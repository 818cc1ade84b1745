import { readQuery } from '../../../../nodes/heygen/values/query';

/** Query parameters in all the forms in which people, sheets and models hand them over. */

it.each<[unknown, Record<string, string> | undefined]>([
	[undefined, undefined],
	[null, undefined],
	['', undefined],
	[' \n', undefined],
	['{}', undefined],
	[{}, undefined],
	[{ a: '', b: null, c: undefined, d: ' ', e: [] }, undefined],
	[{ limit: 5, title: ' Spring ', mine: true }, { limit: '5', title: 'Spring', mine: 'true' }],
	['{"limit": 5, "zero": 0, "no": false}', { limit: '5', zero: '0', no: 'false' }],
	['```json\n{"limit": 5}\n```', { limit: '5' }],
	[{ video_ids: ['a', 'b', '', null, 3] }, { video_ids: 'a,b,3' }],
	['{"video_ids": ["a", "b"]}', { video_ids: 'a,b' }],
	['limit=5&title=a+b', { limit: '5', title: 'a b' }],
	['?limit=5&&x=', { limit: '5' }],
	['a=1&a=1', { a: '1' }],
])('%j is %j', (given, query) => {
	expect(readQuery(given)).toEqual({ value: query });
});

it.each<[unknown, RegExp]>([
	['limit', /^is no valid JSON/],
	['{"limit": 5', /^is no valid JSON/],
	['["a"]', /^must be JSON of a record/],
	[['a'], /^must be JSON of a record/],
	[5, /^must be JSON of a record/],
	[{ filter: { a: 1 } }, /^has in "filter" \{"a":1\}, but a query takes a text/],
	[{ ids: [{ id: 1 }] }, /^has in "ids" /],
	[{ ids: [['a']] }, /^has in "ids" /],
	[{ ' ': 1 }, /without a name/],
	['=5', /without a name/],
	['a=1&a=2', /names "a" twice/],
	['{"__proto__": 1}', /must have no field named "__proto__"/],
	[{ title: '[object Object]' }, /\[object Object\]/],
	[{ title: '\uD83D' }, /half a character/],
	['title=[object Object]', /\[object Object\]/],
])('%j is refused', (given, problem) => {
	expect(readQuery(given)).toEqual({ problem: expect.stringMatching(problem) as unknown });
});
