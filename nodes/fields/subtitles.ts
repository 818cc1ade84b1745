import { MANY_EVENTS } from '../heygen/eventChoice';
import { EVENT_TYPES, eventName } from '../heygen/events';

/**
 * Expressions for what stands below a node on the canvas. n8n's editor evaluates them; an expression cannot read the
 * description, so it brings the words along.
 */

/** A value of a parameter, and the words for it. */
export type Worded = readonly [value: string, words: string];

/**
 * JavaScript that looks up the words for a value, and gives undefined for one that is not in the table.
 *
 * @param value JavaScript of the value
 * @param table every value that has words
 */
export function wordsFor(value: string, table: readonly Worded[]): string {
	return `({${table.map((entry) => entry.map(asLiteral).join(':')).join(',')}})[${value}]`;
}

/**
 * A text as JavaScript. Two braces in a row would end n8n's expression or begin another, so a brace stands as its code.
 *
 * @param text any text
 */
export function asLiteral(text: string): string {
	return JSON.stringify(text).replaceAll(/[{}]/g, (brace) => `\\u00${brace.charCodeAt(0).toString(16)}`);
}

const CHOSEN_EVENTS: Worded[] = [
	...MANY_EVENTS.map(({ value, name }): Worded => [value, asSentence(name)]),
	...EVENT_TYPES.map((type): Worded => [type, asSentence(eventName(type))]),
];

/** Words of a list as the actions of other nodes are written: "All Events" is "All events". */
function asSentence(name: string): string {
	return name.replaceAll(/ [A-Z](?=[a-z]+( |$))/g, (first) => first.toLowerCase());
}

/** JavaScript of the chosen events: all of them, or the first one and how many more. */
const EVENTS = [
	'((events) => events.includes("*") ? "All events" : ',
	`(${wordsFor('events[0]', CHOSEN_EVENTS)} ?? events[0] ?? "") + (events.length > 1 ? " + " + (events.length - 1) : ""))`,
	'([].concat($parameter["events"] ?? []))',
].join('');

/** Says which events HeyGen Trigger waits for: "Avatar video succeeded + 2". */
export const eventsSubtitle = `={{ ${EVENTS} }}`;

/** Says what HeyGen Poll Trigger waits for: "Finished videos", "Failed videos", or the events. */
export const watchSubtitle = [
	'={{ $parameter["source"] === "events" ? ',
	EVENTS,
	' : ([].concat($parameter["outcomes"]).join() === "failure" ? "Failed " : "Finished ") + $parameter["source"] }}',
].join('');
