/** Rows of the fault matrices of HeyGen Avatar. */
import type { Trouble } from '../support/faultCells';
import { wireCells } from '../support/faultFrame';

/** What other matrices do not have: a create that is still at work when it is asked for again, and a proxy that sends elsewhere. */
const others: readonly Trouble[] = [
	{ name: 'in progress', fault: { kind: 'hang_in_progress', hangMs: 400 }, done: true, says: /no answer within the time-out/ },
	{ name: 'redirect', fault: { kind: 'redirect', location: 'https://example.com/login' }, done: false, says: /Could not/, httpCode: '302' },
];

/** All troubles of what has no pages, for `it.each`. */
export const troubleCells = [...wireCells, ...others.map((trouble) => [trouble.name, trouble] as const)];
