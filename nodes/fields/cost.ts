import type { INodeProperties } from 'n8n-workflow';

import { HYPERFRAMES_LINES, type PricedKind, type Rate, type RateName, rateName, RATES } from '../heygen/prices/rates';
import { amount, numeral } from '../heygen/values/text';

/**
 * What a run costs and how to test cheaply, directly under the operation; n8n's panel has room for two or three lines.
 *
 * @param kind what is ordered
 * @param noun one of what is made: "video"
 */
export function costNotice(kind: PricedKind, noun: string): INodeProperties {
	return {
		displayName: `${priceInWords(kind, noun)}, then pin the output.`,
		name: 'costNotice',
		type: 'notice',
		default: '',
	};
}

/** Kinds that are made from a video or a recording, and from no script. */
const FROM_A_FILM: readonly PricedKind[] = ['lipsyncPrecision', 'lipsyncSpeed', 'proofread', 'translationPrecision', 'translationSpeed'];

/** The price, and how to test. */
function priceInWords(kind: PricedKind, noun: string): string {
	const rate: Rate = RATES[rateName(kind)];
	if (rate.credits === undefined) {
		return `HeyGen publishes no price for ${rate.priceOf}. Its dashboard shows what was charged. Test once`;
	}
	const { credits, unit, leastSeconds } = rate;
	const price = `Costs about ${amount(credits, 'HeyGen credit')} per`;
	if (unit === 'call') return `${price} ${noun} and takes some minutes. Test once`;
	if (kind === 'hyperframes') {
		return `Costs about ${rangeOf(HYPERFRAMES_LINES)} HeyGen credits per minute, by resolution and frame rate. Test with a short one`;
	}
	if (unit === 'minute') {
		const least = leastSeconds === undefined ? '' : `, ${amount(leastSeconds / 60, 'minute')} at least`;
		return `${price} minute of the source video${least}. Test with a short one`;
	}
	const byLength = `Costs about ${minuteOf(credits)} HeyGen credits per minute of ${noun}`;
	// HeyGen speaks while it answers.
	if (kind === 'speech') return `${byLength}. Test with a short text`;
	const short = FROM_A_FILM.includes(kind) || kind === 'videoAgent' ? 'video' : 'script';
	return `${byLength} and takes some minutes. Test with a short ${short}`;
}

/** The lowest and the highest price of some lines of the price list. */
function rangeOf(lines: readonly RateName[]): string {
	const prices = lines.flatMap((line) => (RATES[line] as Rate).credits ?? []);
	return `${numeral(Math.min(...prices))} to ${numeral(Math.max(...prices))}`;
}

/** A line of the price list that has a price for each second. */
type SecondRate = { [Name in RateName]: (typeof RATES)[Name] extends { credits: number; unit: 'second' } ? Name : never }[RateName];

/**
 * A price as people compare it: 0.1 credits a second are "6" a minute.
 *
 * @param rate the line of the price list
 */
export function perMinute(rate: SecondRate): string {
	return minuteOf(RATES[rate].credits);
}

/** Two digits are as much as people compare. */
function minuteOf(creditsPerSecond: number): string {
	return String(Number((creditsPerSecond * 60).toPrecision(2)));
}
