import isPlainObject from 'lodash/isPlainObject';
import uniq from 'lodash/uniq';

import { EVENT_TYPES, eventName, eventOutcome, type EventOutcome } from './events';
import { readEntries } from './values/lists';
import { readChoice } from './values/plain';
import { NOTHING, type Reading } from './values/reading';
import { shown, trimBlank } from './values/text';

/** Which events are chosen: some by their names, all of an outcome, or all. */

/** Stands for all events, also those that HeyGen adds later. */
export const ALL_EVENTS = '*';

/** What stands for all events of an outcome. */
const GROUPS: ReadonlyMap<string, EventOutcome> = new Map([
	['*.success', 'success'],
	['*.fail', 'failure'],
]);

/** What stands for many events, as the editor shows it. */
export const MANY_EVENTS: ReadonlyArray<{ name: string; value: string; description: string }> = [
	{ name: 'All Events', value: ALL_EVENTS, description: 'Also those that HeyGen adds later' },
	{ name: 'All Successes', value: '*.success', description: 'Everything that ended well' },
	{ name: 'All Failures', value: '*.fail', description: 'Everything that failed' },
];

const WORDS = [...MANY_EVENTS.map(({ value }) => value), ...EVENT_TYPES];
const NAMES = [...MANY_EVENTS.map(({ name }) => name), ...EVENT_TYPES.map(eventName)];

/** HeyGen adds events: a name of this form may be one. */
const EVENT_NAME = /^[a-z][a-z0-9_]{0,100}(\.[a-z][a-z0-9_]{0,100}){1,4}$/;

/**
 * Reads a choice of events: each by the name that HeyGen or the editor gives it, in any case.
 *
 * @param given as the parameter has it
 * @returns each event once, by HeyGen's name, and the signs that stand for many; nothing when none is chosen
 */
export function readEventChoice(given: unknown): Reading<string[]> {
	const reading = readEntries(given, eventIn, (entry) => `takes names of events, such as avatar_video.success, but was given ${shown(entry)}`);
	return reading.value === undefined ? reading : { value: uniq(reading.value) };
}

/**
 * Reads the one event that a list is narrowed to.
 *
 * @param given as the parameter has it
 * @returns nothing for all events
 */
export function readOneEvent(given: unknown): Reading<string> {
	const { value: chosen = [], problem } = readEventChoice(given);
	if (problem !== undefined) return { problem };
	if (chosen.includes(ALL_EVENTS)) return NOTHING;
	if (chosen.length > 1 || chosen.some(isGroup)) return { problem: `takes one event, or none for all, but was given ${shown(given)}` };
	return { value: chosen[0] };
}

function eventIn(given: unknown): string | undefined {
	const entry = isPlainObject(given) ? (given as { event_type?: unknown }).event_type : given;
	const known = readChoice(entry, WORDS, NAMES).value;
	if (known !== undefined || typeof entry !== 'string') return known;
	const name = trimBlank(entry).toLowerCase();
	return EVENT_NAME.test(name) ? name : undefined;
}

/**
 * Whether an entry of a choice stands for all events of an outcome.
 *
 * @param entry of `readEventChoice`
 */
export function isGroup(entry: string): boolean {
	return GROUPS.has(entry);
}

/**
 * Whether an event is among the chosen ones. HeyGen sometimes delivers others too.
 *
 * @param chosen of `readEventChoice`
 * @param eventType of the event
 */
export function isChosen(chosen: readonly string[], eventType: string): boolean {
	return chosen.some(
		(entry) => entry === ALL_EVENTS || entry === eventType || GROUPS.get(entry) === eventOutcome(eventType),
	);
}
