import type { Contract } from '../../heygen/prices/cost';
import { readContract } from '../../heygen/prices/contract';
import { inputError } from '../basics/errors';
import type { Account } from '../request/account';

/**
 * The prices of an account's contract, as its credential has them.
 *
 * @param account whose credential it is
 * @throws EngineError when they cannot be read
 */
export function contractOf({ credential }: Pick<Account, 'credential'>): Contract {
	const { value, problem } = readContract(credential.data?.rates);
	if (value !== undefined) return value;
	throw inputError(
		`The credential's 'Rates (JSON)' ${problem}`,
		'Write a name and a price in credits for each rate that differs, such as {"avatarVideo": 0.08}, or leave the field empty.',
	);
}
