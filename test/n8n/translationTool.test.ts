/**
 * HeyGen Translation as a tool of n8n's real AI agents, with a model that does what the test says: models write languages as
 * text, by names and codes. Version 2.2 of the agent is the last that calls n8n's declarative engine.
 */
import { agent, converse, startAgentSuite } from './support/agents';
import type { Arguments } from './support/chatModel';
import { bodiesTo, type Suite, useSuite, withOwnSandbox } from './support/suite';
import { HEYGEN_TRANSLATION, into, TRANSLATE, translationNode } from './support/translations';

jest.setTimeout(300_000);

const suite = useSuite(startAgentSuite);

/** Runs an agent of a version whose model calls the node once. @returns the error, if any */
async function translated(own: Suite, version: number, call: Arguments): Promise<string | undefined> {
	const tool = translationNode(own, 'translation', 'create', {
		...into("={{ $fromAI('languages', 'Languages to translate into', 'string') }}"),
		videoUrl: "={{ $fromAI('video', 'Address of the video', 'string') }}",
	});
	return (await converse(suite, agent(version), { ...tool, type: `${HEYGEN_TRANSLATION}Tool` }, [[[call]]])).error;
}

describe.each([2.2, 3.1])('an agent of version %s', (version) => {
	it('translates into languages that its model writes as text, and tells it of each of them', async () => {
		await withOwnSandbox(suite, async (own) => {
			await own.sandbox.configure({ jobSeconds: 0.1, jobQueueSeconds: 0 });
			const video = 'https://example.com/talk.mp4';
			expect(await translated(own, version, { video, languages: 'es-MX, German' })).toBeUndefined();
			const bodies = await bodiesTo(own, TRANSLATE);
			expect(bodies.map(({ output_languages: languages }) => languages).sort()).toEqual([['German'], ['Spanish (Mexico)']]);
			expect(bodies.map((body) => body.video)).toEqual(Array(2).fill({ type: 'url', url: video }));
			expect((await own.sandbox.stats()).jobsCreated.translation).toBe(2);
			for (const known of ['Spanish (Mexico)', 'German', 'completed', 'video_url']) expect(suite.model.told).toContain(known);
		});
	});

	it('makes nothing for a language that HeyGen does not have', async () => {
		await withOwnSandbox(suite, async (own) => {
			await translated(own, version, { video: 'https://example.com/talk.mp4', languages: 'German, Klingon' });
			expect((await own.sandbox.stats()).jobsCreated.translation).toBe(0);
			// Up to version 2.2 n8n hands the model an empty text for an error.
			if (version >= 3) expect(suite.model.told).toContain('Klingon');
		});
	});
});
