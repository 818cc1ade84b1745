/** Groups of avatars: one person with all the looks of that person. */
import type { Group } from '../catalogue/catalogue';
import type { ItemError } from '../server/errors';
import type { LookNow } from './avatar';

/** What is known of a group without its looks. */
export interface GroupBase extends Omit<Group, 'looks' | 'gender'> {
	gender: string | null;
}

/** A group as it is at a moment. */
export interface GroupNow extends Omit<GroupBase, 'status'> {
	looks: LookNow[];
	status: string | null;
	consentStatus: 'pending' | 'completed' | null;
	hasPicture: boolean;
	error: ItemError | null;
}

/** A group is as far as the best of its looks, unless somebody has yet to agree. */
function statusOf({ ownership, status }: GroupBase, looks: readonly LookNow[]): string | null {
	if (ownership === 'public' || looks.length === 0) return status;
	const at = (stage: LookNow['stage']): LookNow | undefined => looks.find((look) => look.stage === stage);
	const first = at('unconsented') ?? at('usable') ?? at('training') ?? at('failed');
	return first?.status ?? null;
}

/**
 * A group with its looks as they are.
 * @param hasAgreed whether the person has given consent here.
 */
export function groupNow(base: GroupBase, name: string, looks: LookNow[], hasAgreed: boolean): GroupNow {
	const status = statusOf(base, looks);
	const isAwaited = looks.some(({ awaitsConsent }) => awaitsConsent);
	return {
		...base,
		name,
		looks,
		status,
		defaultVoiceId: base.defaultVoiceId ?? looks.find((look) => look.defaultVoiceId !== null)?.defaultVoiceId ?? null,
		consentStatus: isAwaited ? 'pending' : hasAgreed ? 'completed' : null,
		hasPicture: looks.length === 0 || looks.some(({ hasPicture }) => hasPicture),
		error: status === 'failed' ? (looks[0]?.error ?? null) : null,
	};
}
