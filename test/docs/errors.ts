/** The table of HeyGen's errors: what they mean is written here, all else comes from the code that deals with them. */
import { adviceFor } from '../../nodes/heygen/errors';
import { isNotReady, judgeReply } from '../../nodes/engine/request/judgeReply';
import { type Section, table } from './sections';

/** HeyGen's codes of one meaning, with the status they come with; no code stands for all others of the status. */
interface Meaning {
	status: number;
	codes: readonly string[];
	meaning: string;
}

const one = (status: number, code: string, meaning: string): Meaning => ({ status, codes: [code], meaning });
const any = (status: number, meaning: string): Meaning => ({ status, codes: [], meaning });

/** HeyGen's codes (API reference, section Codes). */
export const MEANINGS: readonly Meaning[] = [
	one(400, 'avatar_consent_required', 'The person behind the avatar has not agreed to its use.'),
	one(400, 'content_policy_violation', 'The script or a file is against HeyGen\'s rules.'),
	one(400, 'download_failed', 'HeyGen cannot fetch an address that it was given.'),
	one(400, 'resource_limit_reached', 'The account has as many of these as its plan allows, such as voices of its own.'),
	one(400, 'script_too_short', 'The script is too short for a video.'),
	one(400, 'tts_text_invalid', 'HeyGen cannot speak the text.'),
	one(400, 'voice_unavailable', 'The voice cannot speak here.'),
	any(400, 'A field of the request is wrong, or something it names cannot be used. Codes: `invalid_parameter`, `avatar_expired`, `avatar_not_usable`, `hyperframes_project_invalid`, `hyperframes_project_too_large`, `resource_limit_exceeded` and others.'),
	any(401, 'The API key is not valid. Codes: `unauthorized`, `authentication_failed`.'),
	one(402, 'insufficient_credit', 'The balance does not cover the request.'),
	one(402, 'plan_upgrade_required', 'The plan does not include the request, such as its resolution.'),
	one(402, 'subscription_required', 'The request needs a plan.'),
	one(402, 'trial_limit_exceeded', 'The trial is over.'),
	any(402, 'The balance or the plan does not cover the request.'),
	one(403, 'insufficient_api_key_scope', 'The API key lacks a scope.'),
	one(403, 'phone_verification_required', 'HeyGen wants the phone number of the account verified.'),
	one(403, 'voice_not_usable', 'The account may not use the voice.'),
	any(403, 'The API key may not do this. Codes: `forbidden`, `ai_vendor_access_restricted`, `resource_access_denied`.'),
	one(404, 'asset_not_found', 'There is no such asset.'),
	one(404, 'avatar_not_found', 'There is no such look.'),
	one(404, 'video_not_found', 'There is no such video.'),
	one(404, 'voice_not_found', 'There is no such voice.'),
	any(404, 'There is no such thing, or no such address. Codes: `not_found`, `resource_not_found`, `asset_not_available`, `avatar_group_not_found`, `hyperframes_render_not_found`, `webhook_not_found`.'),
	one(409, 'request_in_progress', 'HeyGen still works on the first request with the same idempotency key.'),
	one(409, 'resource_not_ready', 'A file or an avatar that the video needs is not ready yet.'),
	any(413, 'The request is too large. Code: `payload_too_large`.'),
	any(414, 'The address of the request is too long.'),
	any(422, 'A field of the request is wrong.'),
	one(429, 'quota_exceeded', 'The quota is used up.'),
	any(429, 'Too many requests in a moment, or too many running jobs. Code: `rate_limit_exceeded`.'),
	any(431, 'The address of the request is too long.'),
	any(500, 'HeyGen has failed. Every higher status means the same. Codes: `internal_error`, `voice_provider_error`, `service_unavailable` (503), `gateway_timeout` (504).'),
];

/** What the nodes do about an answer by themselves, when the request may be repeated. */
function ownRetry(status: number, code: string): string {
	const body = { error: { code } };
	if (isNotReady(status, body)) return 'yes, for a create';
	return { ok: '', fail: 'no', limited: 'yes, in its turn', inProgress: 'yes', retry: 'yes' }[judgeReply(status, body, true)];
}

/** The sections of docs/errors.md that list HeyGen's errors. */
export function errorSections(): Section[] {
	const hasCodes = (status: number) => MEANINGS.some((other) => other.status === status && other.codes.length > 0);
	const rows = MEANINGS.flatMap(({ status, codes, meaning }) =>
		(codes.length === 0 ? [''] : codes).map((code) => [
			String(status),
			code !== '' ? `\`${code}\`` : hasCodes(status) ? 'any other' : 'any',
			meaning,
			adviceFor(status, code),
			ownRetry(status, code),
		]),
	);
	return [{ file: 'docs/errors.md', name: 'codes', text: table(['Status', "HeyGen's code", 'What it means', 'What to do', 'Tried again'], rows) }];
}
