/** One item of several is wrong before it gets to where items wait for each other: the run ends all the same, and costs nothing. */
import { startNode } from '../support/harness';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import {
	avatar,
	endOf,
	errorOf,
	manyScripts,
	sleepFor,
	useSandbox,
	useTiming,
	videoRun,
	waitingAvatar,
} from '../support/support';

useTiming();
const sandbox = useSandbox();

/** An expression with another value for one item. */
const inRow = (row: number, wrong: string, right: string) => `={{ $json.row === ${row} ? ${wrong} : ${right} }}`;

type Mistake = (row: number) => { parameters: INodeParameters; baseUrl?: string; apiKey?: string };

const MISTAKES: Array<[string, Mistake]> = [
	['Queue Timeout', (row) => ({ parameters: avatar({ options: { queueTimeoutMinutes: inRow(row, '"abc"', '5') } }) })],
	['Max Parallel Requests', (row) => ({ parameters: avatar({ options: { maxParallelRequests: inRow(row, '"abc"', '5') } }) })],
	['half a character in the title', (row) => ({ parameters: avatar({ options: { title: inRow(row, '"\\ud83d"', '"t"') } }) })],
	['a switch in the options', (row) => ({ parameters: avatar({ options: { sendCallbackId: inRow(row, '"maybe"', 'true') } }) })],
	['Wait for Completion', (row) => ({ parameters: avatar({ waitForCompletion: inRow(row, '"maybe"', 'false') }) })],
	['Timeout', (row) => ({ parameters: waitingAvatar({ waitOptions: { timeoutMinutes: inRow(row, '"abc"', '5') } }) })],
	['the base URL', (row) => ({ parameters: avatar(), baseUrl: inRow(row, '"ftp://x"', `"${sandbox().url}"`) })],
	['a blank API key', (row) => ({ parameters: avatar(), apiKey: inRow(row, '" "', `"${sandbox().apiKey}"`) })],
	['an API key that is no key', (row) => ({ parameters: avatar(), apiKey: inRow(row, '"k\\u00e9y"', `"${sandbox().apiKey}"`) })],
	['an expression in the credential that throws', (row) => ({
		parameters: avatar(),
		apiKey: inRow(row, '$("Nowhere").item.json.x', `"${sandbox().apiKey}"`),
	})],
];

const runOf = (mistake: Mistake, row: number, sendAsBatch: boolean) => {
	const { parameters, ...credentials } = mistake(row);
	const options = { ...(parameters.options as INodeParameters), sendAsBatch };
	return videoRun(sandbox(), 'createAvatar', { ...parameters, options }, { items: manyScripts(3), credentials });
};

const CASES = MISTAKES.flatMap(([name, mistake]) =>
	[0, 1, 2].flatMap((row) => [false, true].map((batch) => [name, row, batch, mistake] as const)),
);

it.each(CASES)('%s wrong in item %i ends the run before it costs anything (in batches: %j)', async (_name, row, batch, mistake) => {
	const result = await endOf(startNode(runOf(mistake, row, batch)));
	expect(errorOf(result).message).not.toBe('');
	expect(sandbox().stats().requestsTotal).toBe(0);
});

it('does not keep the stop button from ending the run either', async () => {
	const running = startNode(runOf(MISTAKES[0]?.[1] as Mistake, 0, false));
	await sleepFor(20);
	running.cancel();
	await endOf(running);
	expect(sandbox().stats().requestsTotal).toBe(0);
});

it('of a blank API key is told in its own words', async () => {
	const credentials = { apiKey: inRow(1, '""', `"${sandbox().apiKey}"`) };
	const run = videoRun(sandbox(), 'createAvatar', avatar(), { items: manyScripts(3), credentials });
	expect(errorOf(await endOf(startNode(run))).message).toBe("The credential's 'API Key' is empty (item 2)");
});

describe('an input item that no JSON can hold', () => {
	const circular: IDataObject = { script: 'B' };
	circular.self = circular;

	it.each<[string, IDataObject]>([
		['holds itself', circular],
		['has a big integer', { script: 'B', big: 1n as unknown as number }],
	])('since it %s is made like any other', async (_what, json) => {
		const run = videoRun(sandbox(), 'createAvatar', avatar(), { items: [...manyScripts(2), { json }] });
		const { originalError, outputs } = await endOf(startNode(run));
		expect(originalError).toBeUndefined();
		expect(outputs[0]).toHaveLength(3);
	});

	it('and cannot be read at all ends the run before it costs anything', async () => {
		const json = {
			script: 'B',
			toJSON() {
				throw new Error('Not to be read');
			},
		} as unknown as IDataObject;
		const run = videoRun(sandbox(), 'createAvatar', avatar(), { items: [...manyScripts(2), { json }] });
		expect(errorOf(await endOf(startNode(run))).message).toContain('Not to be read');
		expect(sandbox().stats().requestsTotal).toBe(0);
	});
});

it('with the error output leaves the others alone', async () => {
	const run = { ...runOf(MISTAKES[0]?.[1] as Mistake, 0, false), onError: 'continueErrorOutput' as const };
	const { outputs } = await endOf(startNode(run));
	expect(outputs.map(({ length }) => length)).toEqual([2, 1]);
});
