import { exact, type Exact } from '../../../nodes/heygen/prices/exact';
import { RunReport, reportOf } from '../../../nodes/engine/item/runReport';
import type { Started } from '../../../nodes/engine/item/started';
import { clock } from '../support/simulation/clock';

jest.mock('../../../nodes/engine/basics/timing', () => {
	const { virtualTiming } = jest.requireActual<typeof import('../support/simulation/clock')>('../support/simulation/clock');
	return virtualTiming(jest.requireActual<object>('../../../nodes/engine/basics/timing'));
});

afterEach(() => clock.forgetEvents());

const credits = (value: number) => (): Exact => exact(value);
const free = () => undefined;

async function said(report: RunReport): Promise<string | undefined> {
	return (await clock.run(report.hint()))?.message;
}

/** Waits for jobs, each for so many seconds, all from now on. */
async function waitFor(report: RunReport, noun: string, seconds: Record<string, number>): Promise<void> {
	const waits = Object.entries(seconds).map(async ([id, time]) => await report.waiting(noun, id, clock.pause(time * 1_000)));
	await clock.run(Promise.all(waits));
}

it('says nothing when there is nothing to say', async () => {
	expect(await clock.run(new RunReport().hint())).toBeUndefined();
});

describe('jobs', () => {
	it('that were made and waited for', async () => {
		const report = new RunReport();
		for (const id of ['a', 'b', 'c', 'd', 'e']) report.made('video', id, false, credits(3));
		await waitFor(report, 'video', { a: 60, b: 134, c: 20, d: 20, e: 20 });
		for (const id of ['a', 'b', 'c', 'd']) {
			report.ended('video', id, false);
			report.charged('video', id, exact(3));
		}
		report.ended('video', 'e', true);
		expect(await clock.run(report.hint())).toEqual({
			message: 'Made 5 videos in 2 min 14 s, 4 finished and 1 failed. Cost about 12 credits.',
			type: 'warning',
			location: 'outputPane',
		});
	});

	it('of which there is one', async () => {
		const report = new RunReport();
		report.made('background removal', 'a', false, credits(1));
		await waitFor(report, 'background removal', { a: 1 });
		report.ended('background removal', 'a', false);
		report.charged('background removal', 'a', exact(1));
		expect(await clock.run(report.hint())).toMatchObject({
			message: 'Made 1 background removal in 1 s, 1 finished. Cost about 1 credit.',
			type: 'info',
		});
	});

	it('that nobody waits for', async () => {
		const report = new RunReport();
		report.made('video', 'a', false, credits(1.5));
		expect(await said(report)).toBe('Made 1 video without waiting for it. Will cost about 1.5 credits.');
		report.made('video', 'b', false, credits(1.5));
		expect(await said(report)).toBe('Made 2 videos without waiting for them. Will cost about 3 credits.');
	});

	it('of several kinds, each counted by itself', async () => {
		const report = new RunReport();
		report.made('clipping', 'a', false, free);
		report.made('video', 'a', false, free);
		report.made('render', 'a', false, free);
		report.made('video', 'b', false, free);
		expect(await said(report)).toBe('Made 1 clipping, 2 videos and 1 render without waiting for them.');
	});

	it('that are told again count once, at their first cost', async () => {
		const report = new RunReport();
		for (const cost of [6, 0]) {
			report.made('video', 'a', false, credits(6));
			await waitFor(report, 'video', { a: 5 });
			report.ended('video', 'a', false);
			report.charged('video', 'a', exact(cost));
		}
		expect(await said(report)).toBe('Made 1 video in 10 s, 1 finished. Cost about 6 credits.');
	});

	it('that were only waited for', async () => {
		const report = new RunReport();
		await waitFor(report, 'video', { a: 2, b: 4, c: 1 });
		report.ended('video', 'a', false);
		report.ended('video', 'b', true);
		expect(await said(report)).toBe('Waited 4 s for 3 videos, 1 finished, 1 failed and 1 not finished yet.');
	});

	it('that are not there', async () => {
		const report = new RunReport();
		const wait = report.waiting('video', 'a', Promise.reject(new Error('unknown')));
		await expect(wait).rejects.toThrow('unknown');
		expect(await said(report)).toBeUndefined();
	});

	it('that cannot be read any more are there all the same when the run has made them', async () => {
		const report = new RunReport();
		report.made('video', 'a', false, credits(2));
		await expect(report.waiting('video', 'a', Promise.reject(new Error('lost')))).rejects.toThrow('lost');
		expect(await said(report)).toBe('Made 1 video in less than a second, 1 not finished yet. Will cost about 2 credits.');
	});

	it('of earlier executions are not made again', async () => {
		const report = new RunReport([{ kind: 'video', id: 'saved' }]);
		report.made('video', 'saved', false, credits(6));
		report.made('video', 'replayed', true, credits(6));
		expect(await said(report)).toBe('Took up 2 videos made before without waiting for them.');
		report.made('video', 'new', false, credits(6));
		await waitFor(report, 'video', { saved: 3, replayed: 3 });
		report.ended('video', 'saved', false);
		expect(await said(report)).toBe(
			'Made 1 video and took up 2 videos made before in 3 s, 1 finished, 1 not finished yet and 1 not waited for. Will cost about 6 credits.',
		);
	});

	it('of earlier executions that have failed there and are replaced do not count', async () => {
		const report = new RunReport();
		report.made('video', 'old', true, credits(6));
		report.ended('video', 'old', true);
		report.steppedOver('video', 'old');
		report.made('video', 'new', false, credits(6));
		expect(await clock.run(report.hint())).toMatchObject({
			message: 'Made 1 video without waiting for it. Will cost about 6 credits.',
			type: 'info',
		});
	});

	it('that lead to others count as one with them, by the name of the others', async () => {
		const report = new RunReport();
		for (let tries = 0; tries < 2; tries++) {
			report.made('session', 's1', false, credits(4));
			report.made('session', 's2', false, credits(4));
			await waitFor(report, 'session', { s1: 5 });
			report.leads('session', 's1', { noun: 'video', id: 'v1' });
			await waitFor(report, 'video', { v1: 10 });
			report.ended('video', 'v1', false);
			report.charged('session', 's1', exact(3));
		}
		expect(await said(report)).toBe(
			'Made 1 video and 1 session in 30 s, 1 finished and 1 not waited for. Cost about 3 credits, and will cost about 4 credits more.',
		);
	});

	it('that led to others, and are replaced, do not count', async () => {
		const report = new RunReport();
		report.made('session', 's1', true, free);
		report.leads('session', 's1', { noun: 'video', id: 'v1' });
		report.ended('video', 'v1', true);
		report.steppedOver('session', 's1');
		expect(await said(report)).toBeUndefined();
	});

	it('that are waited for one after the other count the time of both, and no pause between', async () => {
		const report = new RunReport();
		await waitFor(report, 'video', { a: 10 });
		await clock.pass(100_000);
		await waitFor(report, 'video', { b: 20 });
		expect(await said(report)).toMatch(/^Waited 30 s for 2 videos/);
	});
});

describe('the cost', () => {
	/** A run of finished and running videos. */
	function run(finished: Array<number | undefined>, running: number[] = []): RunReport {
		const report = new RunReport();
		finished.forEach((cost, at) => {
			report.made('video', `f${at}`, false, credits(9));
			report.ended('video', `f${at}`, false);
			if (cost !== undefined) report.charged('video', `f${at}`, exact(cost));
		});
		running.forEach((cost, at) => report.made('video', `r${at}`, false, credits(cost)));
		return report;
	}

	/** With a job besides whose cost nobody knows. */
	function unknown(report: RunReport, state: 'finished' | 'running'): RunReport {
		report.made('video', 'u', false, () => null);
		if (state === 'finished') report.ended('video', 'u', false);
		return report;
	}

	it.each<[string, RunReport, string]>([
		['is exact', run(Array.from({ length: 10 }, () => 0.1)), 'Cost about 1 credit.'],
		['is rounded', run([1.2345, 10]), 'Cost about 11.23 credits.'],
		['is rounded where it is small', run([0.03333]), 'Cost about 0.033 credits.'],
		['is written as people write it', run([123_456.5]), 'Cost about 123,456.5 credits.'],
		['of what was made before is nothing', run([0]), 'Cost nothing.'],
		['is more where a length is not known', run([2, undefined]), 'Cost at least 2 credits.'],
		['is not guessed', run([undefined]), ''],
		['comes later for what still runs', run([2], [3, 1.5]), 'Cost about 2 credits, and will cost about 4.5 credits more.'],
		['comes later for all', run([0], [3]), 'Will cost about 3 credits.'],
		['is more where a price is not known', unknown(run([2]), 'finished'), 'Cost at least 2 credits.'],
		['is not guessed without a price', unknown(new RunReport(), 'finished'), ''],
		['will be more where a price is not known', unknown(run([], [3]), 'running'), 'Will cost at least 3 credits.'],
		['will be more than what others have cost', unknown(run([2], [3]), 'running'), 'Cost about 2 credits, and will cost at least 3 credits more.'],
	])('%s', async (_name, report, expected) => {
		const message = (await said(report)) ?? '';
		expect(message.replace(/^Made [^.]*\. ?/, '')).toBe(expected);
	});
});

describe('requests', () => {
	it('that were repeated', async () => {
		const report = new RunReport();
		report.repeated();
		expect(await said(report)).toBe('1 request was repeated after a failure.');
		report.repeated();
		expect(await clock.run(report.hint())).toMatchObject({ message: '2 requests were repeated after failures.', type: 'info' });
	});

	it('that were held, where HeyGen has refused one or it took a second', async () => {
		const report = new RunReport();
		report.held(0, 600);
		expect(await said(report)).toBeUndefined();
		report.held(10_000, 10_400);
		expect(await said(report)).toBe("HeyGen's limits held requests for 1 s.");
	});

	it('that were refused', async () => {
		const report = new RunReport();
		report.refusedByLimit();
		expect(await said(report)).toBe("HeyGen's limits held requests for less than a second.");
		report.held(0, 30_000);
		report.held(0, 38_000);
		report.repeated();
		report.repeated();
		expect(await said(report)).toBe("HeyGen's limits held requests for 38 s; 2 requests were repeated after failures.");
	});
});

describe('a dry run', () => {
	it('says what would be made', async () => {
		const report = new RunReport();
		for (const item of ['0', '1', '2', '3', '4']) report.triedOut('video', item, exact(2.4));
		// A further try of the run.
		report.triedOut('video', '4', exact(2.4));
		expect(await said(report)).toBe('Dry run: nothing was sent; 5 videos would cost about 12 credits.');
	});

	it('of what costs nothing', async () => {
		const report = new RunReport();
		report.triedOut('render', '0', undefined);
		expect(await said(report)).toBe('Dry run: nothing was sent; 1 render would be made.');
	});

	it('says at least what it knows, where a cost is not known', async () => {
		const report = new RunReport();
		report.triedOut('clipping', '0', null);
		expect(await said(report)).toBe('Dry run: nothing was sent; 1 clipping would be made.');
		report.triedOut('clipping', '1', exact(2));
		expect(await said(report)).toBe('Dry run: nothing was sent; 2 clippings would cost at least 2 credits.');
	});

	it('of some items only', async () => {
		const report = new RunReport();
		report.triedOut('video', '0', exact(1));
		report.made('video', 'a', false, credits(2));
		expect(await said(report)).toBe(
			'Dry run: 1 video would cost about 1 credit. Made 1 video without waiting for it. Will cost about 2 credits.',
		);
	});
});

describe('remarks', () => {
	it('name the items that they are about, once', async () => {
		const report = new RunReport();
		for (const item of [2, 0, 1, 2]) report.remark('The avatar is upright, but the video is wide', item);
		report.remark('The voice speaks <b>English</b>', 4);
		const hint = await clock.run(report.hint());
		expect(hint?.message).toBe('Items 1 to 3: The avatar is upright, but the video is wide. Item 5: The voice speaks &lt;b&gt;English&lt;/b&gt;.');
		expect(hint?.type).toBe('warning');
	});

	it('are as many as a hint has room for', async () => {
		const report = new RunReport();
		for (let item = 0; item < 7; item++) report.remark(`Remark ${item}`, item);
		const message = await said(report);
		expect(message).toMatch(/Item 5: Remark 4\. There are 2 more remarks\.$/);
		for (let item = 0; item < 40; item += 2) report.remark('Remark 0', item);
		expect(await said(report)).toMatch(/^Items 1, 3, 5, 7, 9 and more: Remark 0\./);
	});
});

it('is one for all tries of a run', async () => {
	const records: Started[] = [{ kind: 'video', id: 'saved', item: 0, at: 0 }];
	const first = reportOf(records);
	records.push({ kind: 'video', id: 'own', item: 1, at: 0 });
	const second = reportOf(records);
	second.made('video', 'own', false, free);
	second.made('video', 'saved', false, free);
	expect(second).toBe(first);
	expect(await said(first)).toBe('Made 1 video and took up 1 video made before without waiting for them.');
	expect(reportOf([...records])).not.toBe(first);
});
