import { isNothing } from '../../heygen/values/reading';
import { type Settings, withSettings } from './given';

/**
 * Whether a field of a row counts, by the fields beside it: n8n keeps fields that are hidden when an expression decides
 * which of several counts.
 *
 * @param when the fields beside it, and the values with which it counts
 * @param settings those of the row
 * @param labelOf names a field of the row, by its display name, for messages
 * @param valueOf gives the values of the row's fields
 * @returns true as well where the fields beside it hold nothing: rows that a program makes may lack them
 * @throws EngineError for a field beside it that is none of its values
 */
export function countsInRow(
	when: ReadonlyArray<readonly [name: string, values: readonly unknown[]]>,
	settings: Settings,
	labelOf: (label: string) => string,
	valueOf: (name: string) => unknown,
): boolean {
	return when.every(([name, values]) => {
		const given = valueOf(name);
		const setting = settings.get(name);
		if (setting === undefined || isNothing(given)) return true;
		const inRow: Settings = new Map([[name, { ...setting, label: labelOf(setting.label) }]]);
		return values.includes(withSettings(inRow, name, given));
	});
}
