import type { Ordered } from '../../engine/item/call';
import { AVATAR_ENGINES } from '../../heygen/schemas/avatarVideo';
import { isNothing } from '../../heygen/values/reading';
import { shown } from '../../heygen/values/text';

const CHEAP = 'avatar_iii';

/**
 * The price of a video by the engines that move its avatars. That of an engine which came later is not in HeyGen's price
 * list yet.
 *
 * @param engines one for each avatar; nothing stands for Avatar IV, HeyGen's default
 */
export function avatarPrice(engines: readonly unknown[]): Pick<Ordered, 'kind' | 'rateNote'> {
	const strange = engines.find((engine) => !isNothing(engine) && !AVATAR_ENGINES.some((known) => known === engine));
	const cheap = engines.filter((engine) => engine === CHEAP).length;
	if (cheap > 0 && cheap === engines.length) return { kind: 'avatarVideoIii' };
	if (strange !== undefined) {
		const rateNote = `the price of the engine ${shown(strange)} is not known here, and that of Avatar IV and Avatar V is taken`;
		return { kind: 'avatarVideo', rateNote };
	}
	if (cheap === 0) return { kind: 'avatarVideo' };
	return { kind: 'avatarVideo', rateNote: 'scenes with Avatar III cost less, and all are taken as scenes with Avatar IV and Avatar V' };
}
