import { chain, feed, node, TRIGGER } from './host/workflow';
import { acceptedItems, bodiesTo, HEYGEN, runNodes, startSuite, type Suite, useSuite, withOwnSandbox } from './support/suite';
import { FILM, translationNode } from './support/translations';

/** Proofreads in a real n8n: their words are read, changed and given back by nodes, as people do it in the example to import. */

jest.setTimeout(300_000);

const suite = useSuite(startSuite);

/** A node of the resource under a name of its own. */
function proofreadNode(own: Suite, name: string, ...[operation, parameters]: [string, Parameters<typeof translationNode>[3]]) {
	return { ...translationNode(own, 'proofread', operation, parameters), id: name, name };
}

const captionsOf = async ({ n8n }: Suite, id: string | undefined): Promise<string> => (await n8n.client.downloadBinary(id ?? '')).toString();

it('several languages of a video are corrected in one row of nodes, each with its own words', async () => {
	await withOwnSandbox(suite, async (own) => {
		await own.sandbox.configure({ jobSeconds: 0.1, jobQueueSeconds: 0 });
		const id = '={{ $json.proofread_id }}';
		const nodes = [
			proofreadNode(own, 'Create', 'create', { ...FILM, outputLanguages: 'de, Spanish (Mexico), ja', title: 'Webinar' }),
			proofreadNode(own, 'Get Subtitles', 'getSubtitles', { proofreadId: id, download: ['subtitles', 'originalSubtitles'] }),
			proofreadNode(own, 'Update Subtitles', 'updateSubtitles', { proofreadId: id, subtitlesText: "={{ $json.subtitles.replace('Second line.', 'Corrected.') }}" }),
			translationNode(own, 'proofread', 'generate', { proofreadId: id, download: ['video', 'subtitles'], options: { captions: true } }),
		];
		const execution = await runNodes(own, [{}], nodes);
		const items = await acceptedItems(own, execution);
		const languages = ['German', 'Spanish (Mexico)', 'Japanese'];
		expect(items.map(({ json }) => [json.output_language, json.status])).toEqual(languages.map((language) => [language, 'completed']));
		for (const [index, language] of languages.entries()) {
			const words = execution.items('Get Subtitles')[index];
			expect(words?.json).toMatchObject({ subtitles: expect.stringContaining(`[${language}] Second line.`), original_subtitles: expect.stringContaining('[English] Second line.') });
			expect(Object.keys(words?.binary ?? {}).sort()).toEqual(['originalSubtitles', 'subtitles']);
			expect(await captionsOf(own, items[index]?.binary?.subtitles?.id)).toContain(`[${language}] Corrected.`);
		}
		expect((await own.sandbox.stats()).jobsCreated).toMatchObject({ proofread: 3, translation: 3 });
	});
});

it('takes the subtitles from a file of the item', async () => {
	const words = '1\n00:00:00,000 --> 00:00:02,000\nAus der Datei.\n';
	const jsCode = `const words = await this.helpers.prepareBinaryData(Buffer.from(${JSON.stringify(words)}), 'corrected.srt');
return [{ json: $input.first().json, binary: { words } }];`;
	await withOwnSandbox(suite, async (own) => {
		await own.sandbox.configure({ jobSeconds: 0.1, jobQueueSeconds: 0 });
		const id = '={{ $json.proofread_id }}';
		const execution = await runNodes(own, [{}], [
			proofreadNode(own, 'Create', 'create', { ...FILM, outputLanguages: ['German'], title: 'Webinar' }),
			node('Words', 'n8n-nodes-base.code', 2, { jsCode }),
			proofreadNode(own, 'Update Subtitles', 'updateSubtitles', { proofreadId: id, subtitlesSource: 'binary', subtitlesBinaryPropertyName: 'words' }),
			translationNode(own, 'proofread', 'getSubtitles', { proofreadId: id }),
		]);
		const [item] = await acceptedItems(own, execution);
		expect(item?.json.subtitles).toBe(words);
		expect(await bodiesTo(own, 'PUT /v3/video-translations/proofreads/{proofread_id}/srt')).toEqual([{ srt: { type: 'asset_id', asset_id: expect.any(String) } }]);
	});
});

it('makes another video of the same proofread after another correction, in a loop of one execution', async () => {
	const cue = (words: string) => `1\n00:00:00,000 --> 00:00:02,000\n${words}\n`;
	const jsCode = `return ${JSON.stringify(['One', 'Two'].map(cue))}.map((text) => ({ json: { proofread_id: $input.first().json.proofread_id, text } }));`;
	await withOwnSandbox(suite, async (own) => {
		await own.sandbox.configure({ jobSeconds: 0.1, jobQueueSeconds: 0 });
		const proofreadId = '={{ $json.proofread_id }}';
		const before = [
			proofreadNode(own, 'Create', 'create', { ...FILM, outputLanguages: ['German'], title: 'Webinar' }),
			node('Corrections', 'n8n-nodes-base.code', 2, { jsCode }),
			node('One by one', 'n8n-nodes-base.splitInBatches', 3, { options: {} }),
		];
		const within = [
			proofreadNode(own, 'Update Subtitles', 'updateSubtitles', { proofreadId, subtitlesText: '={{ $json.text }}' }),
			translationNode(own, 'proofread', 'generate', { proofreadId, download: ['video', 'subtitles'], options: { captions: true } }),
		];
		const workflow = feed('Loop', [{}], ...before);
		workflow.nodes.push(...within);
		// The first output of the loop is for its end.
		Object.assign(workflow.connections, chain(...within), {
			'One by one': { main: [[], [{ node: 'Update Subtitles', type: 'main', index: 0 }]] },
			[HEYGEN]: { main: [[{ node: 'One by one', type: 'main', index: 0 }]] },
		});
		const execution = await own.n8n.client.runWorkflow(workflow, { startNode: TRIGGER, timeoutMs: 120_000 });
		await acceptedItems(own, execution);
		const videos = [0, 1].map((run) => execution.items(HEYGEN, 0, run)[0]);
		expect(new Set(videos.map((item) => item?.json.video_translation_id)).size).toBe(2);
		expect(await Promise.all(videos.map(async (item) => await captionsOf(own, item?.binary?.subtitles?.id)))).toEqual(['One', 'Two'].map(cue));
		expect((await own.sandbox.stats()).jobsCreated).toMatchObject({ proofread: 1, translation: 2 });
	});
});
