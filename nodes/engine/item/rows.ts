import { isNothing } from '../../heygen/values/reading';
import { type Settings, withSettings } from './given';

/**
 * Whether a field of a row counts, by the fields beside it: n8n keeps fields that are hidden when an expression decides
 * which of several counts.
 *
 * @param when the fields beside it, and the values with which it counts
 * @param settings those of the row
 * @param valueOf gives the values of the row's fields
 * @returns true as well where the fields beside it hold nothing: rows that a program makes may lack them
 * @throws EngineError for a field beside it that is none of its values
 */
export function countsInRow(
	when: ReadonlyArray<readonly [name: string, values: readonly unknown[]]>,
	settings: Settings,
	valueOf: (name: string) => unknown,
): boolean {
	return when.every(([name, values]) => {
		const given = valueOf(name);
		return !settings.has(name) || isNothing(given) || values.includes(withSettings(settings, name, given));
	});
}
