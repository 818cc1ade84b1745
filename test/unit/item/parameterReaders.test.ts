import set from 'lodash/set';
import type { IDataObject, IExecutePaginationFunctions, INodeParameters } from 'n8n-workflow';
import type { ZodIssue, ZodTypeAny } from 'zod';

import { sentFields } from '../../../nodes/declare/sentFields';
import { fillPath } from '../../../nodes/engine/item/body';
import { fillRequest, readParameter } from '../../../nodes/engine/item/parameters';
import { BODY_SCHEMAS } from '../support/bodySchemas';
import { sceneType } from '../support/scenes';
import { bodyPlace, choices, isFile, isOpen, isRows, type Leaf, leaves, type OperationCase, operationCases, sendOf } from '../support/walk';

/** Every parameter of every operation takes what people really hand over: each goes through the reader of its kind. */

/** What a kind of parameter makes of some values, and how it refuses all others. */
interface Kind {
	name: string;
	is: (leaf: Leaf) => boolean;
	takes: ReadonlyArray<readonly [given: unknown, read: unknown]>;
	refuses: readonly unknown[];
	says: RegExp;
}

const placeOf = ({ property }: Leaf): string => sendOf(property)?.property ?? '';

const KINDS: readonly Kind[] = [
	{
		name: 'switch',
		is: ({ property }) => property.type === 'boolean',
		takes: [[' TRUE\n', true], ['yes', true], [1, true], ['0', false], ['Off', false], ['false', false]],
		refuses: ['perhaps', 2, { nonsense: 'x' }, ['true']],
		says: /^must be true or false \(yes, no, on, off, 1 and 0 are taken too\), but it is /,
	},
	{
		name: 'number',
		is: ({ property }) => property.type === 'number',
		takes: [['1', 1], [' 1.0 \n', 1], ['1e0', 1]],
		refuses: ['abc', '1,5', NaN, { nonsense: 'x' }, true],
		says: /^must be a (whole )?number.*, but it is /,
	},
	{
		name: 'id',
		// A callback id is the user's own.
		is: (leaf) => /(^|[._{])(id|[a-z_]+_id)\}?$/.test(placeOf(leaf)) && !/callback_id$/.test(placeOf(leaf)) && !isFile(leaf.property),
		takes: [
			[' id_1\r\n', 'id_1'],
			[17, '17'],
			[{ id: 'id_1', name: 'n' }, 'id_1'],
			['{"id":"id_1"}', 'id_1'],
			[{ __rl: true, mode: 'id', value: ' id_1 ' }, 'id_1'],
			['https://app.heygen.com/videos/id_1?a=b', 'id_1'],
		],
		refuses: ['a,b', 'a b', { nonsense: 'x' }, true, 'https://example.com/videos/id_1', '[object Object]', 'x'.repeat(501)],
		says: /^(must be an ID, but it is|is not an ID:|was given a record within a text)/,
	},
	{
		name: 'address',
		is: (leaf) => /url$/.test(placeOf(leaf)),
		takes: ['a.mp3', 'a.jpg', 'a.mp4', 'a.srt', 'a.zip'].map((file) => [`  https://example.com/${file}\n`, `https://example.com/${file}`]),
		refuses: ['http://example.com/a.mp3', 'https://localhost/a.jpg', 'https://192.168.1.2/a.mp3', 'https://u:p@example.com/a.jpg', { nonsense: 'x' }, 5],
		says: /^(must be an address that starts with https:\/\/|points (to this machine|into a private network)|carries a login)/,
	},
];

function contextOf(values: INodeParameters): IExecutePaginationFunctions {
	const getNodeParameter = (name: string, fallback: unknown) => values[name] ?? fallback;
	return { getNodeParameter } as unknown as IExecutePaginationFunctions;
}

/** The parameters of an item in which one holds a value. */
function parametersWith({ path }: Leaf, value: unknown): INodeParameters {
	const [name, ...inner] = path as [string, ...string[]];
	return { [name]: inner.reduceRight<unknown>((held, part) => ({ [part]: held }), value) } as INodeParameters;
}

/** What is wrong with one place of a body. Whatever else is wrong, or missing, is not looked at. */
function bodyProblem(schema: ZodTypeAny, leaf: Leaf, value: unknown): string | undefined {
	const body: IDataObject = {};
	const list = leaf.rows === undefined ? undefined : sendOf(leaf.rows)?.property;
	const type = list === undefined ? undefined : sceneType(leaf);
	const row: IDataObject = type === undefined ? {} : { type };
	if (list !== undefined) set(body, list, [row]);
	const put = (place: string, held: unknown) => {
		const names = place.split('.');
		const last = names.pop() as string;
		let at = list === undefined ? body : row;
		for (const name of names) at = (at[name] ??= {}) as IDataObject;
		at[last] = held as IDataObject[string];
	};
	for (const member of leaf.group) if (member.type === 'hidden') put(placeOf({ ...leaf, property: member }), member.default);
	const place = list === undefined ? (bodyPlace(leaf) as string) : `${list}.0.${placeOf(leaf)}`;
	put(placeOf(leaf), value);
	const result = schema.safeParse(body);
	const isHere = ({ path }: ZodIssue) => path.join('.') === place || (path.length > 0 && place.startsWith(`${path.join('.')}.`));
	return result.success ? undefined : result.error.issues.find(isHere)?.message;
}

/** Whether a parameter holds one value: rows hold several, and each of their fields may. */
function isSingle({ property, rows }: Leaf): boolean {
	return rows === undefined && !isRows(property);
}

const TYPED = operationCases.flatMap((one) =>
	one.properties.flatMap(leaves).filter(isSingle).flatMap((leaf) => KINDS.filter(({ is }) => is(leaf)).map((kind) => ({ one, leaf, kind }))),
);

/** Reads a parameter as the engine does before a body is checked. */
function read(one: OperationCase, leaf: Leaf, value: unknown): unknown {
	const sent = sentFields(one.properties, one.version);
	const context = contextOf(parametersWith(leaf, value));
	const [root] = leaf.path as [string];
	const send = sendOf(leaf.property);
	if (send === undefined) return leaf.path.slice(1).reduce<unknown>((held, name) => (held as IDataObject)[name], readParameter(context, sent, root, ''));
	const { query } = fillRequest(context, { ...sent, fields: sent.fields.filter(({ name }) => name === root) });
	const { ids, query: rest } = fillPath(send.property.startsWith('{') ? send.property : '', query);
	return ids[send.property.slice(1, -1)] ?? rest[send.property];
}

function messageOf(action: () => unknown): string {
	try {
		return `nothing: ${JSON.stringify(action())}`;
	} catch (error) {
		return (error as Error).message;
	}
}

describe('a choice', () => {
	const sent = operationCases.flatMap((one) =>
		one.properties
			.flatMap(leaves)
			.filter(({ property }) => property.type === 'options' && property.typeOptions?.loadOptionsMethod === undefined && sendOf(property) !== undefined)
			.map((leaf) => [`${one.title} ${leaf.path.join('.')}`, one, leaf] as const),
	);

	it.each(sent.filter(([, , { property }]) => isOpen(property)))('of %s may be spelled as in a sheet, and may be a new one', (_title, one, leaf) => {
		const values = choices(leaf.property).flatMap(({ value }) => (value === 'byName' ? [] : [String(value)]));
		const schema = BODY_SCHEMAS[one.title] as ZodTypeAny;
		const refused = [{ a: 1 }, ['x'], true, '{"a":1}', 'a\nb', 'x'.repeat(101)];
		const says = '(must be one word|may have at most 100 characters)';
		if (bodyPlace(leaf) === undefined) {
			for (const value of values) expect(read(one, leaf, ` ${value.toUpperCase()}\n`)).toBe(value);
			expect(read(one, leaf, ' new_value_7 ')).toBe('new_value_7');
			for (const value of refused) expect(messageOf(() => read(one, leaf, value))).toMatch(new RegExp(`^'${leaf.property.displayName}' ${says}`));
			return;
		}
		for (const value of [...values.map((known) => ` ${known.toUpperCase()}\n`), ' new_value_7 ']) {
			expect(bodyProblem(schema, leaf, value)).toBeUndefined();
		}
		for (const value of refused) expect(bodyProblem(schema, leaf, value)).toMatch(new RegExp(`^${says}`));
	});

	it.each(sent.filter(([, , { property }]) => !isOpen(property)))('of %s may be spelled as in a sheet, and must be one there is', (_title, one, leaf) => {
		const values = choices(leaf.property).map(({ value }) => String(value));
		const schema = BODY_SCHEMAS[one.title] as ZodTypeAny;
		if (bodyPlace(leaf) === undefined) {
			for (const value of values) expect(read(one, leaf, ` ${value.toUpperCase()}\n`)).toBe(value);
			expect(messageOf(() => read(one, leaf, 'nonsense'))).toBe(
				`'${leaf.property.displayName}' must be one of ${values.join(', ')}, but it is "nonsense"`,
			);
			return;
		}
		for (const value of values) expect(bodyProblem(schema, leaf, ` ${value.toUpperCase()}\n`)).toBeUndefined();
		const problem = bodyProblem(schema, leaf, 'nonsense');
		for (const value of values) expect(problem).toContain(value);
		expect(problem).toMatch(/^must be one of .*, but it is "nonsense"$/);
	});
});

/** A parameter for one look that also takes several: its own test says how. */
const TAKES_SEVERAL = 'heyGenVideo video:createCinematic';

const inBodies = TYPED.filter(({ one, leaf }) => {
	return bodyPlace(leaf) !== undefined && !(one.title === TAKES_SEVERAL && bodyPlace(leaf) === 'avatar_id');
});
/** Numbers that are not sent are read by what they steer; `typedInput.test.ts` of the engine proves that. */
const elsewhere = TYPED.filter(({ leaf, kind }) => bodyPlace(leaf) === undefined && (kind.name !== 'number' || sendOf(leaf.property) !== undefined));

it('finds parameters of every kind', () => {
	for (const { name } of KINDS) expect(TYPED.filter(({ kind }) => kind.name === name).length).toBeGreaterThan(2);
	expect(TYPED.length).toBeGreaterThan(60);
});

/** An example of a number as one that the parameter takes: 1 is too small for some. */
function least({ property }: Leaf, given: unknown): unknown {
	const { minValue = 0 } = property.typeOptions ?? {};
	if (minValue <= 1) return given;
	return typeof given === 'number' ? minValue : String(given).replace('1', String(minValue));
}

describe.each(inBodies.map((typed) => [`${typed.one.title} ${typed.leaf.path.join('.')} (${typed.kind.name})`, typed] as const))(
	'%s, in the body',
	(_title, { one, leaf, kind }) => {
		const schema = BODY_SCHEMAS[one.title] as ZodTypeAny;

		it('is read kindly', () => {
			// Of a file's address also the ending counts, which differs from place to place.
			const problems = kind.takes.map(([given]) => bodyProblem(schema, leaf, least(leaf, given)));
			if (kind.name === 'address') expect(problems).toContain(undefined);
			else expect(problems.filter((problem) => problem !== undefined)).toEqual([]);
		});

		it.each(kind.refuses.map((given) => [given]))('is refused when it is %p', (given) => {
			expect(bodyProblem(schema, leaf, given)).toMatch(kind.says);
		});
	},
);

describe.each(elsewhere.map((typed) => [`${typed.one.title} ${typed.leaf.path.join('.')} (${typed.kind.name})`, typed] as const))(
	'%s, elsewhere',
	(_title, { one, leaf, kind }) => {
		it.each(kind.takes)('takes %p for %p', (given, expected) => {
			expect(read(one, leaf, given)).toEqual(expected);
		});

		it.each(kind.refuses.map((given) => [given]))('refuses %p and names the field', (given) => {
			const { displayName } = leaf.property;
			const message = messageOf(() => read(one, leaf, given));
			expect(message.startsWith(`'${displayName}' `)).toBe(true);
			expect(message.slice(displayName.length + 3)).toMatch(kind.says);
		});

		it('is its default when it holds blanks', () => {
			if (kind.name !== 'switch') return;
			const expected = leaf.path.length === 1 ? leaf.property.default : undefined;
			expect(read(one, leaf, ' \n')).toBe(expected);
		});
	},
);
