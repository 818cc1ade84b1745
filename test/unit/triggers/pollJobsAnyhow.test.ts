import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { clock } from '../support/simulation/clock';
import { type JobLife, JobSite, pollerOf } from '../support/simulation/jobSite';

jest.mock('../../../nodes/engine/basics/timing', () => {
	const { virtualTiming } = jest.requireActual<typeof import('../support/simulation/clock')>('../support/simulation/clock');
	return virtualTiming(jest.requireActual<object>('../../../nodes/engine/basics/timing'));
});

/** Polls of jobs at any moments, of any jobs; what holds in particular is in pollJobs.test.ts. */

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Lets time pass; nothing else is under way. */
function pass(ms: number): void {
	clock.time += ms;
}

it('over any polls, each job that ends after the first is handed on once, in the order of their ends', async () => {
	const minutes = fc.oneof(fc.constant(0), fc.nat({ max: 3 }), fc.nat({ max: 60 }), fc.nat({ max: 3_000 }));
	const life = fc.record({
		runs: minutes.map((count) => count * MINUTE),
		status: fc.constantFrom<JobLife['status']>('completed', 'completed', 'failed'),
		settling: fc.constantFrom(0, 0, 5_000, Infinity),
		/** Whether it is deleted before it ends. */
		isDeleted: fc.integer({ min: 0, max: 7 }).map((number) => number === 0),
	});
	/** How many of the same are started at once; now and then more than a page shows. */
	const count = fc.oneof({ weight: 12, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.integer({ min: 90, max: 150 }) });
	const lives = fc.array(fc.record({ life, count }), { maxLength: 5 });
	const step = fc.record({ wait: minutes, lives, polls: fc.boolean() });
	let total = 0;
	await fc.assert(
		fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), fc.array(step, { maxLength: 20 }), async (before, after) => {
			const site = new JobSite();
			const poller = pollerOf(site);
			const handed: IDataObject[] = [];
			const act = (steps: typeof before) => {
				for (const { wait, lives: started } of steps) {
					pass(wait * 1_000);
					for (const { life: { isDeleted, ...one }, count: many } of started) {
						const end = isDeleted ? { deletedAt: clock.time + one.runs / 2, runs: one.runs + 1 } : {};
						for (let index = 0; index < many; index++) site.start({ ...one, ...end });
					}
				}
			};
			// All of it within the day that a first poll looks back.
			act(before);
			await poller.poll();
			const [firstAt, startedBefore] = [clock.time, site.lives.length];
			for (const one of after) {
				act([{ ...one, wait: one.wait * 60 }]);
				if (!one.polls) continue;
				const found = await poller.poll();
				const ends = found.map(({ resource }) => Number((resource as IDataObject).completed_at));
				expect(ends).toEqual([...ends].sort((a, b) => a - b));
				handed.push(...found);
			}
			pass(4 * DAY);
			// What was deleted must be unknown three times.
			for (let last = 0; last < 3; last++) handed.push(...(await poller.poll()));
			const expected = site.lives.flatMap(({ endsAt, deletedAt }, index) => {
				const isNews = index >= startedBefore || endsAt > firstAt;
				return isNews && deletedAt > endsAt ? [`j${index}`] : [];
			});
			expect(handed.map(({ id }) => String(id)).sort()).toEqual(expected.sort());
			expect(poller.running()).toEqual([]);
			total += expected.length;
		}),
		{ numRuns: 150 },
	);
	expect(total).toBeGreaterThan(1_000);
});
