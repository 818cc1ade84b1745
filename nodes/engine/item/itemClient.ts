import type { IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';

import { readNumber } from '../../heygen/values/plain';
import type { Account } from '../request/account';
import type { Client } from '../request/client';
import { accountConnection } from '../request/nodeClient';
import { clientWith } from '../request/send';
import { taken } from './given';
import { parallelOf, type Run } from './run';
import type { Transport } from './transport';

/** Minutes a request may wait in the gate unless the user says otherwise. */
export const QUEUE_TIMEOUT_MINUTES = 60;

/**
 * The client of one item of a run.
 *
 * @param context the item's context
 * @param run its run
 * @param account whose key it uses
 * @param options the item's `options` collection
 * @param transport how its requests travel
 */
export function itemClient(
	context: IExecutePaginationFunctions,
	run: Run,
	account: Account,
	options: IDataObject,
	transport: Transport,
): Client {
	const given = taken('Queue Timeout (Minutes)', readNumber(options.queueTimeoutMinutes, { above: 0 }));
	return clientWith({
		...accountConnection(context, account),
		line: run.line,
		tally: run.report,
		most: parallelOf(options),
		queueTimeout: (given ?? QUEUE_TIMEOUT_MINUTES) * 60_000,
		// One for each item: Node.js warns when many wait on one signal.
		signal: AbortSignal.any([run.stop.signal]),
		transport,
	});
}
