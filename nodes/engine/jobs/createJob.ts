import isPlainObject from 'lodash/isPlainObject';
import omit from 'lodash/omit';
import omitBy from 'lodash/omitBy';
import type { IDataObject } from 'n8n-workflow';

import type { JobKind } from '../../heygen/jobs/kind';
import { IDEMPOTENCY_KEY_PATTERN } from '../../heygen/limits';
import { createdIdIn, idIn, idsIn } from '../../heygen/records';
import { isNothing } from '../../heygen/values/reading';
import { slugOf } from '../../heygen/values/text';
import { EngineError, inputError } from '../basics/errors';
import { settle } from '../basics/settle';
import { pause, timing } from '../basics/timing';
import { ADDITIONAL_FIELDS, additionalFields } from '../item/additionalFields';
import { askerOf, type Call, requestOf } from '../item/call';
import { isSameInput, itemKey, keepClaim, keyedAt, ownKey } from '../item/idempotency';
import type { Doubt, Keyed, OpenDoubt } from '../item/started';
import type { ApiReply, ApiRequest } from '../request/apiRequest';
import { answered, knownRecords, recordProblem } from '../request/reply';
import { doubtful, maybeDone } from '../request/requestErrors';
import { retryPause } from '../request/retryPause';
import { lookUpOf } from './lookUp';
import { isReplay, isSentBefore } from './replays';

/** The request that starts one job, sent so that nothing is paid twice and nothing that may exist is forgotten. */

/** What an item asks for. */
export interface Wanted {
	/** Names the create: the body with every file named by what is in it. */
	content: IDataObject;
	/** What is sent. */
	body: IDataObject;
	/** An address for HeyGen to call when the job is over; one of the user's goes instead. */
	callbackUrl?: string | undefined;
}

/**
 * The idempotency key of an item's job.
 *
 * @param call the item
 * @param content what it asks for, with every file named by what is in it
 * @returns undefined when the user switched it off
 * @throws EngineError when the user's own key has a form HeyGen does not accept
 */
export function jobKey(call: Call, content: IDataObject): string | undefined {
	return itemKey(call, call.path, isSameInput(call.options) ? omit(content, CALLBACKS) : content, true);
}

/**
 * How HeyGen recognizes a create that it has been sent before: by the `Idempotency-Key` header, by a field of the body, not
 * at all, or perhaps by the header. A create of the last kind carries its key, and is not sent again once its answer got
 * lost: what has come of it is looked for in HeyGen's list.
 */
export type Recognition = 'header' | { bodyField: string } | 'none' | 'unsure';

/**
 * An item whose own name for the request stands among the additional fields: it counts as its idempotency key, so that two
 * items cannot have it for two things.
 *
 * @param call the item
 * @param recognition how HeyGen recognizes the create
 * @throws EngineError when the item has an idempotency key besides, and another one
 */
export function withOwnName(call: Call, recognition: Recognition): Call {
	if (!isInBody(recognition) || call.options.sendIdempotencyKey === false) return call;
	const name = additionalFields(call)[recognition.bodyField];
	if (typeof name !== 'string' || !IDEMPOTENCY_KEY_PATTERN.test(name)) return call;
	const key = ownKey(call.options);
	if (key === undefined || key === name) return { ...call, options: { ...call.options, idempotencyKey: name } };
	throw inputError(
		`'${ADDITIONAL_FIELDS.label}' has ${recognition.bodyField} "${name}", but 'Idempotency Key' is "${key}"`,
		'HeyGen takes one of them: remove the other.',
	);
}

/**
 * What an item's own key stands for. A message is another one in each run of a loop, though its words are the same: HeyGen
 * would answer the key as before, and the job would never hear the second one.
 *
 * @param call the item
 * @param isAnswer whether it is a message to a job that there is already
 * @param content what it asks for, with every file named by what is in it
 */
export function claimOf({ run }: Call, isAnswer: boolean | undefined, content: IDataObject): unknown {
	return isAnswer === true ? [run.id, content] : content;
}

/** How jobs of an operation are asked for. */
export interface JobRequest {
	kind: JobKind;
	/** What the operation does, for messages: "create the video". */
	doing: string;
	/** Whether a callback ID may be added. */
	sendsCallback: boolean;
	recognition: Recognition;
	/** Whether the create is a message to a job that there is already, whose ID is in the path. */
	isAnswer?: boolean;
	/** Finds the ID of a job whose create was answered without it. */
	locate?: Locate;
}

/**
 * Finds the ID of a job whose create was answered without it.
 *
 * @param record what was answered
 * @param asked what was asked for
 * @returns undefined when it is not clear which one it is
 */
export type Locate = (call: Call, record: IDataObject, asked: IDataObject) => Promise<string | undefined>;

/** What was created. */
export interface Created {
	/** HeyGen's answer, or only the id, which an earlier try has brought. */
	created: IDataObject;
	/** Whether an earlier execution has made it. */
	isOld: boolean;
}

/**
 * Starts one job.
 *
 * @param call the item
 * @param job how it is asked for
 * @param wanted what is asked for
 * @throws EngineError when HeyGen refuses it, or no answer says what it has made
 */
export async function create(
	call: Call,
	{ kind, doing, sendsCallback, recognition, isAnswer = false, locate }: JobRequest,
	{ content, body: asked, callbackUrl }: Wanted,
): Promise<Created> {
	const { run, itemIndex, variant } = call;
	const key = canBeRecognized(recognition, asked) ? jobKey(call, content) : undefined;
	const keyed = keyedAt(call, call.path, key);
	const isUnsure = recognition === 'unsure';
	const isOldJob = (id: string) => key !== undefined && (isAnswer ? isSentBefore(call, key) : isReplay(call, id));
	const earlier = isUnsure ? run.started.madeWith(keyed) : run.started.forgottenByHeyGen(keyed);
	if (earlier !== undefined) return { created: { [kind.idField]: earlier.id }, isOld: !isUnsure || isOldJob(earlier.id) };
	const body: IDataObject = {
		...(callbackUrl === undefined ? {} : { callback_url: callbackUrl }),
		...asked,
		...ownField(recognition, key, asked),
		...(sendsCallback ? callbackId(call, asked, keyed) : {}),
	};
	const mayBeOlder = run.started.doubtsAbout(keyed).length > 0;
	// A callback ID of the user's own may be that of other jobs as well.
	const lookUp = asked.callback_id === undefined ? lookUpOf(call, kind, body, mayBeOlder) : undefined;
	const request: ApiRequest = {
		...requestOf(call),
		body,
		doing,
		startsJob: kind.lane,
		...(lookUp === undefined ? {} : { lookUp }),
		...(key === undefined ? {} : isInBody(recognition) ? { repeatable: true } : { idempotencyKey: key }),
		...(isUnsure ? { repeatable: false } : {}),
	};
	const claimed = claimOf(call, isAnswer, content);
	const about = {
		what: `the ${kind.noun}${variant === undefined ? '' : ` (${variant.name})`}`,
		items: [itemIndex],
		...(variant === undefined ? {} : { variants: [variant.name] }),
		...(typeof body.callback_id === 'string' ? { callbackIds: [body.callback_id] } : {}),
		...(isUnsure ? { isUnheeded: true } : {}),
		...keyed,
	};
	const idFields = [kind.idField, ...(kind.createdIdField === undefined ? [] : [kind.createdIdField])];
	// An earlier try may have left it behind.
	const left = mayBeOlder ? await lookUp?.() : undefined;
	const found = left === undefined ? undefined : createdIdIn(left, idFields);
	if (isUnsure && mayBeOlder && found === undefined) throw notAskedAgain(request, kind);
	const named = {
		noun: kind.noun,
		fields: idFields,
		own: isAnswer ? call.ids[kind.idField] : undefined,
		known: run.started.madeWith(keyed)?.id,
		recordIn: kind.createdRecord,
		locate,
	};
	const asking = async (): Promise<Named> =>
		found === undefined ? await askUntilNamed(call, request, about, named) : { id: found, record: {}, doubt: run.started.open(about) };
	const made = await settle(asking());
	if (!made.ok) {
		if (run.started.doubtsAbout(keyed).length > 0) keepClaim(call, claimed);
		const known = run.started.madeWith(keyed);
		if (known === undefined || call.client.signal?.aborted === true) throw made.error;
		// An earlier try has brought the id. The refusal is about making another one, which is not wanted.
		return { created: { [kind.idField]: known.id }, isOld: isOldJob(known.id) };
	}
	const { id, record, doubt } = made.value;
	const isOld = isOldJob(id);
	run.started.add({ kind: kind.noun, id, ...askerOf(call), ...keyed });
	doubt.made();
	keepClaim(call, claimed);
	const isIdList = (value: unknown, field: string) => field === kind.createdIdField && Array.isArray(value);
	return { created: { ...omitBy(record, isIdList), [kind.idField]: id }, isOld };
}

function isInBody(recognition: Recognition): recognition is { bodyField: string } {
	return typeof recognition === 'object';
}

/** Whether HeyGen recognizes a create that it is sent again. The user may have put into the body's field what is no name. */
function canBeRecognized(recognition: Recognition, asked: IDataObject): boolean {
	if (!isInBody(recognition)) return recognition !== 'none';
	const given = asked[recognition.bodyField];
	return isNothing(given) || typeof given === 'string';
}

/**
 * The field of a body by which HeyGen recognizes a create. A field that the user adds wins, as a key of the user's own does;
 * one that is empty would make a second job of a lost answer.
 */
function ownField(recognition: Recognition, key: string | undefined, asked: IDataObject): IDataObject {
	if (!isInBody(recognition) || key === undefined || !isNothing(asked[recognition.bodyField])) return {};
	return { [recognition.bodyField]: key };
}

/** An answer that names what it has made. */
interface Named {
	id: string;
	record: IDataObject;
	/** To be told once the id is recorded. */
	doubt: OpenDoubt;
}

/** Where answers name what was made. */
interface Naming {
	/** What it is, for messages. */
	noun: string;
	/** Where a record has its id, besides `id`. */
	fields: readonly string[];
	/** The id, where it is known without the answer. */
	own?: string | undefined;
	/** The id that an earlier try with the same key has brought. */
	known?: string | undefined;
	/** The record in an answer that holds more than one. */
	recordIn?: JobKind['createdRecord'];
	locate?: Locate | undefined;
}

/**
 * Sends a create until an answer names what was made. One of success that does not is as good as lost: asked again with
 * the same idempotency key, HeyGen may say more.
 *
 * @param call the item
 * @param request what is sent, with its key
 * @param about what may come of it, and the same key
 * @param naming where answers name it
 * @throws EngineError when HeyGen refuses it, or no answer names anything
 */
export async function askUntilNamed(call: Call, request: Omit<ApiRequest, 'doubt'>, about: Doubt, naming: Naming): Promise<Named> {
	const { noun, fields, own, known, recordIn, locate } = naming;
	for (let tries = 0; ; tries++) {
		// One for each time that it is asked: a refusal settles only what it answers.
		const doubt = call.run.started.open({ ...about });
		const { body } = await call.client.send({ ...request, doubt });
		const answer = isPlainObject(body.data) ? (body.data as IDataObject) : undefined;
		const record = answer === undefined ? undefined : ((recordIn?.(answer) ?? answer) as IDataObject);
		const told = record === undefined ? undefined : createdIdIn(record, fields);
		const id = own ?? told ?? (record === undefined ? undefined : (known ?? (await locate?.(call, record, request.body ?? {}))));
		if (id !== undefined) return { id, record: record ?? {}, doubt };
		if (about.key === undefined || request.repeatable === false || tries === timing.retryCount) {
			const left = await request.lookUp?.();
			const found = left === undefined ? undefined : createdIdIn(left, fields);
			if (found !== undefined) return { id: found, record: {}, doubt };
			throw namesNothing(request, body, noun, fields);
		}
		await pause(retryPause(tries), call.client.signal);
		if (tries === 0) call.run.report.repeated();
	}
}

/**
 * Makes sure that an item's create may be sent, where HeyGen may not recognize one that it has been sent before. To be called
 * before the checkpoint: what may have been made already ends its item, and the others are not made in vain.
 *
 * @param call the item
 * @param job how it is asked for
 * @param key the create's idempotency key
 * @throws EngineError when an earlier try may have made what it asks for
 */
export function checkAskable(call: Call, { kind, doing, recognition }: Pick<JobRequest, 'kind' | 'doing' | 'recognition'>, key: string | undefined): void {
	const { started } = call.run;
	const keyed = keyedAt(call, call.path, key);
	if (recognition !== 'unsure' || started.madeWith(keyed) !== undefined || started.doubtsAbout(keyed).length === 0) return;
	throw notAskedAgain({ ...requestOf(call), doing, repeatable: false, ...(key === undefined ? {} : { idempotencyKey: key }) }, kind);
}

/** The error of a create that is not sent again, since an earlier try may have made what it asks for. */
function notAskedAgain(request: ApiRequest, { noun }: JobKind): EngineError {
	return new EngineError(
		`Could not ${request.doing}: an earlier try, whose answer did not arrive, may have made the ${noun}`,
		maybeDone(request),
		doubtful(request, true),
	);
}

/** Fields by which HeyGen tells of a job: another address to tell is no other video. */
const CALLBACKS = ['callback_id', 'callback_url'];

/** The error for answers of success that do not say what was made, with whatever id is in there. */
function namesNothing(
	request: ApiRequest,
	body: ApiReply['body'],
	noun: string,
	fields: readonly string[],
): EngineError {
	const { data } = body;
	const named = knownRecords(data).flatMap((entry) => idIn(entry, fields) ?? []);
	const found = named.length > 0 ? named : idsIn(data, request.path);
	const problem = recordProblem(data) ?? `HeyGen's answer names no ${noun} ID`;
	return new EngineError(`Could not ${request.doing}: ${problem}`, `${maybeDone(request)} ${answered(data)}`, {
		mayExist: true,
		callback_id: request.body?.callback_id,
		...(found.length === 0 ? {} : { ids: found }),
	});
}

/**
 * The callback ID of a job, by which a video is found again from its execution and the other way round. HeyGen's events
 * name it. The user's own wins. What may exist already is known by the callback ID that it was first asked for with.
 *
 * @param call the item
 * @param body what is asked for
 * @param keyed its idempotency key
 * @returns the body's field; nothing when it has one, or the user wants none
 */
export function callbackId(call: Call, body: IDataObject, keyed: Keyed): IDataObject {
	const { context, itemIndex, options, run, variant } = call;
	const first = run.started.doubtsAbout(keyed)[0]?.callbackIds?.[0];
	if (first !== undefined) return { callback_id: first };
	if (body.callback_id !== undefined || options.sendCallbackId === false) return {};
	const execution = context.getExecutionId() || 'unsaved';
	const node = run.memory.nodeNumber();
	const place = [...(node === 1 ? [] : [`node${node}`]), ...run.place];
	const own = variant === undefined ? [] : [slugOf(variant.name)];
	return { callback_id: ['n8n', execution, ...place, itemIndex, ...own].join('-') };
}
