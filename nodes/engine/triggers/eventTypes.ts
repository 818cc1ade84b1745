import { readEventChoice } from '../../heygen/eventChoice';
import { inputError } from '../basics/errors';

/**
 * Reads 'Event Names or IDs': events by the names that HeyGen or the editor gives them, in any case.
 *
 * @param value as the parameter has it
 * @throws EngineError when nothing is chosen, or what can be no event
 */
export function chosenEvents(value: unknown): string[] {
	const { value: chosen, problem = 'is empty' } = readEventChoice(value);
	if (chosen !== undefined) return chosen;
	throw inputError(`'Event Names or IDs' ${problem}`, "Choose 'All Events' or the events that matter.");
}
