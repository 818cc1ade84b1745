import memoize from 'lodash/memoize';

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
	const { value, problem } = readOnce(credential.data?.rates);
	if (value !== undefined) return value;
	throw inputError(
		`The credential's 'Rates (JSON)' ${problem}`,
		'Write a name and a price in credits for each rate that differs, such as {"avatarVideo": 0.08}, or leave the field empty.',
	);
}

/** The last ones: the items of a run have the same, or a few. */
const KNOWN_MAX = 100;

const readOnce = memoize((given: unknown) => {
	const known = readOnce.cache as Map<unknown, unknown>;
	if (known.size >= KNOWN_MAX) known.clear();
	return readContract(given);
});
