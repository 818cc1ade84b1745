/**
 * How often n8n evaluates the expressions of an item. Each evaluation takes 0.3 to 0.8 ms, in which n8n does nothing else.
 */
import { Expression, type INodeParameters } from 'n8n-workflow';

import { jsonOf, runVideo, TWIN_LOOK, useSandbox, useTiming } from '../support/support';

useTiming();
const sandbox = useSandbox();

const EXPRESSIONS = {
	script: '={{ "Hello " + $json.n }}',
	title: '={{ "Video " + $json.n }}',
	callbackId: '={{ "row-" + $json.n }}',
	folderId: '={{ $json.none }}',
	callbackUrl: '={{ "https://example.com/done/" + $json.n }}',
};

function fiveExpressions(): INodeParameters {
	const { script, ...options } = EXPRESSIONS;
	return { avatarId: { __rl: true, mode: 'id', value: TWIN_LOOK }, script, options, waitForCompletion: false };
}

const rows = (count: number) => Array.from({ length: count }, (_none, n) => ({ json: { n } }));

/** Counts evaluations by expression. */
function counting(): { counts: Map<unknown, number>; onEach: (work: () => void) => void } {
	const counts = new Map<unknown, number>();
	let each = () => {};
	const { resolveSimpleParameterValue } = Expression.prototype;
	jest.spyOn(Expression.prototype, 'resolveSimpleParameterValue').mockImplementation(function (this: Expression, ...args) {
		const [value] = args;
		if (typeof value === 'string' && value.startsWith('=')) {
			counts.set(value, (counts.get(value) ?? 0) + 1);
			each();
		}
		return resolveSimpleParameterValue.apply(this, args);
	});
	return { counts, onEach: (work) => (each = work) };
}

afterEach(() => jest.restoreAllMocks());

/** The same with what steers the requests in its own collection, and not among the options as before. */
function withRequestOptions(): INodeParameters {
	const { callbackId, callbackUrl, ...options } = fiveExpressions().options as INodeParameters;
	return { ...fiveExpressions(), options, requestOptions: { callbackId, callbackUrl } };
}

it.each([
	['', withRequestOptions],
	[', in former places as well', fiveExpressions],
])('each expression is evaluated once for each item%s', async (_where, parameters) => {
	const { counts } = counting();
	const result = await runVideo(sandbox(), 'createAvatar', parameters(), { items: rows(4) });
	expect(jsonOf(result)).toHaveLength(4);
	expect(Object.values(EXPRESSIONS).map((expression) => counts.get(expression))).toEqual([4, 4, 4, 4, 4]);
});

it("a few times where n8n's declarative engine starts the item, as for some AI agents", async () => {
	const { counts } = counting();
	const result = await runVideo(sandbox(), 'createAvatar', withRequestOptions(), { items: rows(4), byRouting: true });
	expect(jsonOf(result)).toHaveLength(4);
	// Twice for each property of a name: Options stand in two, with and without options of the operation's own.
	expect(counts.get(EXPRESSIONS.script)).toBe(3 * 4);
	for (const expression of Object.values(EXPRESSIONS)) expect(counts.get(expression)).toBeLessThanOrEqual(5 * 4);
});

it('n8n gets to do other things while many items start', async () => {
	const { onEach } = counting();
	let turns = 0;
	let isOver = false;
	const seen = new Set<number>();
	// Each evaluation that takes a while lets no other work through.
	onEach(() => {
		seen.add(turns);
		const until = performance.now() + 0.5;
		while (performance.now() < until);
	});
	const count = () => {
		turns++;
		if (!isOver) setImmediate(count);
	};
	count();
	await runVideo(sandbox(), 'createAvatar', fiveExpressions(), { items: rows(100) });
	isOver = true;
	// 500 evaluations of half a millisecond are a quarter of a second; a turn takes some 20 ms.
	expect(seen.size).toBeGreaterThan(5);
});
