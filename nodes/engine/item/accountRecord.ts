import type { IDataObject } from 'n8n-workflow';

import { recordIn } from '../request/reply';
import type { Call } from './call';
import { sharedIn } from './run';

/**
 * HeyGen's record of the account that the item's API key belongs to, asked for once per run.
 *
 * @param call an item of the run
 * @param doing what it is asked for, for messages: "read the account's balance"
 * @throws EngineError when the key may not read the account
 */
export async function accountRecord(call: Call, doing: string): Promise<IDataObject> {
	return await sharedIn(call.run, `account record ${call.account.id}`, async () => {
		const request = { method: 'GET' as const, path: '/v3/users/me', doing };
		return recordIn(await call.client.send(request), request);
	});
}
