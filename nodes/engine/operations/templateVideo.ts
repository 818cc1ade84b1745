import isPlainObject from 'lodash/isPlainObject';
import type { IDataObject } from 'n8n-workflow';

import { type Appearance, namedAlone } from '../../heygen/cast/parts';
import type { JobFile } from '../../heygen/jobs/kind';
import { asRecord } from '../../heygen/records';
import { templateVideo } from '../../heygen/schemas/templateVideo';
import { leafOf } from '../../heygen/templates/leaves';
import { namesInWords } from '../../heygen/templates/names';
import { dimensionFor, isShown, spokenInTemplate } from '../../heygen/templates/scenes';
import { currentValue, type Template, type TemplateVariable } from '../../heygen/templates/template';
import { LOST_NAMES } from '../../heygen/values/jsonRecord';
import { isNothing } from '../../heygen/values/reading';
import { amount } from '../../heygen/values/text';
import { unwrapped } from '../../heygen/values/verbatim';
import { inputError } from '../basics/errors';
import { additionalFields, withAdditionalFields } from '../item/additionalFields';
import type { Asked, Call, Ordered } from '../item/call';
import { checkBody } from '../item/checkBody';
import { checkMoneyOptions } from '../jobs/spending';
import { fieldsOfItem } from './templateFields';
import { knownTemplate, templateOf } from './templateRecord';
import { type GivenVariables, givenVariables } from './templateVariables';

/** What the body of a video of a template is made from, and what it costs. */

/** The option by which texts may be left out. */
export const ALLOW_MISSING = { name: 'allowMissingVariables', label: 'Allow Missing Variables' } as const;

/** n8n's name for the mode in which fields of the item go to the variables of their names. */
const AUTOMATIC = 'autoMapInputData';

/**
 * The body in the API's form, checked by the template, which is read for that.
 *
 * @param call the item
 * @param files those that are wanted
 * @throws EngineError for what the template does not have, and what would print the name of a variable
 */
export async function templateVideoBody(call: Call, files: readonly JobFile[]): Promise<IDataObject> {
	const mapper = unwrapped(call.body.variables);
	const isAutomatic = isPlainObject(mapper) && (mapper as IDataObject).mappingMode === AUTOMATIC;
	// What is automatic is told by the template; a mapper that was never filled in has no variables.
	const body = checkBody(templateVideo, { ...call.body, variables: isAutomatic ? {} : (call.body.variables ?? {}) }, call.names);
	checkFilesMade(withAdditionalFields(call, body), files);
	checkMoneyOptions(call);
	const template = await templateOf(call);
	const sceneIds = scenesIn(template, body.scene_ids as string[] | undefined);
	const dimension = sizeIn(template, (body.dimension ?? {}) as IDataObject);
	const given = isAutomatic ? fieldsOfItem(call, template) : (body.variables as IDataObject);
	const mayMiss = call.options[ALLOW_MISSING.name] === true;
	checkNames(template, given, mayMiss ? [] : shownVariables(template, sceneIds));
	const variables = givenVariables(call, template, given);
	if (!mayMiss) checkMissing(template, variables.values, sceneIds, isAutomatic);
	givenOfCalls.set(call, variables.given);
	return { ...body, variables: variables.values, ...(dimension === undefined ? {} : { dimension }) };
}

/** What items give, for as long as they are worked on. */
const givenOfCalls = new WeakMap<Call, GivenVariables['given']>();

/**
 * What makes the video of an item another one: the variables that the item gives, without what their records have from the
 * template. HeyGen signs addresses in there anew each time that the template is read.
 *
 * @param body checked, with what the user adds
 * @param call the item
 */
export function templateVideoContent(body: IDataObject, call: Call): IDataObject {
	const { variables } = additionalFields(call);
	const given = [...(givenOfCalls.get(call) ?? [])];
	return { ...body, variables: { given, ...(variables === undefined ? {} : { added: variables }) } } as unknown as IDataObject;
}

/** @throws EngineError for a variable whose value would not reach HeyGen, whether the item still has it or n8n has lost it */
function checkNames({ name, variables }: Template, given: IDataObject, shown: readonly TemplateVariable[]): void {
	const isListed = (lost: string) => variables.some((variable) => variable.name === lost);
	const lost = LOST_NAMES.find((one) => (Object.hasOwn(given, one) && isListed(one)) || shown.some((variable) => variable.name === one));
	if (lost === undefined) return;
	throw inputError(
		`'Variables' cannot fill ${namesInWords([lost])} of the template ${namesInWords([name])}: n8n hands on no field of that name`,
		`Give the variable another name in HeyGen's editor, such as ${namesInWords([`my_${lost.replace(/_/g, '')}`])}. The option '${ALLOW_MISSING.label}' makes videos that do without it.`,
	);
}

function shownVariables({ variables }: Template, sceneIds: string[] | undefined): TemplateVariable[] {
	return variables.filter((variable) => variable.isListed && isShown(variable, sceneIds));
}

/** @throws EngineError when one of the scenes is not the template's */
function scenesIn({ name, sceneIds }: Template, asked: string[] | undefined): string[] | undefined {
	const unknown = asked?.find((id) => !sceneIds.includes(id));
	// Of a template whose scenes HeyGen does not tell, HeyGen alone knows them.
	if (unknown === undefined || sceneIds.length === 0) return asked;
	throw inputError(
		`'Scene IDs' names ${namesInWords([unknown])}, which is no scene of the template ${namesInWords([name])}`,
		`The template's scenes are ${namesInWords(sceneIds)}. They can be chosen, put into another order and repeated.`,
	);
}

function sizeIn({ aspectRatio }: Template, given: IDataObject): IDataObject | undefined {
	const { dimension, problem } = dimensionFor(given, aspectRatio);
	if (problem === undefined) return dimension as IDataObject | undefined;
	throw inputError(
		`'${problem.side === 'width' ? 'Width' : 'Height'}' ${problem.problem}`,
		"HeyGen makes videos in the ratio of their template. Give one side only, and the other follows from it.",
	);
}

/** A text that is left out is printed by its name, and an item none of whose fields fits was hardly meant. */
function checkMissing(template: Template, values: IDataObject, sceneIds: string[] | undefined, isAutomatic: boolean): void {
	const { name, variables } = template;
	// What HeyGen does not list may be meant to stand there as it is.
	const missing = shownVariables(template, sceneIds).filter((variable) => variable.kind === 'text' && !Object.hasOwn(values, variable.name));
	const names = missing.map((variable) => variable.name);
	if (names.length > 0) {
		throw inputError(
			`'Variables' has no value for ${namesInWords(names)}: the video would show ${names.length === 1 ? 'it' : 'them'} as {{${names[0]}}}`,
			`Give ${names.length === 1 ? 'it' : 'each of them'} a text. One that is to be empty takes the expression {{ '' }}, since the editor forgets emptied fields. The option '${ALLOW_MISSING.label}' lets names show in the video.`,
		);
	}
	if (!isAutomatic || variables.length === 0 || Object.keys(values).length > 0) return;
	throw inputError(
		`'Variables' finds no field in the item that is called as a variable of the template ${namesInWords([name])}`,
		`The template's variables are ${namesInWords(variables.map((variable) => variable.name))}. The option '${ALLOW_MISSING.label}' makes the video with the template's own.`,
	);
}

/** Files that only exist when they were asked for would be missed after the money is spent. */
function checkFilesMade(body: IDataObject, files: readonly JobFile[]): void {
	const hasCaptions = body.caption === true || !isNothing(body.subtitles);
	for (const { name, displayName } of files) {
		const isMade = name === 'gif' ? body.include_gif === true : hasCaptions || (name !== 'captionedVideo' && name !== 'subtitles');
		if (isMade) continue;
		const option = name === 'gif' ? "'Include GIF'" : "'Caption' or 'Subtitles'";
		throw inputError(
			`'Download' asks for the file '${displayName}', which the video does not have without the option ${option}`,
			`Add the option ${option}, or remove '${displayName}' from 'Download'.`,
		);
	}
}

/**
 * The voices and characters that an item puts in place of the template's own.
 *
 * @param body checked, with what the item's variables come to
 * @param call the item
 */
export function templateCast(body: IDataObject, call: Call): Appearance[] {
	const values = asRecord(body.variables);
	return (knownTemplate(call)?.variables ?? []).flatMap((variable) => {
		const { name, kind } = variable;
		if (kind !== 'voice' && kind !== 'character') return [];
		const id = Object.hasOwn(values, name) ? leafOf(values[name], kind)?.value : undefined;
		if (typeof id !== 'string' || id === '' || id === currentValue(variable)) return [];
		return [namedAlone(['variables', name], kind === 'voice' ? { voiceId: id } : { lookIds: [id] })];
	});
}

const RATE_NOTE = "HeyGen's price list names no price for videos of templates, and that of an avatar video is taken";

/**
 * What a video of a template orders: an avatar video, as long as its scripts are spoken.
 *
 * @param asked the item's request
 */
export function templateOrder({ call, body }: Asked): Ordered {
	const template = knownTemplate(call);
	const values = asRecord(body.variables);
	const sceneIds = Array.isArray(body.scene_ids) ? (body.scene_ids as string[]) : undefined;
	const order = { kind: 'avatarVideo', rateNote: RATE_NOTE } as const;
	const speech = template === undefined ? undefined : spokenInTemplate(template, values, sceneIds);
	if (speech === undefined) return order;
	const scenes = (sceneIds ?? template?.scenes ?? []).length;
	return { ...order, seconds: speech.seconds, how: `the scripts of ${amount(scenes, 'scene')}: ${speech.formula}` };
}
