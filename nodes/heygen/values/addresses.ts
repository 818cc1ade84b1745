import { isPrivateHost, parseUrl } from '../hosts';
import { isNothing, NOTHING, refusedReading, type Reading } from './reading';
import { HALF_CHARACTER, hasHalfCharacter, shown, trimBlank } from './text';

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
