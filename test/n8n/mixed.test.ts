import type { IDataObject } from 'n8n-workflow';

import { createAvatar, HEYGEN, heyGenNode, LOOK, runNodes, startSuite, type Suite, useSuite, withOwnSandbox } from './support/suite';

/** A hundred videos in a real n8n, of which some cannot be made: each ends on the branch it belongs to, linked to its item. */

jest.setTimeout(300_000);

const suite = useSuite(startSuite);

/** The looks of a sandbox in a state, over its API. */
async function lookThatIs(own: Suite, status: string): Promise<string> {
	for (let token = ''; ; ) {
		const page = await own.sandbox.ask<{ data: IDataObject[]; next_token: string | null }>(`/v3/avatars/looks?limit=50${token}`);
		const { data, next_token: next } = page;
		const found = data.find((look) => look.status === status);
		if (found !== undefined) return String(found.id);
		if (next === null) throw new Error(`No look is ${status}`);
		token = `&token=${encodeURIComponent(next)}`;
	}
}

it('93 videos go on with their files, and 7 go to the error output, each with its reason', async () => {
	await withOwnSandbox(suite, async (own) => {
		await own.sandbox.configure({ validateIds: true });
		const trouble: Record<number, IDataObject> = {
			5: { script: '' },
			17: { script: 'x'.repeat(5_001) },
			23: { avatar: 'look_that_is_gone' },
			42: { avatar: await lookThatIs(own, 'pending_consent') },
			64: { title: '[fail:render_failed]' },
			71: { title: '[fail:content_policy_violation]' },
			99: { voice: 'voice_that_is_gone' },
		};
		const items = Array.from({ length: 100 }, (_, n) => ({ n, script: `Hello number ${n}.`, avatar: LOOK, voice: 'voice_ann_calm_001', title: `Video ${n}`, ...trouble[n] }));
		const parameters = createAvatar({
			avatarId: { __rl: true, mode: 'id', value: '={{ $json.avatar }}' },
			voiceId: { __rl: true, mode: 'id', value: '={{ $json.voice }}' },
			download: ['video'],
			options: { title: '={{ $json.title }}' },
		});
		const execution = await runNodes(own, items, [heyGenNode(own, parameters, { onError: 'continueErrorOutput' })], 240_000);
		expect(execution.error).toBeUndefined();

		const made = execution.items(HEYGEN);
		expect(made).toHaveLength(93);
		expect(made.every(({ json, binary }) => json.status === 'completed' && binary?.video !== undefined)).toBe(true);
		const linked = made.map(({ pairedItem }) => (pairedItem as { item: number }).item);
		expect(linked).toEqual(items.map(({ n }) => n).filter((n) => !(n in trouble)));
		expect(made.map(({ json }) => json.title)).toEqual(linked.map((n) => `Video ${n}`));

		const failed = execution.items(HEYGEN, 1);
		expect(failed.map(({ json, pairedItem }) => [json.n, (pairedItem as { item: number }).item])).toEqual(Object.keys(trouble).map((n) => [Number(n), Number(n)]));
		const error = Object.fromEntries(failed.map(({ json }) => [json.n, json])) as Record<number, IDataObject>;
		expect(error[5]?.error).toMatch(/^'Script' is empty/);
		expect(error[17]?.error).toMatch(/^'Script' may have at most 5,000 characters, but has 5,001/);
		expect(error[23]).toMatchObject({ error: expect.stringMatching(/Avatar look_that_is_gone not found/), details: { code: 'avatar_not_found', httpCode: '404' } });
		expect(error[42]?.error).toMatch(/^'Avatar' is ".+", which waits for the consent/);
		expect(error[64]).toMatchObject({ error: expect.stringMatching(/^HeyGen could not finish the video \w+/), details: { code: 'render_failed', video_id: expect.any(String) } });
		expect(error[71]).toMatchObject({ details: { code: 'content_policy_violation', status: 'failed' } });
		expect(error[99]).toMatchObject({ error: expect.stringMatching(/Voice voice_that_is_gone not found/), details: { code: 'voice_not_found' } });

		const { videosCreated, requests } = await own.sandbox.stats();
		expect(videosCreated).toBe(95);
		// Each look and voice is asked for once; one of each is not there.
		expect(requests['GET /v3/avatars/looks/{look_id}']).toEqual({ 200: 2, 404: 1 });
		expect(requests['GET /v3/voices/{voice_id}']).toEqual({ 200: 1, 404: 1 });
		expect(execution.hints(HEYGEN)[0]?.message).toMatch(/^Made 95 videos in .+, 93 finished and 2 failed\./);
	});
});
