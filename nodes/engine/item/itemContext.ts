import type { IExecuteFunctions, IExecutePaginationFunctions, INodeExecutionData } from 'n8n-workflow';

/** A parameter that is not there: no text that a person or an expression gives. */
const ABSENT = '\u0000';

/** What an expression came to. */
type Evaluated = { value: unknown } | { thrown: unknown };

/**
 * One item of a node's execution in the shape that n8n gives to a declarative node's functions.
 *
 * @param node the node's execution
 * @param items its input
 * @param itemIndex the item
 */
export function itemContext(
	node: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	itemIndex: number,
): IExecutePaginationFunctions {
	const { helpers } = node;
	return derived(node as unknown as IExecutePaginationFunctions, {
		helpers: derived(helpers as unknown as IExecutePaginationFunctions['helpers'], {
			assertBinaryData: (name: string) => helpers.assertBinaryData(itemIndex, name),
			getBinaryDataBuffer: async (name: string) => await helpers.getBinaryDataBuffer(itemIndex, name),
		}),
		getItemIndex: () => itemIndex,
		getInputData: () => items[itemIndex] as never,
		getNodeParameter: readOnce((name) => node.getNodeParameter(name, itemIndex, ABSENT)),
		getCredentials: async (type: string) => await node.getCredentials(type, itemIndex),
		evaluateExpression: (expression: string, index = itemIndex) => node.evaluateExpression(expression, index),
	});
}

/**
 * The same item with parameters that n8n evaluates once, however often they are read: an evaluation takes 0.3 to 0.8 ms.
 *
 * @param context the item, as n8n's declarative engine has it
 */
export function readingOnce(context: IExecutePaginationFunctions): IExecutePaginationFunctions {
	return derived(context, { getNodeParameter: readOnce((name) => context.getNodeParameter(name, ABSENT)) });
}

/** Reads each parameter once. What an expression throws is thrown whenever its parameter is read. */
function readOnce(evaluate: (name: string) => unknown): IExecutePaginationFunctions['getNodeParameter'] {
	const values = new Map<string, Evaluated>();
	return (name: string, fallback?: unknown) => {
		const known = values.get(name) ?? outcomeOf(() => evaluate(name));
		values.set(name, known);
		if ('thrown' in known) throw known.thrown;
		return (known.value === ABSENT ? fallback : known.value) as never;
	};
}

function outcomeOf(evaluate: () => unknown): Evaluated {
	try {
		return { value: evaluate() };
	} catch (thrown) {
		return { thrown };
	}
}

/** An object like another one, but for some members. */
function derived<T extends object>(base: T, own: Partial<T>): T {
	const descriptors = Object.entries(own).map(([name, value]) => [name, { value }]);
	return Object.create(base, Object.fromEntries(descriptors)) as T;
}
