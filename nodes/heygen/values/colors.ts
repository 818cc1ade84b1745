import { isNothing, NOTHING, refusedReading, type Reading } from './reading';
import { trimBlank } from './text';

/** "#1A2B3C", and what else is understood: style sheets write #FFF for #FFFFFF, and sheets leave the sign out. */
const COLOR = /^#?([0-9a-f]{6}|[0-9a-f]{3})$/i;

/**
 * A color, as HeyGen writes it: "#1A2B3C".
 *
 * @param given as the parameter has it
 */
export function readColor(given: unknown): Reading<string> {
	if (isNothing(given)) return NOTHING;
	const [, digits] = typeof given === 'string' ? (COLOR.exec(trimBlank(given)) ?? []) : [];
	if (digits === undefined) return refusedReading('a color such as #1A2B3C', given);
	return { value: `#${digits.length === 3 ? digits.replace(/./g, '$&$&') : digits}` };
}
