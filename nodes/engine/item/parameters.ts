import isEmpty from 'lodash/isEmpty';
import isPlainObject from 'lodash/isPlainObject';
import omit from 'lodash/omit';
import omitBy from 'lodash/omitBy';
import set from 'lodash/set';
import type { IDataObject, IExecutePaginationFunctions, INodeProperties } from 'n8n-workflow';

import { FileToUpload } from '../../heygen/fileUses';
import { readId } from '../../heygen/values/ids';
import { jsonIn } from '../../heygen/values/lists';
import { readChoice, readFlag, readLabel, readNumber } from '../../heygen/values/plain';
import { isNothing } from '../../heygen/values/reading';
import { HALF_CHARACTER, hasHalfCharacter, numeral, trimBlank } from '../../heygen/values/text';
import { Verbatim } from '../../heygen/values/verbatim';
import { inputError } from '../basics/errors';
import { withoutEmpty } from './body';
import { type Choices, collectionIn, type Settings, taken, withSettings } from './given';
import { chosenValue, readOpenWord } from './openChoices';
import { countsInRow } from './rows';

/**
 * Fills requests from parameters, by the `routing.send` of their descriptions.
 *
 * n8n would do this too, but evaluates every expression twice more for it: once to send the value and once to find out
 * who owns the base URL (RoutingNode of n8n-core 2.41). At 0.4 ms an evaluation that is a third of what an item costs.
 * So operations describe their fields in n8n's own words, and n8n gets the descriptions without them.
 */

/** One parameter, or member of a collection, that goes into requests itself or through its members. */
export interface SentField {
	name: string;
	/** Display name. */
	label: string;
	/** Where it goes; absent for collections, and for options that shape the body as a whole. */
	to?: { part: 'body' | 'query'; property: string };
	/** Members of a collection, or of the groups of a fixed collection. */
	members?: SentField[];
	/** Other parameters, and the values with which this one counts; of parameters at the top, and of members of rows. */
	when?: ReadonlyArray<readonly [name: string, values: readonly unknown[]]>;
	/** What n8n calls its type; says how a query reads it. */
	type: INodeProperties['type'];
	/** Values of a parameter with choices. */
	choices?: Choices;
	/** The open list beside it, which has no value for what it names. */
	nameOf?: string;
	/** A resource locator, whose value is inside it. */
	locator?: boolean;
	/** Names a binary field: its file is to be uploaded. */
	file?: boolean;
	/** What is empty within its value is meant. */
	verbatim?: boolean;
	/** A group of a fixed collection. */
	group?: boolean;
	/** Rows of a fixed collection with multiple values; members are read for each. */
	rows?: boolean;
	/** Of a group of rows: what is on or off in a row, or one of some values, also what is not sent. */
	settings?: Settings;
	/** What messages call a row, instead of its place in the list: "Scene". Also of JSON that stands for rows. */
	rowName?: string;
	/** Must hold something where it counts. */
	required?: boolean;
}

/** An operation's fields, ready to be read for every item. */
export interface SentFields {
	readonly fields: readonly SentField[];
	/** The operation's parameters that are on or off, or one of some values, also those that are not sent. */
	readonly settings: Settings;
	/** What the editor calls the places of its body: "engine.type" is "Animation Engine". */
	readonly names: ReadonlyMap<string, string>;
}

/** What the fields of an item come to. */
export interface Filled {
	body: IDataObject;
	query: IDataObject;
}

/**
 * Reads an item's fields. Parameters that are hidden for this item are not there and are not sent.
 *
 * @param context the item's context
 * @param sent the operation's
 * @throws EngineError for what could not be sent; what HeyGen would not take in a body is for its schema to say
 */
export function fillRequest(context: IExecutePaginationFunctions, sent: SentFields): Filled {
	const filled: Filled = { body: {}, query: {} };
	const others = new Map<string, unknown>();
	const read = (name: string): unknown => {
		if (!others.has(name)) {
			const value = readParameter(context, sent, name, '');
			others.set(name, typeof value === 'string' ? trimBlank(value) : value);
		}
		return others.get(name);
	};
	for (const field of sent.fields) {
		// When an expression decides which of several parameters counts, n8n shows them all.
		if (field.when?.some(([name, values]) => !values.includes(read(name))) === true) continue;
		// Without a fallback n8n throws for a parameter that is hidden, and with `extractValue` it always does.
		const value = (name: string) => context.getNodeParameter(name, '') as unknown;
		fill(filled, field, value);
	}
	return filled;
}

/**
 * Evaluates an item's fields, so that reading them later costs nothing. What an expression throws is thrown when its
 * parameter is read.
 *
 * @param context the item's context, which evaluates each parameter once
 * @param sent the operation's
 */
export function evaluateAll(context: IExecutePaginationFunctions, { fields, settings }: SentFields): void {
	for (const name of new Set([...fields.map((field) => field.name), ...settings.keys()])) {
		try {
			context.getNodeParameter(name, '');
		} catch {
			// The item fails when it reads the parameter.
		}
	}
}

/**
 * The parameters that requests are made from, as they stand in the workflow: expressions are not evaluated.
 *
 * @param parameters the node's
 * @param fields the operation's
 */
export function sentValues(parameters: IDataObject, { fields }: SentFields): IDataObject {
	return valuesOf(parameters, fields);
}

function valuesOf(parameters: IDataObject, fields: readonly SentField[]): IDataObject {
	const values: IDataObject = {};
	for (const { name, members, locator, type } of fields) {
		const value = locator === true ? located(parameters[name]) : type === 'resourceMapper' ? mapped(parameters[name]) : parameters[name];
		if (value === undefined) continue;
		const isCollection = members !== undefined && isPlainObject(value);
		values[name] = isCollection ? valuesOf(value as IDataObject, members) : (value as IDataObject[string]);
	}
	return values;
}

/**
 * Reads one parameter of an item.
 *
 * @param context the item's context
 * @param sent the operation's fields
 * @param name the parameter
 * @param fallback stands for it where it is hidden
 * @returns as n8n has it; what is on or off in it as true or false, and what is one of some values as that value
 * @throws EngineError for what should be so and is not
 */
export function readParameter(
	context: IExecutePaginationFunctions,
	{ settings }: SentFields,
	name: string,
	fallback: unknown,
): unknown {
	return withSettings(settings, name, context.getNodeParameter(name, fallback));
}

/**
 * Reads the options of an item. Request Options stood among the Options before, so what saved workflows have there counts
 * as long as Request Options hold nothing in its place.
 *
 * @param context the item's context
 * @param sent the operation's fields
 * @throws EngineError for an option that should be on or off, or one of some values, and is not
 */
export function readOptions(context: IExecutePaginationFunctions, sent: SentFields): IDataObject {
	const [options, requestOptions] = ['options', 'requestOptions'].map((name) => readParameter(context, sent, name, {}));
	return { ...(options as IDataObject), ...omitBy(requestOptions as IDataObject, isNothing) };
}

/** What a resource mapper sends: the editor reads the fields that it offers anew now and then. */
function mapped(value: unknown): unknown {
	return isPlainObject(value) ? omit(value as IDataObject, 'schema') : value;
}

/** What a resource locator consists of. */
const LOCATOR: ReadonlySet<string> = new Set(['__rl', 'mode', 'value', 'cachedResultName', 'cachedResultUrl']);

/** The value inside a resource locator; expressions may also give the plain value, or a record with a column "value". */
function located(value: unknown): unknown {
	if (!isPlainObject(value)) return value;
	const record = value as IDataObject;
	const isLocator = 'value' in record && Object.keys(record).every((name) => LOCATOR.has(name));
	return isLocator ? record.value : value;
}

/**
 * Fills in one field.
 *
 * @param filled what has been filled in so far
 * @param field the field
 * @param valueOf gives the value of the field, and of those beside it, by their names
 * @param labelOf what messages call the field, and those within it, by their labels
 */
function fill(filled: Filled, field: SentField, valueOf: (name: string) => unknown, labelOf = (label: string) => label): void {
	const given = valueOf(field.name);
	if (field.rows === true) return fillRows(filled, field, given);
	const label = labelOf(field.label);
	// The list takes the name where it asks for one. Only a collection that is an expression has the name alone.
	if (field.nameOf !== undefined && valueOf(field.nameOf) !== undefined) return;
	const named = { ...field, label };
	const value = field.locator === true ? located(given) : chosenValue(named, given, valueOf);
	// Nothing, which an expression may find, is no file either.
	if (field.to !== undefined && !isNothing(value)) set(filled[field.to.part], field.to.property, sendable(named, value));
	if (field.members === undefined) return;
	const members = collectionIn(label, value);
	if (members === undefined) return;
	if (field.group === true) checkGroup(named, members);
	for (const member of field.members) fill(filled, member, (name) => members[name], labelOf);
}

/** A value as it goes into the request. Ids in paths and lists of ids are read where their kind is known. */
function sendable({ label, type, to, choices, file, verbatim }: SentField, value: unknown): unknown {
	if (file === true) return new FileToUpload(value, label);
	if (verbatim === true && (isPlainObject(value) || Array.isArray(value))) return new Verbatim(value);
	if (typeof value === 'string' && hasHalfCharacter(value)) throw inputError(`'${label}' ${HALF_CHARACTER}`);
	// Of other values the body's schema says what it takes.
	if (to?.part === 'body' && choices !== undefined) return readChoice(value, choices.words, choices.names).value ?? value;
	if (to === undefined || to.part === 'body' || /^\{|_ids$/.test(to.property)) return value;
	if (to.property.endsWith('_id')) return taken(label, readId(value, [to.property]));
	if (type === 'boolean') return taken(label, readFlag(value));
	if (type === 'number') return taken(label, readNumber(value));
	if (choices === undefined) return taken(label, readLabel(value));
	return taken(label, choices.isOpen === true ? readOpenWord(value, choices) : readChoice(value, choices.words, choices.names));
}

/** A group that was added and holds nothing: an expression found nothing, and the result would silently lack it. */
function checkGroup({ label, members = [] }: SentField, values: IDataObject): void {
	const isBare = ({ name, locator }: SentField) => isNothing(locator === true ? located(values[name]) : values[name]);
	if (members.some((member) => member.to === undefined || !isBare(member))) return;
	const name = members.length === 1 ? `${label} → ${members[0]?.label}` : label;
	throw inputError(
		`'${name}' is empty`,
		`Fill it in, or remove '${label}'. An expression that finds nothing gives an empty field.`,
	);
}

/**
 * Whether a row lacks a field that it must have. Where the fields beside it leave open whether it counts, that is for the
 * schema to say.
 */
function isMissing({ name, required, locator, when = [] }: SentField, settings: Settings, valueOf: (name: string) => unknown): boolean {
	const isAsked = when.length > 0 && when.every(([other]) => !isNothing(valueOf(other)));
	if (required !== true || !isAsked || !countsInRow(when, settings, (label) => label, valueOf)) return false;
	const given = valueOf(name);
	return isNothing(locator === true ? located(given) : given);
}

const NO_SETTINGS: Settings = new Map();

/**
 * A list of objects, one for each row; members name their places within the row. An empty row is an error: what HeyGen
 * has would be replaced by a list that lacks it.
 */
function fillRows(filled: Filled, field: SentField, value: unknown): void {
	const rows: IDataObject[] = [];
	const { members: groups = [] } = field;
	const given = typeof value === 'string' ? (jsonIn(value) ?? value) : value;
	// Rows alone can only be those of the one group there is.
	const isBare = Array.isArray(given) && groups.length === 1;
	const byGroup = isBare ? { [groups[0]?.name ?? '']: given as IDataObject[] } : collectionIn(field.label, given);
	for (const group of groups) {
		const { members = [], settings = NO_SETTINGS } = group;
		const entries = byGroup?.[group.name];
		for (const entry of Array.isArray(entries) ? entries : isPlainObject(entries) && !isEmpty(entries) ? [entries] : []) {
			const row: Filled = { body: {}, query: {} };
			const valueOf = (name: string) => (entry as IDataObject | null)?.[name];
			const rowLabel = `${field.label} → ${numeral(rows.length + 1)}`;
			// Several lists can have fields of one name, and each list several rows.
			const labelOf = (label: string) => `${rowLabel} → ${label}`;
			for (const member of members) {
				// The name beside an open list counts by what the list holds.
				if (member.nameOf === undefined && !countsInRow(member.when ?? [], settings, labelOf, valueOf)) continue;
				fill(row, member, valueOf, labelOf);
			}
			rows.push(row.body);
			if (withoutEmpty(row.body) === undefined) {
				throw inputError(
					`'${rowLabel}' is empty`,
					'Fill the row in, or remove it. An expression that finds nothing gives an empty field.',
				);
			}
			const missing = members.find((member) => isMissing(member, settings, valueOf));
			if (missing === undefined) continue;
			throw inputError(`'${labelOf(missing.label)}' is empty`, 'Fill it in. An expression that finds nothing gives an empty field.');
		}
	}
	if (field.to !== undefined && rows.length > 0) set(filled[field.to.part], field.to.property, rows);
}
