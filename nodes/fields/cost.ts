import type { INodeProperties } from 'n8n-workflow';

/**
 * What a run costs and how to test cheaply, directly under the operation; n8n's panel has room for two lines.
 *
 * @param creditsPerSecond the price of a second of what is made
 * @param noun what is made: "video"
 */
export function costNotice(creditsPerSecond: number, noun: string): INodeProperties {
	return {
		displayName: `Costs about ${perMinute(creditsPerSecond)} HeyGen credits per minute of ${noun} and takes some minutes. Test with a short script, then pin the output.`,
		name: 'costNotice',
		type: 'notice',
		default: '',
	};
}

/**
 * A price as people compare it: 0.1 credits a second are "6" a minute.
 *
 * @param creditsPerSecond the price of a second
 */
export function perMinute(creditsPerSecond: number): string {
	return String(Number((creditsPerSecond * 60).toPrecision(2)));
}
