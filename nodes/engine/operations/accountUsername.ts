import { EngineError } from '../basics/errors';
import { accountRecord } from '../item/accountRecord';
import type { Call } from '../item/call';

/**
 * The username of the account that the API key belongs to, asked for once per run.
 *
 * @param call an item of the run
 * @throws EngineError when the key may not read the account
 */
export async function accountUsername(call: Call): Promise<string> {
	const doing = "look up the account's username";
	const { username } = await accountRecord(call, doing);
	if (typeof username === 'string' && username !== '') return username;
	throw new EngineError(
		`Could not ${doing}: HeyGen's answer has none`,
		"Fill in 'Username' with the owner of one of the assets, which the operation 'Get' shows.",
	);
}
