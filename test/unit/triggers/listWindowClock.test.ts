import type { IDataObject } from 'n8n-workflow';

import { wallClock } from '../../../nodes/engine/basics/timing';
import { ListWindow } from '../../../nodes/engine/triggers/listWindow';

jest.mock('../../../nodes/engine/basics/timing', () => ({ wallClock: () => 1_780_000_000_400 }));

/** The part of a list that a poll looks at, at its edges. Whole polls are in listWindow.test.ts. */

const NOW = wallClock();
const MINUTE = 60_000;

describe('ListWindow', () => {
	const shape = { idOf: ({ id }: IDataObject) => String(id), timeOf: ({ at }: IDataObject) => at as number | undefined };
	const at = (id: string, time: number) => ({ id, at: time });

	it('looks back a quarter of an hour, and that moment counts', () => {
		const mark = new ListWindow(shape, undefined).next([at('a', NOW)]);
		const [edge, before] = [at('edge', NOW - 15 * MINUTE), at('before', NOW - 15 * MINUTE - 1)];
		expect(new ListWindow(shape, mark).fresh([edge, before])).toEqual([edge]);
	});

	it('does not go back when the youngest is no longer listed', () => {
		const old = at('old', NOW - 60 * MINUTE);
		const mark = new ListWindow(shape, undefined).next([at('young', NOW), old]);
		expect(new ListWindow(shape, mark).next([old]).latest).toBe(NOW);
	});

	it('does not let a time in the future hide what comes until then', () => {
		const ahead = at('ahead', NOW + 60 * MINUTE);
		const mark = new ListWindow(shape, undefined).next([ahead]);
		expect(mark.latest).toBeLessThanOrEqual(NOW);
		const next = at('next', NOW + 1);
		expect(new ListWindow(shape, mark).fresh([ahead, next])).toEqual([next]);
	});

	it('counts a record without a time as young as the next younger one, and the youngest as new', () => {
		const old = Array.from({ length: 12 }, (_, index) => at(`old ${index}`, NOW - (60 + index) * MINUTE));
		const list = [{ id: 'first' }, ...old.slice(0, 5), { id: 'between' }, ...old.slice(5)];
		const mark = { latest: NOW - 5 * MINUTE, seen: {} };
		for (const records of [list, [...list].reverse()]) {
			expect(new ListWindow(shape, mark).fresh(records)).toEqual([{ id: 'first' }]);
		}
	});

	it('has seen enough only when all of the last ten are old, and never of an empty page', () => {
		const mark = { latest: NOW, seen: {} };
		const old = Array.from({ length: 10 }, (_, index) => at(`old ${index}`, NOW - (20 + index) * MINUTE));
		const list = [at('young', NOW), ...old];
		expect(new ListWindow(shape, mark).isCovered(list)).toBe(true);
		expect(new ListWindow(shape, mark).isCovered(list.slice(0, 10))).toBe(false);
		expect(new ListWindow(shape, mark).isCovered([...list].reverse())).toBe(false);
		expect(new ListWindow(shape, mark).isCovered([])).toBe(false);
	});
});
