import { type Worded, wordsFor } from '../fields/subtitles';
import type { Abilities } from './resource';

/**
 * What stands below a node on the canvas: the action of its operation, such as "Create avatar video". For an operation
 * that the node does not have (one of a newer version of the package, or an expression) the name of the resource is shown.
 *
 * @param abilities of the node
 * @returns for `subtitle` of the node's description
 */
export function subtitleOf({ resources }: Abilities): string {
	const actions = resources.flatMap(({ value, operations }) =>
		operations.map((operation): Worded => [`${value}:${operation.value}`, operation.action]),
	);
	const names = resources.map(({ value, name }): Worded => [value, name]);
	const resource = '$parameter["resource"]';
	const operation = `${resource} + ":" + $parameter["operation"]`;
	return `={{ ${wordsFor(operation, actions)} ?? ${wordsFor(resource, names)} ?? "" }}`;
}
