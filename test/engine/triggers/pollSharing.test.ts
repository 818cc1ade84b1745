/** Poll triggers that watch the same list: they share what they read of it. */
import type { IDataObject } from 'n8n-workflow';
import { deduplicator } from '../support/deduplication';
import { PollHost } from '../support/pollHarness';
import { activePoll, EVENTS, fieldOf, LIST_EVENTS, pollOptions } from '../support/pollSupport';
import { countOf, FAST_JOBS, LIST, sleepFor, useSandbox, useTiming } from '../support/support';

// A minute takes 600 ms here.
const MINUTE = 600;
useTiming({ pollShared: 550 });
const sandbox = useSandbox(FAST_JOBS);

beforeEach(() => deduplicator.rows.clear());

const emit = (count = 1): string[] => sandbox().emit({ event_type: 'avatar_video.success', event_data: { video_id: 'v1' }, count }).map(({ event_id: id }) => id);

const idsOf = (hosts: readonly PollHost[]) => hosts.map(({ handedOver }) => fieldOf(handedOver, 'eventId'));

/** Polls triggers for some minutes, each at a moment of its own. */
async function minutes(count: number, hosts: readonly PollHost[], meanwhile: (minute: number) => void = () => {}): Promise<void> {
	for (let minute = 0; minute < count; minute++) {
		for (const host of hosts) {
			await host.poll();
			await sleepFor(MINUTE / hosts.length);
		}
		meanwhile(minute);
	}
}

it('asks once a minute for ten triggers that wait for events', async () => {
	const hosts = await Promise.all(Array.from({ length: 10 }, async () => await activePoll(sandbox())));
	const before = countOf(sandbox(), LIST_EVENTS);
	await minutes(4, hosts);
	// One more where the minutes of a busy machine are longer.
	expect(countOf(sandbox(), LIST_EVENTS) - before).toBeLessThanOrEqual(6);
	expect(countOf(sandbox(), LIST_EVENTS) - before).toBeGreaterThanOrEqual(3);
});

it('hands all events on to each of them, once and in order, and no object to two of them', async () => {
	const hosts = await Promise.all(Array.from({ length: 4 }, async () => await activePoll(sandbox())));
	const ids: string[] = [];
	await minutes(4, hosts, (minute) => {
		if (minute < 3) ids.push(...emit(minute === 1 ? 120 : 2));
	});
	await minutes(1, hosts);
	expect(idsOf(hosts)).toEqual(hosts.map(() => ids));
	const [first, second] = hosts.map(({ handedOver }) => handedOver[0]?.json as IDataObject);
	expect(first).toEqual(second);
	expect(first).not.toBe(second);
});

it('lets a trigger that begins to watch count what is there now', async () => {
	const [early] = [await activePoll(sandbox())];
	await early.poll();
	emit(3);
	// It is published right after the other has asked, and hands on nothing of what came before.
	const late = new PollHost(pollOptions(sandbox()));
	expect(await late.activate()).toBeNull();
	await sleepFor(MINUTE);
	const ids = emit(2);
	expect(fieldOf(await late.poll(), 'eventId')).toEqual(ids);
});

it('never shows a trigger the same page twice, however often it polls', async () => {
	const host = await activePoll(sandbox());
	const before = countOf(sandbox(), LIST_EVENTS);
	for (let poll = 0; poll < 5; poll++) {
		const [id] = emit();
		expect(fieldOf(await host.poll(), 'eventId')).toEqual([id]);
	}
	expect(countOf(sandbox(), LIST_EVENTS) - before).toBe(5);
});

it('asks apart for other lists, folders and accounts', async () => {
	const videos = await activePoll(sandbox(), { source: 'videos' });
	const folder = await activePoll(sandbox(), { source: 'videos', filters: { folderId: 'folder_1' } });
	const events = await activePoll(sandbox());
	const other = await activePoll(sandbox(), { filters: { entityId: 'v1' } });
	const before = [countOf(sandbox(), LIST), countOf(sandbox(), LIST_EVENTS)];
	await minutes(1, [videos, folder, events, other]);
	expect([countOf(sandbox(), LIST), countOf(sandbox(), LIST_EVENTS)].map((count, at) => count - (before[at] as number))).toEqual([2, 2]);
});

it('lets each ask for itself when the one that asked for all could not', async () => {
	const hosts = await Promise.all(Array.from({ length: 3 }, async () => await activePoll(sandbox())));
	await sleepFor(MINUTE);
	const ids = emit();
	sandbox().addFault({ match: { path: EVENTS }, kind: 'status', status: 403, times: 1 });
	const polls = await Promise.allSettled(hosts.map(async (host) => await host.poll()));
	expect(polls.filter(({ status }) => status === 'rejected')).toHaveLength(1);
	await minutes(1, hosts);
	expect(idsOf(hosts)).toEqual(hosts.map(() => ids));
});
