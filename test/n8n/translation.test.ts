import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import { sampleFile } from '../sandbox';
import { node, TRIGGER } from './host/workflow';
import { acceptedItems, bodiesTo, HEYGEN, runNodes, startSuite, type Suite, useSuite, withOwnSandbox } from './support/suite';
import { into, TRANSLATE, TRANSLATE_BATCH, translationNode, TWELVE } from './support/translations';

/** HeyGen Translation in a real n8n: many languages of many items, each of which is made once and ends where it belongs. */

jest.setTimeout(300_000);

const suite = useSuite(startSuite);

/** Translations that were really made. */
const made = async (own: Suite): Promise<number> => (await own.sandbox.stats()).jobsCreated.translation;

const sha256Of = (content: Buffer | string): string => createHash('sha256').update(content).digest('hex');

const slugOf = (language: string): string => language.toLowerCase().replace(/[^a-z]+/g, '-').replace(/-$/, '');

it('a video becomes twelve, in the order in which the languages are asked for, each with its file', async () => {
	await withOwnSandbox(suite, async (own) => {
		const parameters = into(TWELVE, { download: ['video', 'subtitles'], options: { title: '={{ $json.title }}', enableCaption: true } });
		const execution = await runNodes(own, [{ title: 'Webinar' }], [translationNode(own, 'translation', 'create', parameters)]);
		const items = await acceptedItems(own, execution);
		expect(items.map(({ json }) => json.output_language)).toEqual(TWELVE);
		expect(new Set(items.map(({ json }) => json.video_translation_id)).size).toBe(12);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(Array(12).fill({ item: 0 }));
		for (const [index, { json, binary }] of items.entries()) {
			expect(json).toMatchObject({ status: 'completed', title: 'Webinar', cost: { credits: expect.any(Number) } });
			const name = `${String(json.video_translation_id)}-${slugOf(TWELVE[index] as string)}`;
			expect(Object.keys(binary ?? {}).sort()).toEqual(['subtitles', 'video']);
			expect(binary?.video).toMatchObject({ fileName: `${name}.mp4`, mimeType: 'video/mp4' });
			expect(binary?.subtitles?.fileName).toBe(`${name}.srt`);
			expect((await own.n8n.client.hashBinary(binary?.video?.id ?? '')).bytes).toBe(sampleFile('mp4').length);
			expect((await own.n8n.client.downloadBinary(binary?.subtitles?.id ?? '')).toString()).toMatch(/ --> /);
		}
		expect((await bodiesTo(own, TRANSLATE)).map((body) => body.output_languages)).toEqual(expect.arrayContaining(TWELVE.map((language) => [language])));
		expect(await made(own)).toBe(12);
		expect((await own.sandbox.stats()).keysSeenOnFileHost).toBe(0);
		expect(execution.hints(HEYGEN)).toEqual([expect.objectContaining({ message: expect.stringContaining('12 translations'), type: 'info' })]);
	});
});

it('says behind each of them which item it is of', async () => {
	const later = node('Later', 'n8n-nodes-base.set', 3.4, {
		mode: 'raw',
		jsonOutput: `={{ JSON.stringify({ row: $('${TRIGGER}').item.json.row, language: $json.output_language }) }}`,
		options: {},
	});
	await withOwnSandbox(suite, async (own) => {
		const rows = [{ row: 1, into: ['German', 'French'] }, { row: 2, into: 'Italian' }, { row: 3, into: 'ja, pt-BR' }];
		const execution = await runNodes(own, rows, [translationNode(own, 'translation', 'create', into('={{ $json.into }}')), later]);
		await acceptedItems(own, execution);
		expect(execution.items('Later').map(({ json }) => json)).toEqual([
			{ row: 1, language: 'German' },
			{ row: 1, language: 'French' },
			{ row: 2, language: 'Italian' },
			{ row: 3, language: 'Japanese' },
			{ row: 3, language: 'Portuguese (Brazil)' },
		]);
	});
});

describe('a language that fails', () => {
	const others = TWELVE.filter((language) => language !== 'French');
	const once = { title: '[fail-language-once:French]' };

	it('goes to the error output alone', async () => {
		await withOwnSandbox(suite, async (own) => {
			const parameters = into(TWELVE, { download: ['video'], options: { title: '={{ $json.title }}' } });
			const rows = [{ row: 7, title: '[fail-language:French]' }];
			const execution = await runNodes(own, rows, [translationNode(own, 'translation', 'create', parameters, { onError: 'continueErrorOutput' })]);
			const items = await acceptedItems(own, execution);
			expect(items.map(({ json, binary }) => [json.output_language, binary?.video !== undefined])).toEqual(others.map((language) => [language, true]));
			const [failed, ...more] = execution.items(HEYGEN, 1);
			expect(more).toEqual([]);
			expect(failed?.pairedItem).toEqual({ item: 0 });
			expect(failed?.json).toMatchObject({
				row: 7,
				error: expect.stringMatching(/^French: HeyGen could not finish the translation \w+/),
				details: { output_language: 'French', video_translation_id: expect.any(String) },
			});
			expect(await made(own)).toBe(12);
		});
	});

	it('is made again by Retry On Fail, and no other is', async () => {
		await withOwnSandbox(suite, async (own) => {
			const extra = { retryOnFail: true, maxTries: 2, waitBetweenTries: 10 };
			const execution = await runNodes(own, [{}], [translationNode(own, 'translation', 'create', into(TWELVE, { download: ['video'], options: once }), extra)]);
			const items = await acceptedItems(own, execution);
			expect(items.map(({ json, binary }) => [json.output_language, binary?.video !== undefined])).toEqual(TWELVE.map((language) => [language, true]));
			expect(await made(own)).toBe(13);
		});
	});

	it.each([true, false])("is made again by n8n's Retry execution, and no other is; with the currently saved workflow: %s", async (loadWorkflow) => {
		await withOwnSandbox(suite, async (own) => {
			const { client } = own.n8n;
			const failed = await runNodes(own, [{}], [translationNode(own, 'translation', 'create', into(TWELVE, { download: ['video'], options: once }))]);
			expect(failed.status).toBe('error');
			expect(failed.error).toMatch(/^French: HeyGen could not finish the translation \w+/);
			expect(await made(own)).toBe(12);
			const again = await client.waitForEnd(await client.retry(failed.id, loadWorkflow), 120_000);
			const items = await acceptedItems(own, again);
			expect(items.map(({ json, binary }) => [json.output_language, binary?.video !== undefined])).toEqual(TWELVE.map((language) => [language, true]));
			expect(await made(own)).toBe(13);
		});
	});
});

it('sends 40 items in five languages as two batches, and hands on 200 translations in order', async () => {
	const languages = TWELVE.slice(0, 5);
	const jsCode = `return Array.from({ length: 40 }, (_, row) => ({ json: { row, languages: ${JSON.stringify(languages)} } }));`;
	const code = node('Rows', 'n8n-nodes-base.code', 2, { jsCode });
	await withOwnSandbox(suite, async (own) => {
		const parameters = into('={{ $json.languages }}', {
			options: { title: '=Row {{ $json.row }}' },
			requestOptions: { sendAsBatch: true },
		});
		const items = await acceptedItems(own, await runNodes(own, [{}], [code, translationNode(own, 'translation', 'create', parameters)], 240_000));
		const rows = Array.from({ length: 40 }, (_, row) => row);
		expect(items.map(({ json }) => [json.title, json.output_language])).toEqual(rows.flatMap((row) => languages.map((language) => [`Row ${row}`, language])));
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(rows.flatMap((row) => languages.map(() => ({ item: row }))));
		expect(items.every(({ json }) => json.status === 'completed')).toBe(true);
		const { requests } = await own.sandbox.stats();
		expect(requests[TRANSLATE_BATCH]).toEqual({ 202: 2 });
		expect(requests[TRANSLATE]).toBeUndefined();
		expect(requests['GET /v3/video-translations/languages']).toEqual({ 200: 1 });
		expect(await made(own)).toBe(200);
	});
});

it('uploads a video of the item, and its subtitles, once for all languages', async () => {
	const words = ['1', '00:00:00,500 --> 00:00:02,000', 'Grüß Gott!', ''].join('\n');
	const jsCode = `const words = await this.helpers.prepareBinaryData(Buffer.from(${JSON.stringify(words)}), 'words.srt', 'application/x-subrip');
return [{ json: { film: $input.first().json.film }, binary: { words } }];`;
	const code = node('Words', 'n8n-nodes-base.code', 2, { jsCode });
	const fetched = node('Film', 'n8n-nodes-base.httpRequest', 4.2, {
		url: '={{ $json.film }}',
		options: { response: { response: { responseFormat: 'file', outputPropertyName: 'data' } } },
	});
	await withOwnSandbox(suite, async (own) => {
		await own.sandbox.seed(1);
		const { data } = await own.sandbox.ask<{ data: IDataObject[] }>('/v3/videos?limit=1');
		const parameters = {
			...into('German, French, Italian', { download: ['video'] }),
			videoSource: 'binary',
			videoBinaryPropertyName: 'data',
			options: { srt: { file: { binaryPropertyName: 'words' } }, srtRole: 'input', inputLanguage: 'German' },
		};
		const execution = await runNodes(own, [{ film: data[0]?.video_url ?? '' }], [code, fetched, translationNode(own, 'translation', 'create', parameters)]);
		const items = await acceptedItems(own, execution);
		expect(items.map(({ json, binary }) => [json.output_language, Object.keys(binary ?? {})])).toEqual(['German', 'French', 'Italian'].map((language) => [language, ['video']]));
		const assets = await own.sandbox.assets();
		expect(assets.map(({ sha256 }) => sha256).sort()).toEqual([sha256Of(sampleFile('mp4')), sha256Of(words)].sort());
		const idOf = (name: RegExp) => ({ type: 'asset_id', asset_id: assets.find(({ filename }) => name.test(filename))?.id });
		const bodies = await bodiesTo(own, TRANSLATE);
		expect(bodies).toHaveLength(3);
		for (const body of bodies) expect(body).toMatchObject({ video: idOf(/mp4$/), srt: idOf(/srt$/), srt_role: 'input', input_language: 'German' });
	});
});
