import type { IDataObject, INodeProperties, NodeParameterValue } from 'n8n-workflow';
import type { ZodTypeAny } from 'zod';
import { fieldName, withoutEmpty } from '../../nodes/engine/body';
import { checked } from '../../nodes/engine/check';
import { avatarVideo } from '../../nodes/heygen/schemas/avatarVideo';
import { validateAgainstContract } from '../sandbox/contract';
import { choices, leaves, operationCases, sendOf, type Leaf, type OperationCase } from './walk';

/**
 * Every parameter that goes into a body, with every value it offers, makes a body that passes the operation's own
 * check and then the contract.
 */

/** The schema that an operation's body passes on its way; every operation with a body must have its line here. */
const SCHEMAS: Record<string, ZodTypeAny> = { 'heyGenVideo video:createAvatar': avatarVideo };

/** What some fields need beside them. */
const COMPANIONS: Array<{ field: RegExp; body: IDataObject }> = [
	{ field: /^engine\.reference_look_id$/, body: { engine: { type: 'avatar_v' } } },
	{ field: /^watermark\.(?!image)/, body: { watermark: { image: { asset_id: 'asset_1' } } } },
];

function copy(data: IDataObject): IDataObject {
	return JSON.parse(JSON.stringify(data)) as IDataObject;
}

/** Puts a value at a dotted place, as declarative routing does. */
function put(body: IDataObject, dotted: string, value: unknown): void {
	const names = dotted.split('.');
	const last = names.pop() as string;
	let place = body;
	for (const name of names) place = (place[name] ??= {}) as IDataObject;
	place[last] = value as IDataObject[string];
}

/** Values a user could give a parameter. */
function examples(property: INodeProperties): unknown[] {
	const { type, typeOptions, name } = property;
	if (type === 'options') return choices(property).map(({ value }) => value);
	if (type === 'multiOptions') return [choices(property).map(({ value }) => value)];
	if (type === 'boolean') return [true, false];
	if (type === 'number') {
		const bounds = [typeOptions?.minValue, typeOptions?.maxValue].filter((bound) => bound !== undefined);
		return [property.default, ...bounds];
	}
	if (type === 'hidden' || type === 'color') return [property.default];
	return [/url$/i.test(name) ? 'https://example.com/file.jpg' : 'example_1'];
}

type Choices = Record<string, NodeParameterValue>;

/** The values of the parameters that decide which others are shown. */
function circumstances({ properties }: OperationCase, shown: INodeProperties): Choices {
	const values: Choices = {};
	for (const { name, default: value } of properties) values[name] = value as NodeParameterValue;
	for (const [name, wanted] of Object.entries(shown.displayOptions?.show ?? {})) {
		values[name] = wanted?.[0] as NodeParameterValue;
	}
	return values;
}

function isShown(property: INodeProperties, values: Choices): boolean {
	return Object.entries(property.displayOptions?.show ?? {}).every(
		([name, wanted]) => name === 'resource' || name === 'operation' || (wanted ?? []).includes(values[name] as never),
	);
}

/** The body with one parameter set to a value, and besides it only what is required then. */
function bodyWith(one: OperationCase, leaf: Leaf, value: unknown): IDataObject {
	const field = sendOf(leaf.property)?.property ?? '';
	const body = copy((one.option.routing?.request?.body ?? {}) as IDataObject);
	const values = circumstances(one, leaf.root);
	for (const property of one.properties) {
		const send = sendOf(property);
		if (send?.type === 'body' && property.required && isShown(property, values)) {
			put(body, send.property, examples(property)[0]);
		}
	}
	for (const companion of COMPANIONS) {
		if (!companion.field.test(field)) continue;
		for (const [name, entry] of Object.entries(copy(companion.body))) put(body, name, entry);
	}
	// Hidden members of a group always go along.
	for (const member of leaf.group) {
		const send = sendOf(member);
		if (member.type === 'hidden' && send !== undefined) put(body, send.property, member.default);
	}
	put(body, field, value);
	return (withoutEmpty(body) ?? {}) as IDataObject;
}

const withBody = operationCases.filter(({ option, properties }) => {
	const sends = properties.flatMap(leaves).some(({ property }) => sendOf(property)?.type === 'body');
	return sends || option.routing?.request?.body !== undefined;
});

it('knows the schema of every body', () => {
	expect(withBody.map(({ title }) => title).filter((title) => !(title in SCHEMAS))).toEqual([]);
	expect(Object.keys(SCHEMAS).filter((title) => !withBody.some((one) => one.title === title))).toEqual([]);
});

describe.each(withBody.map((one) => [one.title, one] as const))('%s', (title, one) => {
	const schema = SCHEMAS[title];
	const { method, url } = one.option.routing?.request ?? {};
	const senders = one.properties.flatMap(leaves).filter(({ property }) => sendOf(property)?.type === 'body');
	const cases = senders.flatMap((leaf) =>
		examples(leaf.property).map((value) => [leaf.path.join('.'), value, leaf] as const),
	);

	it.each(cases)('%s = %j passes the check and the contract', (_name, value, leaf) => {
		const body = bodyWith(one, leaf, value);
		const sent = schema === undefined ? body : checked(schema, body);
		expect(validateAgainstContract(String(method), String(url), { body: sent })).toEqual([]);
		// And it does arrive: a field that the check drops would be an option without effect.
		const [top] = (sendOf(leaf.property)?.property ?? '').split('.');
		expect(sent).toHaveProperty([top as string]);
	});

	it.each(senders.map((leaf) => [leaf.path.join('.'), leaf] as const))(
		'%s is called in messages as in the editor',
		(_name, leaf) => {
			if (schema === undefined || leaf.property.type === 'hidden') return;
			const field = sendOf(leaf.property)?.property ?? '';
			// An object is the wrong value for every single field.
			const body = bodyWith(one, leaf, { nonsense: 'x' });
			const last = field.split('.').pop() ?? '';
			let message = '';
			try {
				checked(schema, body);
			} catch (error) {
				message = (error as Error).message;
			}
			const named = /^'([^']+)'/.exec(message)?.[1]?.split(' → ').pop() ?? '';
			expect([fieldName(last), leaf.property.displayName]).toContain(named);
			if (!field.includes('.')) expect(named).toBe(leaf.property.displayName);
		},
	);

	it('has no required parameter whose absence passes the check', () => {
		for (const property of one.properties) {
			const send = sendOf(property);
			if (schema === undefined || send?.type !== 'body' || property.required !== true) continue;
			const leaf = leaves(property)[0] as Leaf;
			const body = bodyWith(one, leaf, '');
			// Of fields that stand for one another, the message names the first.
			expect(() => checked(schema, body)).toThrow(/^'[^']+' is empty/);
		}
	});
});
