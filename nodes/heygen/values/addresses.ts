import isPlainObject from 'lodash/isPlainObject';

import { isPrivateHost, parseUrl } from '../hosts';
import { entriesOf, jsonIn } from './lists';
import { isNothing, NOTHING, refusedReading, type Reading } from './reading';
import { HALF_CHARACTER, hasHalfCharacter, shown, trimBlank, trimEndOf } from './text';

/** Addresses that HeyGen is to reach: a callback, a file, a website. */

/** What keeps HeyGen from an address. */
export type AddressFlaw = 'scheme' | 'form' | 'login' | 'private';

/** `URL` also understands "https:host" and "https:///host", of which other programs make something else. */
const BEGINNING = /^https:\/\/[^/\\]/i;

/**
 * What keeps HeyGen from an address.
 *
 * @param address any text
 * @returns undefined when nothing does
 */
export function addressFlaw(address: string): AddressFlaw | undefined {
	if (!BEGINNING.test(address)) return 'scheme';
	const url = parseUrl(address);
	if (url === undefined || address.includes('\\')) return 'form';
	if (url.username !== '' || url.password !== '') return 'login';
	return isPrivateHost(url.hostname) ? 'private' : undefined;
}

/** Blanks have a spelling of their own in addresses; other characters of the kind are there by mistake. */
const MISPLACED = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/**
 * The text of an address, before anybody asks whether HeyGen can reach it: without blanks around it, and with those in
 * it as addresses spell them.
 *
 * @param given as the parameter has it
 */
export function readAddressText(given: unknown): Reading<string> {
	if (isNothing(given)) return NOTHING;
	if (typeof given !== 'string') return refusedReading(STARTS_WITH_HTTPS, given);
	if (hasHalfCharacter(given)) return { problem: HALF_CHARACTER };
	const address = trimBlank(given);
	if (MISPLACED.test(address)) return { problem: `is not an address: ${shown(address)} has a line end or the like in it` };
	return { value: address.replace(/\s/g, '%20') };
}

/**
 * Several addresses: a list however nested, JSON text of one, or text with line ends, blanks, commas or semicolons between
 * them. A comma within an address stays, and so does a data URL as a whole. A record stands for the address in its `url`.
 *
 * @param given as the parameter has it
 * @returns the addresses in order, not yet read
 */
export function readAddresses(given: unknown): Reading<unknown[]> {
	const addresses: unknown[] = [];
	// Not by recursion: a list can be nested deeper than calls can.
	const open: unknown[] = [given];
	while (open.length > 0) {
		const next = open.pop();
		if (isNothing(next)) continue;
		const within = Array.isArray(next) ? (next as unknown[]) : isPlainObject(next) ? addressIn(next as Record<string, unknown>) : undefined;
		if (within !== undefined) for (let at = within.length - 1; at >= 0; at--) open.push(within[at]);
		else if (typeof next !== 'string') addresses.push(next);
		else {
			const parsed = jsonIn(next);
			if (parsed !== undefined) open.push(parsed);
			else for (const address of addressesIn(next)) addresses.push(address);
		}
	}
	return addresses.length === 0 ? NOTHING : { value: addresses };
}

/** Undefined for a record without an address, which is left to the message about it. */
function addressIn(record: Record<string, unknown>): [unknown] | undefined {
	const field = URL_FIELDS.find((name) => !isNothing(record[name]));
	return field === undefined ? undefined : [record[field]];
}

function addressesIn(text: string): unknown[] {
	// Models also write lists as other languages do: ['a', 'b'].
	if (trimBlank(text).startsWith('[')) return entriesOf(text, 'names');
	return text.split(BEFORE_ADDRESS).map((part) => trimEndOf(part, SEPARATORS)).filter((part) => part !== '');
}

/** Where records have an address: those of HeyGen's assets, n8n's items. */
const URL_FIELDS = ['url', 'json', 'data'];

/** Where another address begins, and what may stand before it. */
const BEFORE_ADDRESS = /(?<=[\s,;|])(?=https?:\/\/|data:)/i;
const SEPARATORS = ' \t\r\n,;|';

const STARTS_WITH_HTTPS = 'an address that starts with https://';

/**
 * An address that HeyGen can reach.
 *
 * @param given as the parameter has it
 */
export function readAddress(given: unknown): Reading<string> {
	const reading = readAddressText(given);
	if (reading.value === undefined) return reading;
	const flaw = addressFlaw(reading.value);
	return flaw === undefined ? reading : { problem: addressProblem(flaw, trimBlank(String(given))) };
}

/**
 * What is said of an address that HeyGen cannot reach.
 *
 * @param flaw what keeps it from there
 * @param address the address
 */
export function addressProblem(flaw: AddressFlaw, address: string): string {
	if (flaw === 'login') return 'carries a login, but HeyGen calls addresses without one';
	if (flaw === 'private') {
		return `points to this machine or into a private network, where HeyGen cannot reach it: ${shown(address)}`;
	}
	// A login is not repeated in messages.
	const given = address.includes('@') ? undefined : shown(address);
	if (flaw === 'form') return `is not a valid address${given === undefined ? '' : `: ${given}`}`;
	return `must be ${STARTS_WITH_HTTPS}${given === undefined ? '' : `, but it is ${given}`}`;
}
