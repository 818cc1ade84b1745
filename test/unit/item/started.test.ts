import type { Journal } from '../../../nodes/engine/item/journal';
import { type Doubt, type Started, StartedList } from '../../../nodes/engine/item/started';

const journal = { note: () => undefined } as unknown as Journal;
const listOf = (started: Started[] = [], doubts: Doubt[] = []) => new StartedList(started, doubts, journal);

it('records a job again that another key has asked for, and names it once', () => {
	const list = listOf();
	list.add({ kind: 'agent session', id: 's1', item: 0, key: 'k1' });
	list.add({ kind: 'agent session', id: 's1', item: 1, key: 'k2' });
	expect([list.madeWith({ key: 'k1' })?.item, list.madeWith({ key: 'k2' })?.item]).toEqual([0, 1]);
	expect([list.jobsOf({ item: 0 }).length, list.jobsOf({ item: 1 }).length]).toEqual([1, 1]);
	expect(list.jobs()).toEqual(['s1']);
	expect(list.summary([])).toEqual([expect.stringMatching(/: s1$/)]);
});

it('records nothing for an answer that repeats an earlier one', () => {
	const records: Started[] = [];
	const list = listOf(records);
	list.add({ kind: 'video', id: 'v1', item: 0, key: 'k1' });
	list.add({ kind: 'video', id: 'v1', item: 1, key: 'k1' });
	list.add({ kind: 'video', id: 'v1', item: 1 });
	expect(records).toHaveLength(1);
});
