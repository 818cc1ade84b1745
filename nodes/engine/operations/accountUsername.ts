import { EngineError } from '../basics/errors';
import type { Call } from '../item/call';
import { sharedIn } from '../item/run';
import { recordIn } from '../request/reply';

/**
 * The username of the account that the API key belongs to, asked for once per run.
 *
 * @param call an item of the run
 * @throws EngineError when the key may not read the account
 */
export async function accountUsername(call: Call): Promise<string> {
	return await sharedIn(call.run, `username ${call.account.id}`, async () => {
		const doing = "look up the account's username";
		const request = { method: 'GET' as const, path: '/v3/users/me', doing };
		const { username } = recordIn(await call.client.send(request), request);
		if (typeof username === 'string' && username !== '') return username;
		throw new EngineError(
			`Could not ${doing}: HeyGen's answer has none`,
			"Fill in 'Username' with the owner of one of the assets, which the operation 'Get' shows.",
		);
	});
}
