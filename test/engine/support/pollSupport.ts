/** What the tests of the HeyGen Poll Trigger share. */
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { HeyGenSuiteApi } from '../../../credentials/HeyGenSuiteApi.credentials';
import { HeyGenPollTrigger } from '../../../nodes/HeyGenPollTrigger/HeyGenPollTrigger.node';
import type { Fault } from '../../sandbox';
import type { NodeOptions } from './parts';
import { PollHost } from './pollHarness';

export const EVENTS = '/v3/webhooks/events';
export const LIST_EVENTS = `GET ${EVENTS}`;

/**
 * Everything a HeyGen Poll Trigger needs.
 *
 * @param parameters all of the node's; by default it watches all events
 */
export function pollOptions(sandbox: { apiKey: string; url: string }, parameters: INodeParameters = {}): NodeOptions {
	return {
		node: new HeyGenPollTrigger(),
		credentialType: new HeyGenSuiteApi(),
		credentials: { apiKey: sandbox.apiKey, baseUrl: sandbox.url },
		parameters: { source: 'events', events: ['*'], outcomes: ['success', 'failure'], filters: {}, options: {}, ...parameters },
	};
}

/** An active workflow with a HeyGen Poll Trigger, whose first poll has taken its bearings. */
export async function activePoll(sandbox: { apiKey: string; url: string }, parameters?: INodeParameters): Promise<PollHost> {
	const host = new PollHost(pollOptions(sandbox, parameters));
	if ((await host.activate()) !== null) throw new Error('The first poll has found something');
	return host;
}

/** One field of every item. */
export function fieldOf(items: INodeExecutionData[] | null, field: string): unknown[] {
	return (items ?? []).map(({ json }) => json[field]);
}

/** What a poll gets over by itself. */
export const PASSING_TROUBLES: Array<[string, Omit<Fault, 'match'>]> = [
	['429', { kind: 'status', status: 429, retryAfter: 1 }],
	['503', { kind: 'status', status: 503, times: 3 }],
	['a dropped connection', { kind: 'drop_before', times: 3 }],
	['a lost answer', { kind: 'drop_after', times: 3 }],
	['garbage', { kind: 'garbage', times: 3 }],
	['no answer', { kind: 'hang', times: 2 }],
];
