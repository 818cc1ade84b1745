import uniq from 'lodash/uniq';

import { entriesOf } from './lists';
import { readChoice, readOpenChoice } from './plain';
import { NOTHING, type Reading } from './reading';
import { trimBlank } from './text';

/** How long the clips of a video may be, as the API and the editor call them. */
export const DURATION_TYPES = {
	30: 'Up to 30 Seconds',
	60: 'Up to 1 Minute',
	180: 'Up to 3 Minutes',
	long: 'Longer',
} as const;

const WORDS = ['30', '60', '180', 'long'] as const satisfies ReadonlyArray<`${keyof typeof DURATION_TYPES}`>;
const NAMES = WORDS.map((word) => DURATION_TYPES[word]);

/** "30 s", "1 minute", "up to 3 min". */
const LENGTH = /^(?:up to )?(\d{1,4}) ?(s|secs?|seconds?|m|mins?|minutes?)$/i;

/**
 * A list of lengths of clips, in any form of a list. A length that is not known goes through: HeyGen decides.
 *
 * @param given as the parameter has it
 * @returns as the API spells them, each once
 */
export function readDurationTypes(given: unknown): Reading<string[]> {
	const types: string[] = [];
	for (const entry of entriesOf(given, 'names')) {
		const parts = knownType(entry) === undefined ? entriesOf(entry) : [entry];
		const known = parts.flatMap((part) => knownType(part) ?? []);
		const reading = known.length === parts.length ? { value: known } : listOf(readOpenChoice(entry, WORDS, NAMES));
		if (reading.problem !== undefined) return reading;
		types.push(...(reading.value ?? []));
	}
	return types.length === 0 ? NOTHING : { value: uniq(types) };
}

function listOf(reading: Reading<string>): Reading<string[]> {
	return reading.problem === undefined ? { value: reading.value === undefined ? [] : [reading.value] } : reading;
}

function knownType(entry: unknown): string | undefined {
	const [, digits, unit = ''] = (typeof entry === 'string' ? LENGTH.exec(trimBlank(entry)) : null) ?? [];
	const seconds = Number(digits) * (/^m/i.test(unit) ? 60 : 1);
	return readChoice(digits === undefined ? entry : seconds, WORDS, NAMES).value;
}
