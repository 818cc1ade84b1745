/** HeyGen's error envelope, and what a user can do about each code (API reference, section Errors). */

/** The part of HeyGen's error envelope that this package reads. */
export interface HeyGenError {
	/** Lower-case snake case, e.g. `invalid_parameter`; empty when HeyGen sent none. */
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
 * @returns code and message; both empty when the body is not HeyGen's envelope
 */
export function readHeyGenError(body: unknown): HeyGenError {
	const error = (body as { error?: unknown } | null | undefined)?.error;
	if (typeof error === 'string') return { code: '', message: error };
	if (typeof error !== 'object' || error === null) {
		const message = (body as { message?: unknown } | null | undefined)?.message;
		return { code: '', message: typeof message === 'string' ? message : '' };
	}
	const fields = error as Record<string, unknown>;
	const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
	return {
		// The changelog prints some codes in upper case.
		code: text(fields.code)?.toLowerCase() ?? '',
		message: text(fields.message) ?? '',
		param: text(fields.param),
		docUrl: text(fields.doc_url),
	};
}

const ADVICE_BY_CODE: Record<string, string> = {
	insufficient_credit:
		"The HeyGen account's balance is too low for this. Top it up in HeyGen's billing settings, then run the item again.",
	trial_limit_exceeded: "The account's trial is used up. Choose a plan in HeyGen, then run again.",
	subscription_required: "The account's plan does not include this. Choose another plan in HeyGen.",
	plan_upgrade_required:
		"The account's plan does not include this. Upgrade it in HeyGen, or choose a lower resolution or another engine.",
	insufficient_api_key_scope:
		'The API key lacks the permission that this needs. Create a key with that scope in HeyGen and put it into the credential.',
	phone_verification_required: 'Verify the phone number of the HeyGen account first.',
	quota_exceeded:
		"The account's quota is used up; trying again does not help until it is renewed or raised in HeyGen.",
	avatar_not_found:
		"Pick the avatar anew from the list: the id must be that of a look (not of an avatar group), and one that this account's key can see. A look that is still in training is not found either.",
	voice_not_found: 'Pick the voice anew from the list, or check that the id belongs to this account.',
	video_not_found: 'Check the video id: it may be deleted, or belong to another HeyGen account.',
	asset_not_found:
		'Check the asset id: it may be deleted, belong to another account, or its upload may not be complete.',
	avatar_consent_required: "The avatar's owner has to give consent in HeyGen before it can speak.",
	content_policy_violation: "HeyGen's content policy refuses this script or file; change it and run again.",
	download_failed:
		'HeyGen could not fetch a URL you gave. It must be public, without login, and end in the extension of its real format.',
	script_too_short: 'Give the avatar more to say.',
	request_in_progress:
		"An earlier request with the same idempotency key is still being processed. n8n's Retry On Fail attaches to it without paying twice; before a run by hand look into 'Get Many'.",
};

const TOO_LONG_TO_ASK = 'What is asked for is too long. Shorten the text in the fields and filters, or give fewer ids.';

const ADVICE_BY_STATUS: Record<number, string> = {
	400: 'HeyGen does not say which field it objects to: compare the fields of the item with what it says.',
	401: 'Check the API key in the credential. A key is made in HeyGen under Settings > API.',
	402: "The HeyGen account's balance or plan does not cover this. Check it in HeyGen's billing settings.",
	403: 'The API key may not do this. Check its scopes, and that the resource belongs to the same account.',
	404: "Check the id: it may be deleted, or belong to another HeyGen account. If that happens with every id, check the credential's 'Base URL'.",
	413: 'Send less, or a smaller file.',
	414: TOO_LONG_TO_ASK,
	431: TOO_LONG_TO_ASK,
	429: "HeyGen refuses more requests or more running jobs for now. Raise 'Queue Timeout' in the options, or run fewer items at a time.",
};

/**
 * What the user can do about an answer.
 *
 * @param status HTTP status
 * @param code HeyGen's error code, may be empty
 * @param param the field that HeyGen objects to, if it names one
 * @returns a sentence or two, or an empty string when there is nothing useful to say
 */
export function adviceFor(status: number, code: string, param?: string): string {
	if (Object.hasOwn(ADVICE_BY_CODE, code)) return ADVICE_BY_CODE[code] as string;
	if (status === 400 && param !== undefined) return 'Check the field named above.';
	const known = ADVICE_BY_STATUS[status];
	if (known !== undefined) return known;
	return status >= 500
		? 'HeyGen had trouble of its own. Run the item again later.'
		: '';
}
