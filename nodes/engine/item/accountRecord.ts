import type { IDataObject } from 'n8n-workflow';

import { accountState, type AccountState } from '../../heygen/account';
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

/**
 * The account that the item's API key belongs to, and what is left in it; asked for once per run.
 *
 * @param call an item of the run
 * @throws EngineError when HeyGen does not tell, or the key may not read the account
 */
export async function accountOf(call: Call): Promise<AccountState> {
	return accountState(await accountRecord(call, "read the account's balance"));
}
