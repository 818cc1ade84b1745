/** What the runs of an execution have ordered, and what of it HeyGen does not charge for. */
import type { IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';
import { ExecutionCosts } from '../../../nodes/engine/item/executionCosts';

/** The execution's context, as n8n saves it and reads it again. */
let flow: IDataObject;
beforeEach(() => {
	flow = {};
});
const costsOf = (run: string) => {
	flow = JSON.parse(JSON.stringify(flow)) as IDataObject;
	return new ExecutionCosts({ getContext: () => flow } as unknown as IExecutePaginationFunctions, run);
};

it('are the sum of what the other runs have ordered', () => {
	costsOf('a').note(5n);
	costsOf('b').note(7n);
	costsOf('a').note(6n);
	expect([costsOf('a').ofOthers, costsOf('b').ofOthers, costsOf('c').ofOthers]).toEqual([7n, 6n, 13n]);
});

it('no longer hold a job that another run takes back, once', () => {
	const ordered = costsOf('a');
	ordered.note(9n);
	ordered.noteJob('s1', 4n);
	for (let time = 0; time < 2; time++) costsOf('b').takeBack('s1');
	costsOf('b').takeBack('s2');
	expect(costsOf('c').ofOthers).toBe(5n);
});

it('count a job that is ordered again by its last order alone when it is taken back', () => {
	for (const run of ['a', 'b']) {
		const ordered = costsOf(run);
		ordered.note(4n);
		ordered.noteJob('s1', 4n);
	}
	costsOf('c').takeBack('s1');
	expect(costsOf('c').ofOthers).toBe(4n);
	expect(costsOf('b').ofOthers).toBe(4n);
	expect(costsOf('a').ofOthers).toBe(0n);
});
