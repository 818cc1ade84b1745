import { startSuite, useSuite, withOwnSandbox } from './support/suite';
import { AFTER, executions, pollTrigger, publish, storeTrigger, TRIGGER_NODE, until } from './support/triggers';

/** HeyGen Poll Trigger in a real n8n server, whose shortest interval is a minute. */

jest.setTimeout(600_000);

/** Longest time until n8n has polled again and the execution has ended, in ms. */
const NEXT_POLL = 100_000;

const suite = useSuite(startSuite);

it('hands on 350 events between two polls once, in order, and what has ended of videos and translations', async () => {
	await withOwnSandbox(suite, async (own) => {
		await own.sandbox.seed({ videos: 3, translations: 2 });
		await own.sandbox.seed({ videos: { count: 1, runSeconds: 20 }, translations: { count: 1, runSeconds: 20, failed: true } });
		await own.sandbox.emit({ event_type: 'avatar_video.success', count: 120, deliver: false });
		const [events, videos, translations] = [
			await publish(own, pollTrigger(own, { events: ['*'] })),
			await publish(own, pollTrigger(own, { source: 'videos', outcomes: ['success', 'failure'], options: { download: ['video'] } })),
			await publish(own, pollTrigger(own, { source: 'translations', outcomes: ['success', 'failure'] })),
		];
		const ids = await own.sandbox.emit({ event_type: 'video_translate.success', count: 350, deliver: false });

		const [poll] = await executions(own, events, 1, NEXT_POLL);
		const seen = poll?.items(TRIGGER_NODE).map(({ json }) => String(json.eventId)) ?? [];
		expect(seen.filter((id) => ids.includes(id))).toEqual(ids);
		expect(poll?.items(AFTER).map(({ json }) => json.seen)).toEqual(seen);

		const [film] = await executions(own, videos, 1, NEXT_POLL);
		expect(film?.items(TRIGGER_NODE)).toHaveLength(1);
		expect(film?.items(TRIGGER_NODE)[0]).toMatchObject({
			json: { kind: 'video', outcome: 'success', error: null },
			binary: { video: { mimeType: 'video/mp4' } },
		});
		const [failed] = await executions(own, translations, 1, NEXT_POLL);
		expect(failed?.items(TRIGGER_NODE)).toHaveLength(1);
		expect(failed?.items(TRIGGER_NODE)[0]?.json).toMatchObject({ kind: 'translation', outcome: 'failure' });
		expect(failed?.items(TRIGGER_NODE)[0]?.json.error).not.toBe(null);

		// Another minute brings nothing twice.
		const [more = ''] = await own.sandbox.emit({ event_type: 'avatar_video.fail', deliver: false });
		const allSeen = async () =>
			(await executions(own, events, 1)).flatMap((one) => one.items(TRIGGER_NODE).map(({ json }) => String(json.eventId)));
		await until(async () => (await allSeen()).includes(more), NEXT_POLL);
		// Besides those, only the ends of the two jobs that were running.
		expect(await allSeen()).toHaveLength(ids.length + 3);
		expect(new Set(await allSeen()).size).toBe(ids.length + 3);
		expect(await own.n8n.client.countExecutions(videos)).toBe(1);
		expect(await own.n8n.client.countExecutions(translations)).toBe(1);
	});
});

it('shows the latest event in a test in the editor, and says when there is none', async () => {
	await withOwnSandbox(suite, async (own) => {
		const workflow = await storeTrigger(own, pollTrigger(own, { events: ['*.fail'] }));
		const run = async () => await own.n8n.client.runWorkflow(workflow, { startNode: TRIGGER_NODE });
		expect((await run()).error).toContain('HeyGen has nothing to show for this test yet');
		const [failed] = await own.sandbox.emit({ event_type: 'avatar_video.fail', deliver: false });
		await own.sandbox.emit({ event_type: 'avatar_video.success', deliver: false });
		const shown = (await run()).items(AFTER);
		expect(shown.map(({ json }) => json.seen)).toEqual([failed]);
	});
});
