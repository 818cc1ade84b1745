import fc from 'fast-check';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { withoutKnown } from '../../../nodes/engine/triggers/ledger';

/** What a trigger has handed on is kept in n8n's store, so that nothing is handed on twice. */

/** Rows of n8n's table, one for each node, and who has asked. */
class Store {
	/** What each request brought. */
	readonly asked: string[][] = [];
	/** Requests that are between reading and writing the row. */
	private busy = 0;
	mostAtATime = 0;
	/** Thrown instead of an answer. */
	failure: Error | undefined;
	private row: readonly string[] | undefined;

	/** As `handleHashedItems` of n8n 2.41 does it: the row is read, changed and written, with time in between. */
	readonly checkProcessedAndRecord = async (items: unknown[], scope: string, options: IDataObject) => {
		expect([scope, options.mode]).toEqual(['node', 'entries']);
		this.mostAtATime = Math.max(this.mostAtATime, ++this.busy);
		this.asked.push(items.map(String));
		await turn();
		const known = this.row;
		await turn();
		this.busy--;
		if (this.failure !== undefined) throw this.failure;
		const max = Number(options.maxEntries);
		if (known === undefined) {
			this.row = items.map(String).slice(-max);
			return { new: items, processed: [] };
		}
		const entries = [...known];
		const [fresh, processed]: [unknown[], unknown[]] = [[], []];
		const before = new Set(known);
		for (const item of items) {
			if (before.has(String(item))) processed.push(item);
			else {
				fresh.push(item);
				entries.push(String(item));
			}
		}
		this.row = entries.slice(-max);
		return { new: fresh, processed };
	};

	get size(): number {
		return this.row?.length ?? 0;
	}
}

/** Lets others run, as the database does while it works. */
async function turn(): Promise<void> {
	await new Promise<void>((resolve) => {
		setImmediate(resolve);
	});
}

let nodeCount = 0;

/** A trigger node of its own, with its row. */
function trigger() {
	const store = new Store();
	const warnings: string[] = [];
	const id = `node-${nodeCount++}`;
	/** One execution of it; the same execution data are a further try of one. */
	const execution = (mode = 'webhook', executeData: object = {}, node = id) =>
		({
			getMode: () => mode,
			getExecuteData: () => executeData,
			getNode: () => ({ id: node, name: 'HeyGen Trigger' }),
			getWorkflow: () => ({ id: 'workflow' }),
			helpers: { checkProcessedAndRecord: store.checkProcessedAndRecord },
			logger: { warn: (text: string) => warnings.push(text) },
		}) as unknown as IExecuteFunctions;
	/** Event ids of what an execution hands on. */
	const handOn = async (items: INodeExecutionData[], context = execution()) =>
		(await withoutKnown(context, items)).map(({ json }) => json.eventId);
	return { store, warnings, execution, handOn };
}

/** A delivered event; its body names it unless another is given. */
const event = (eventId: string, rawBody = `{"of":"${eventId}"}`): INodeExecutionData => ({ json: { eventId, rawBody } });
/** An event or job as a poll finds it. */
const listed = (eventId: string): INodeExecutionData => ({ json: { eventId } });

describe('withoutKnown', () => {
	it('hands on an event once', async () => {
		const { handOn } = trigger();
		expect(await handOn([event('a')])).toEqual(['a']);
		expect(await handOn([event('a')])).toEqual([]);
		expect(await handOn([event('b')])).toEqual(['b']);
		expect(await handOn([event('a'), event('c'), event('b')])).toEqual(['c']);
	});

	it('knows an event by its id alone: events of the same body are two', async () => {
		const { handOn } = trigger();
		await handOn([event('a', 'body')]);
		expect(await handOn([event('a', 'other body')])).toEqual([]);
		expect(await handOn([event('other', 'body')])).toEqual(['other']);
		expect(await handOn([event('a', 'body'), event('new', 'body')])).toEqual(['new']);
	});

	it('never takes a body for an id', async () => {
		const { handOn } = trigger();
		await handOn([event('a', 'b')]);
		expect(await handOn([event('b', 'a')])).toEqual(['b']);
	});

	it('hands on the first of two that are one event', async () => {
		const { handOn } = trigger();
		const items = [event('a', '1'), event('a', '2'), event('b', '3'), event('b', '3')];
		expect(await handOn(items)).toEqual(['a', 'b']);
	});

	it('hands on the items themselves, in their order', async () => {
		const { execution } = trigger();
		const items = ['c', 'a', 'b'].map((name) => ({ ...listed(name), binary: { file: { data: '', mimeType: 'x' } } }));
		const kept = await withoutKnown(execution('trigger'), items);
		expect(kept).toHaveLength(3);
		kept.forEach((item, index) => expect(item).toBe(items[index]));
	});

	it('asks nothing when there is nothing', async () => {
		const { handOn, store } = trigger();
		expect(await handOn([])).toEqual([]);
		expect(store.asked).toEqual([]);
	});

	it('lets nodes ask at the same time, since each has its own row', async () => {
		const { handOn, store, execution } = trigger();
		await Promise.all([handOn([event('a')]), handOn([event('b')], execution('webhook', {}, 'another node'))]);
		expect(store.mostAtATime).toBe(2);
	});

	it.each(['manual', 'retry', 'cli', 'internal', 'evaluation'])('keeps all in the mode %s, and does not ask', async (mode) => {
		const { handOn, store, execution } = trigger();
		await handOn([event('a')]);
		expect(await handOn([event('a'), event('a')], execution(mode))).toEqual(['a', 'a']);
		expect(store.asked).toHaveLength(1);
	});

	it.each(['webhook', 'trigger'])('leaves out what is known in the mode %s', async (mode) => {
		const { handOn, execution } = trigger();
		expect(await handOn([listed('a')], execution(mode))).toEqual(['a']);
		expect(await handOn([listed('a')], execution(mode))).toEqual([]);
	});
});

describe('a further try of an execution', () => {
	it('gets what the first got, without asking again', async () => {
		const { handOn, store, execution } = trigger();
		await handOn([event('a')]);
		const data = {};
		const items = [event('a'), event('b')];
		for (let count = 0; count < 3; count++) expect(await handOn(items, execution('webhook', data))).toEqual(['b']);
		expect(store.asked.flat().filter((key) => key === 'b')).toHaveLength(1);
		expect(await handOn(items)).toEqual([]);
	});

	it('gets it also while the first is still being told', async () => {
		const { handOn, store, execution } = trigger();
		const data = {};
		const both = [1, 2].map(async () => await handOn([event('a')], execution('webhook', data)));
		expect(await Promise.all(both)).toEqual([['a'], ['a']]);
		expect(store.asked).toHaveLength(1);
	});

	it('keeps all when the first could not ask', async () => {
		const { handOn, store, execution } = trigger();
		await handOn([event('a')]);
		const data = {};
		store.failure = new Error('database is locked');
		expect(await handOn([event('a')], execution('webhook', data))).toEqual(['a']);
		store.failure = undefined;
		expect(await handOn([event('a')], execution('webhook', data))).toEqual(['a']);
	});
});

describe('executions at the same time', () => {
	it('ask one after the other, and those that wait together', async () => {
		const { handOn, store } = trigger();
		const names = Array.from({ length: 500 }, (_, index) => `e${index}`);
		const handed = await Promise.all(names.map(async (name) => await handOn([event(name)])));
		expect(handed).toEqual(names.map((name) => [name]));
		expect(store.mostAtATime).toBe(1);
		expect(store.asked.length).toBeLessThanOrEqual(3);
		// None has been lost by one that wrote over another.
		expect(store.size).toBe(500);
		expect(await handOn(names.map((name) => event(name)))).toEqual([]);
	});

	it('with the same event hand it on once', async () => {
		const { handOn } = trigger();
		const handed = await Promise.all(Array.from({ length: 20 }, async () => await handOn([event('a')])));
		expect(handed.flat()).toEqual(['a']);
	});

	it('never lose or double an event, however they overlap', async () => {
		const name = fc.integer({ min: 0, max: 15 }).map((number) => `e${number}`);
		const step = fc.record({ names: fc.array(name, { minLength: 1, maxLength: 4 }), wait: fc.nat({ max: 4 }) });
		await fc.assert(
			fc.asyncProperty(fc.array(step, { maxLength: 15 }), async (steps) => {
				const { handOn, store } = trigger();
				const running: Array<Promise<unknown[]>> = [];
				for (const { names, wait } of steps) {
					running.push(handOn(names.map((one) => event(one))));
					for (let count = 0; count < wait; count++) await turn();
				}
				const handed = (await Promise.all(running)).flat();
				expect([...handed].sort()).toEqual([...new Set(steps.flatMap(({ names }) => names))].sort());
				expect(store.mostAtATime).toBeLessThanOrEqual(1);
			}),
			{ numRuns: 60 },
		);
	});
});

describe('a store that fails', () => {
	it('costs no event, and says so', async () => {
		const { handOn, store, warnings } = trigger();
		await handOn([event('a')]);
		store.failure = new Error('database is locked');
		expect(await handOn([event('a'), event('b')])).toEqual(['a', 'b']);
		expect(warnings).toEqual(['"HeyGen Trigger" could not look up whether an event has come before: database is locked']);
	});

	it('is asked again by the next execution', async () => {
		const { handOn, store, warnings } = trigger();
		store.failure = new Error('database is locked');
		expect(await handOn([event('a')])).toEqual(['a']);
		store.failure = undefined;
		expect(await handOn([event('a')])).toEqual(['a']);
		expect(await handOn([event('a')])).toEqual([]);
		expect(warnings).toHaveLength(1);
	});

	it('fails all that ask together', async () => {
		const { handOn, store, warnings } = trigger();
		await handOn([event('a')]);
		store.failure = new Error('no');
		expect(await Promise.all([handOn([event('a')]), handOn([event('a')])])).toEqual([['a'], ['a']]);
		expect(warnings).toHaveLength(2);
	});

	it('answers those that ask while it fails', async () => {
		const { handOn, store, warnings } = trigger();
		await handOn([event('a')]);
		store.failure = new Error('no');
		const first = handOn([event('a')]);
		// The first question is on its way by then.
		await Promise.resolve();
		await Promise.resolve();
		const behind = handOn([event('a')]);
		expect(await first).toEqual(['a']);
		store.failure = undefined;
		expect(await behind).toEqual([]);
		expect(warnings).toHaveLength(1);
	});
});
