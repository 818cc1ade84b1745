/** Answer of the operation that asks the person of an avatar for consent. */
import { randomUUID } from 'node:crypto';
import { findUnusableUse, useOfInput } from '../assets/asset-uses';
import { consentPageUrl } from '../files/file-names';
import { ApiError, invalidParameter, type Violation } from '../server/errors';
import { asText, type Fields } from '../server/fields';
import { type Handlers, ok } from '../server/operation';
import { groupOf, ownGroupOf, presentGroup } from './avatar-answers';

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

function checkConsent({ consent_text: text, consent_video: video, reroute_url: reroute }: Fields): Violation[] {
	if (/[<>]/.test(asText(text) ?? '')) return [{ param: 'consent_text', message: 'consent_text must not contain < or >' }];
	if (!isGiven(video) || (!isGiven(text) && !isGiven(reroute))) return [];
	return [{ param: 'consent_video', message: 'consent_video excludes consent_text and reroute_url' }];
}

export const consentHandlers: Handlers = {
	'POST /v3/avatars/{group_id}/consent': (call) => {
		const { world, body, now } = call;
		const { id } = ownGroupOf(call);
		const violations = checkConsent(body);
		if (violations.length > 0) throw invalidParameter(violations);
		const { consentOnce, validateAssets } = world.config;
		const use = useOfInput(body.consent_video, ['video'], 'consent_video');
		const problem = validateAssets ? findUnusableUse([use], world.assets, now) : null;
		if (problem) throw problem;
		if (consentOnce && world.avatars.hasConsent(id)) {
			throw new ApiError(409, 'conflict', `The person of avatar group ${id} has given consent already`);
		}
		// A recording of the consent is the consent, and nobody has to open a page.
		const isRecorded = isGiven(body.consent_video);
		if (isRecorded) world.avatars.giveConsent(id);
		const url = isRecorded ? null : consentPageUrl(randomUUID());
		return ok({ data: { avatar_group: presentGroup(groupOf(call), call), url } });
	},
};
