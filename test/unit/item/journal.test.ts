import { Journal, outletsOf } from '../../../nodes/engine/item/journal';

function journal() {
	const log: string[] = [];
	const browser: string[] = [];
	const logger = { info: (line: string) => log.push(line), warn: (line: string) => log.push(`warning ${line}`) };
	return { log, browser, one: new Journal({ logger, sendMessageToUI: (line) => browser.push(line) }, 'Node "A" of execution 1') };
}

const moment = async () => await new Promise((resolve) => setTimeout(resolve, 5));

it('puts what begins alike in the same moment into one line, for the log and the browser', async () => {
	const { log, browser, one } = journal();
	one.note('HeyGen has', 'the video v1 for item 1');
	one.note('finished:', 'video v0 after 63 s');
	one.note('HeyGen has', 'the video v2 for item 2');
	expect(log).toEqual([]);
	await moment();
	expect(log).toEqual([
		'Node "A" of execution 1: HeyGen has the video v1 for item 1, the video v2 for item 2',
		'Node "A" of execution 1: finished: video v0 after 63 s',
	]);
	expect(browser).toEqual(log);
	one.note('HeyGen has', 'the video v3 for item 3');
	await moment();
	expect(log.at(-1)).toBe('Node "A" of execution 1: HeyGen has the video v3 for item 3');
});

it('writes at once when the run ends early, and nothing twice', async () => {
	const { log, one } = journal();
	one.note('HeyGen has', 'the video v1 for item 1');
	one.write();
	one.warn('the run ends early.');
	await moment();
	expect(log).toEqual([
		'Node "A" of execution 1: HeyGen has the video v1 for item 1',
		'warning Node "A" of execution 1: the run ends early.',
	]);
});

it('does without a browser, and without an n8n that can reach one', () => {
	const lines: string[] = [];
	const logger = { info: (line: string) => lines.push(line), warn: () => {} };
	const outlets = outletsOf({ logger } as never);
	outlets.sendMessageToUI?.('x');
	const one = new Journal({ logger }, 'Node');
	one.note('finished:', 'video v1 after 2 s');
	one.write();
	expect(lines).toEqual(['Node: finished: video v1 after 2 s']);
});
