import type { INodeProperties } from 'n8n-workflow';

import { type Rate, type RateName, RATES } from '../heygen/prices/rates';

/**
 * What a run costs and how to test cheaply, directly under the operation; n8n's panel has room for two lines.
 *
 * @param rate the line of the price list; one that is charged by the second
 * @param noun what is made: "video"
 */
export function costNotice(rate: RateName, noun: string): INodeProperties {
	return {
		displayName: `Costs about ${perMinute(rate)} HeyGen credits per minute of ${noun} and takes some minutes. Test with a short script, then pin the output.`,
		name: 'costNotice',
		type: 'notice',
		default: '',
	};
}

/**
 * A price as people compare it: 0.1 credits a second are "6" a minute.
 *
 * @param rate the line of the price list; one that is charged by the second
 */
export function perMinute(rate: RateName): string {
	const { credits }: Rate = RATES[rate];
	return credits === undefined ? '' : String(Number((credits * 60).toPrecision(2)));
}
