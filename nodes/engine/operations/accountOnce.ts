import { accountState, type AccountState } from '../../heygen/account';
import type { Call } from '../item/call';
import { sharedIn } from '../item/run';
import { recordIn } from '../request/reply';

/**
 * The account that the item's API key belongs to, asked for once in a run however many items there are.
 *
 * @param call an item of the run
 * @throws EngineError when HeyGen does not tell, or the key may not read the account
 */
export async function accountOnce(call: Call): Promise<AccountState> {
	return await sharedIn(call.run, `account ${call.account.id}`, async () => {
		const request = { method: 'GET' as const, path: '/v3/users/me', doing: "read the account's balance" };
		return accountState(recordIn(await call.client.send(request), request));
	});
}
