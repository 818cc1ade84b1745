import { setImmediate as nextTurn } from 'node:timers/promises';
import { shared } from './shared';

/** Fails a test file in which Node.js warned of listeners that grow without end, as it would on n8n's console. */
afterAll(async () => {
	await nextTurn();
	const warnings = shared().warnings.splice(0);
	expect(warnings.filter(({ name }) => name === 'MaxListenersExceededWarning')).toEqual([]);
});
