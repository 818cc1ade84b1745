import { API_KEYS_PAGE } from './baseUrl';
import { reasonIn } from './reasons';
import { trimEndOf } from './values/text';

/** HeyGen's error envelope, and what a user can do about each code (API reference, section Errors). */

/** The part of HeyGen's error envelope that this package reads. */
export interface HeyGenError {
	/** Lower-case snake case, e.g. `invalid_parameter`, or a number; empty when HeyGen sent none. */
	code: string;
	message: string;
	/** The request field that HeyGen objects to. */
	param?: string;
	docUrl?: string;
}

/**
 * Reads an error out of whatever HeyGen (or a proxy before it) answered.
 *
 * @param body the reply's body, parsed or not
 * @returns code and message; both empty when the body tells no reason
 */
export function readHeyGenError(body: unknown): HeyGenError {
	const { message = '', code = '' } = isPage(body) ? {} : reasonIn(body);
	const told = firstRecord((body as { error?: unknown } | null | undefined)?.error ?? body);
	return {
		// The changelog prints some codes in upper case.
		code: code.toLowerCase(),
		message,
		param: wayOf(told.param) ?? wayOf(told.loc),
		docUrl: textOf(told.doc_url),
	};
}

/** What a proxy, a firewall or a login page in between has sent says nothing in words of its own. */
function isPage(body: unknown): boolean {
	return typeof body === 'string' && /^\s*</.test(body);
}

/** The record that names a field: the error itself, or the first of those that a validator lists. */
function firstRecord(error: unknown): Record<string, unknown> {
	const record = (error ?? {}) as Record<string, unknown>;
	for (const list of [error, record.detail, record.errors]) {
		const [first] = Array.isArray(list) ? (list as unknown[]) : [];
		if (typeof first === 'object' && first !== null) return first as Record<string, unknown>;
	}
	return record;
}

function textOf(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Parts of a request, with which validators begin the way to a field. */
const REQUEST_PARTS: readonly unknown[] = ['body', 'query', 'path', 'header'];

/** The way to a field as HeyGen writes it, "videos[3].script": validators list its steps. */
function wayOf(loc: unknown): string | undefined {
	if (!Array.isArray(loc)) return textOf(loc);
	const steps = (loc as unknown[]).filter((step) => Number.isSafeInteger(step) || textOf(step) !== undefined);
	const inside = steps.length > 1 && REQUEST_PARTS.includes(steps[0]) ? steps.slice(1) : steps;
	const way = inside.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
	return textOf(way.replace(/^\./, ''));
}

/**
 * Whether a status says that the fields of a request are not right.
 *
 * @param status HTTP status
 */
export function isAboutFields(status: number): boolean {
	return status === 400 || status === 422;
}

/** What to do about a key that lacks a scope. */
const NEW_KEY = 'Create a key with that scope in HeyGen and put it into the credential.';

const MISSING_SCOPE = 'insufficient_api_key_scope';

const ADVICE_BY_CODE: Record<string, string> = {
	insufficient_credit:
		"The HeyGen account's balance is too low for this. Top it up in HeyGen's billing settings, then run the item again.",
	trial_limit_exceeded: "The account's trial is used up. Choose a plan in HeyGen, then run again.",
	subscription_required: "The account's plan does not include this. Choose another plan in HeyGen.",
	plan_upgrade_required:
		"The account's plan does not include this. Upgrade it in HeyGen, or choose a lower resolution or another engine.",
	insufficient_api_key_scope: `The API key lacks the permission that this needs. ${NEW_KEY}`,
	phone_verification_required: 'Verify the phone number of the HeyGen account first.',
	quota_exceeded:
		"The account's quota is used up; trying again does not help until it is renewed or raised in HeyGen.",
	avatar_not_found:
		"Pick the avatar again from the list: the ID must be that of a look (not of an avatar group), and one that this account's key can see. A look that is still in training is not found either.",
	voice_unavailable: "HeyGen cannot speak with this voice here. For speech without a video pick one from the list, which has only those of the engine Starfish; a clone must be complete.",
	voice_not_usable: 'Pick another voice from the list: the account may not use this one, or not here.',
	tts_text_invalid: 'HeyGen cannot speak this text. Look for tags that are not closed, and for text without a word in it.',
	resource_limit_reached: "The account has as many of these as its plan allows, voices or avatars of its own for example: delete one in HeyGen, or choose a larger plan.",
	voice_not_found: 'Pick the voice again from the list, or check that the ID belongs to this account.',
	video_not_found: 'Check the video ID: the video may be deleted, or belong to another HeyGen account.',
	asset_not_found:
		'Check the asset ID: the asset may be deleted or belong to another account, or its upload may not be complete.',
	avatar_consent_required: "The avatar's owner has to give consent in HeyGen before it can speak.",
	content_policy_violation: "HeyGen's content policy refuses this script or file; change it and run again.",
	download_failed:
		'HeyGen could not fetch a URL you gave. It must be public, without login, and end in the extension of its real format.',
	resource_not_ready: 'What this is made from, such as a file or an avatar, is not ready in HeyGen yet. Run the item again in a few minutes.',
	script_too_short: 'Give the avatar more to say.',
	request_in_progress:
		"An earlier request with the same idempotency key is still being processed. n8n's Retry On Fail attaches to it without paying twice; before a run by hand look into 'Get Many'.",
};

const TOO_LONG_TO_ASK = 'The request is too long. Shorten the text in the fields and filters, or give fewer IDs.';

const NO_FIELD = 'HeyGen does not say which field it objects to: compare the fields of the item with what it says.';

const ADVICE_BY_STATUS: Record<number, string> = {
	400: NO_FIELD,
	422: NO_FIELD,
	401: `Check the API key in the credential. HeyGen makes keys at ${API_KEYS_PAGE}.`,
	402: "The HeyGen account's balance or plan does not cover this. Check it in HeyGen's billing settings.",
	403: 'The API key may not do this. Check its scopes, and that the resource belongs to the same account.',
	404: "Check the ID, if one was given: what it stands for may be deleted, or belong to another HeyGen account. Otherwise, or if that happens with every ID, check the credential's 'Base URL'.",
	413: 'Send less, or a smaller file.',
	414: TOO_LONG_TO_ASK,
	431: TOO_LONG_TO_ASK,
	429: "HeyGen refuses more requests or more running jobs for now. Raise 'Queue Timeout' in the Request Options of the node's Settings tab, or run fewer items at a time.",
};

/** What not every plan includes, by the beginning of its paths, and what is known of the plans that do. */
const OF_PLANS: ReadonlyArray<{ path: string; feature: string; plans: string }> = [
	// "Gated to Enterprise on self-serve" (API reference, section Translation and proofreading).
	{ path: '/v3/video-translations/proofreads', feature: 'proofreads', plans: ', which HeyGen offers with Enterprise plans' },
	{ path: '/v3/video-translations', feature: 'video translations', plans: '' },
	{ path: '/v3/lipsyncs', feature: 'lipsyncs', plans: '' },
];

/** Codes by which HeyGen refuses what a plan does not include; it may also give none. */
const PLAN_CODES: ReadonlySet<string> = new Set(['', 'forbidden', 'plan_upgrade_required', 'subscription_required']);

/**
 * What the account's plan does not include, where that is what HeyGen refuses a request for.
 *
 * @param status HTTP status
 * @param error what HeyGen has answered
 * @param path the request's
 * @returns undefined for other refusals, and for what every plan includes
 */
function missingInPlan(status: number, { code }: HeyGenError, path: string): (typeof OF_PLANS)[number] | undefined {
	if ((status !== 402 && status !== 403) || !PLAN_CODES.has(code)) return undefined;
	return OF_PLANS.find(({ path: own }) => path === own || path.startsWith(`${own}/`));
}

/**
 * Whether HeyGen refuses a request as a whole, so that no field of it is to blame.
 *
 * @param status HTTP status
 * @param error what HeyGen has answered
 * @param path the request's
 */
export function isOfPlan(status: number, error: HeyGenError, path = ''): boolean {
	return missingInPlan(status, error, path) !== undefined;
}

/** Refusals of which pages say something else than HeyGen would. */
const ABOUT_REQUEST: ReadonlySet<number> = new Set([400, 401, 402, 403, 404]);

/** A firewall's 403 is no word about the key's scopes. */
const FROM_BETWEEN =
	"A web page came instead of HeyGen's answer: a proxy or firewall between n8n and HeyGen may have refused the request. Check what stands there, and the credential's 'Base URL'.";

/**
 * What the user can do about a refusal, by who has answered.
 *
 * @param status HTTP status
 * @param body the reply's body
 * @param path the request's, by which a scope is known that HeyGen does not name
 * @returns a sentence or two, or an empty string when there is nothing useful to say
 */
export function adviceOn(status: number, body: unknown, path = ''): string {
	if (isPage(body) && ABOUT_REQUEST.has(status)) return FROM_BETWEEN;
	const error = readHeyGenError(body);
	const scopes = missingScopes(error, path);
	if (scopes.length === 1) return `The API key lacks the scope ${scopes[0]}. ${NEW_KEY}`;
	if (scopes.length > 1) return `The API key lacks a scope. HeyGen names ${scopes.join(', ')}. ${NEW_KEY}`;
	const missing = missingInPlan(status, error, path);
	if (missing === undefined) return adviceFor(status, error.code, error.param);
	const orKey = status === 403 ? ' If the plan does, check the scopes of the API key, and that the ID is of the same account.' : '';
	const orBalance = status === 402 && error.code === '' ? " Or its balance is too low: HeyGen's billing settings show both." : '';
	return `The plan of the HeyGen account does not include ${missing.feature}${missing.plans}, or not with these options. Compare the plans in HeyGen's billing settings.${orBalance}${orKey}`;
}

/**
 * What HeyGen refuses a request for: its own words, with the scope that the key lacks.
 *
 * @param error what HeyGen has answered
 * @param path the request's
 * @returns an empty string when HeyGen says nothing
 */
export function refusalWords(error: HeyGenError, path = ''): string {
	const [scope, ...others] = missingScopes(error, path);
	if (scope === undefined || others.length > 0 || error.message.includes(scope)) return error.message;
	const words = `the API key lacks the scope ${scope}`;
	return error.message === '' ? words : `${trimEndOf(error.message, '. ')} (${words})`;
}

/** A scope as HeyGen writes it. */
const SCOPE = /^[a-z][a-z_-]{0,40}:[a-z][a-z_-]{0,40}$/;

/** Between the words of a message. */
const BETWEEN = /[\s"'`,;()[\]{}<>]+/;

/** The scopes that a message names: "videos:read", "scope:videos:read". */
function scopesIn(message: string): string[] {
	const words = message.split(BETWEEN).map((word) => trimEndOf(word.replace(/^scopes?[:=]/i, ''), '.:!?'));
	return [...new Set(words.filter((word) => SCOPE.test(word)))];
}

/** Scopes of requests for which HeyGen may not name any (API reference, section Scoped API keys). */
const SCOPE_OF_PATH: ReadonlyMap<string, string> = new Map([['/v3/users/me', 'account:read']]);

/** The scopes that HeyGen names, or else the one that the path is known to need; none for other errors. */
function missingScopes({ code, message }: HeyGenError, path: string): string[] {
	if (code !== MISSING_SCOPE) return [];
	const named = scopesIn(message);
	const known = SCOPE_OF_PATH.get(path);
	return named.length > 0 || known === undefined ? named : [known];
}

/**
 * What the user can do about an answer of HeyGen's.
 *
 * @param status HTTP status
 * @param code HeyGen's error code, may be empty
 * @param param the field that HeyGen objects to, if it names one
 * @returns a sentence or two, or an empty string when there is nothing useful to say
 */
export function adviceFor(status: number, code: string, param?: string): string {
	if (Object.hasOwn(ADVICE_BY_CODE, code)) return ADVICE_BY_CODE[code] as string;
	if (param !== undefined && (isAboutFields(status) || status < 300)) return 'Check the field named above.';
	const known = ADVICE_BY_STATUS[status];
	if (known !== undefined) return known;
	return status >= 500
		? 'HeyGen had trouble of its own. Run the item again later.'
		: '';
}
