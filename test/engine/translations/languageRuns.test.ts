/** Several languages of one item: each has a key, a result and an error of its own, and is paid for once. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { runNode, startNode } from '../support/harness';
import { endOf, errorOf, expression, FAST_JOBS, jsonOf, linksOf, requestsTo, retryByHand, until, useSandbox, useTiming } from '../support/support';
import { into, languagesOf, runTranslation, TRANSLATE, TRANSLATE_BATCH, translationRun, TWELVE } from '../support/translationSupport';

useTiming({ catchUpTime: 1_500 });
const sandbox = useSandbox(FAST_JOBS);

const create = async (parameters: INodeParameters, options: Parameters<typeof runTranslation>[4] = {}) =>
	await runTranslation(sandbox(), 'translation', 'create', parameters, options);

/** Translations that were really made. */
const made = (): number => sandbox().stats().jobsCreated.translation;

/** Idempotency keys that creates of a language carried, each once. */
function keysOf(language: string): string[] {
	const own = requestsTo(sandbox(), TRANSLATE).filter(({ body }) => String((body as IDataObject).output_languages) === language);
	// What fails before it is read has none in the log.
	return [...new Set(own.flatMap(({ idempotencyKey }) => idempotencyKey ?? []))];
}

const failing = (...languages: string[]) => ({ title: languages.map((name) => `[fail-language:${name}]`).join(' ') });
const failingOnce = (language: string) => ({ title: `[fail-language-once:${language}]` });

describe('a language that fails', () => {
	it('costs none of the others, with an error output', async () => {
		const items = [{ json: { row: 1 } }, { json: { row: 2 } }];
		const result = await create(into(expression(TWELVE), { options: failing('Korean') }), { items, onError: 'continueErrorOutput' });
		const others = TWELVE.filter((language) => language !== 'Korean');
		expect(languagesOf(result)).toEqual([...others, ...others]);
		expect(linksOf(result)).toEqual([...others.map(() => 0), ...others.map(() => 1)]);
		expect(linksOf(result, 1)).toEqual([0, 1]);
		const [failed] = jsonOf(result, 1);
		expect(failed).toMatchObject({
			row: 1,
			error: expect.stringMatching(/^Korean: HeyGen could not finish the translation \w+: The speech could not be separated from the music \(item 1\)$/),
			details: { output_language: 'Korean', status: 'failed', heyGenMessage: 'The speech could not be separated from the music' },
		});
		// What others have made is no part of its error.
		expect(failed?.details).not.toHaveProperty('started');
		expect(made()).toBe(24);
	});

	it('stands in its place among the others with the regular output', async () => {
		const result = await create(into('German, French, Italian', { options: failing('French') }), { onError: 'continueRegularOutput' });
		expect(jsonOf(result).map(({ output_language: language, error }) => language ?? String(error).slice(0, 7))).toEqual(['German', 'French:', 'Italian']);
	});

	it('stops the node otherwise, at once, and names what goes on', async () => {
		sandbox().configure({ jobSeconds: 30 });
		sandbox().addFault({ match: { method: 'POST', path: '/v3/video-translations' }, kind: 'status', status: 400, skip: 1, times: 1 });
		const result = await create(into('German, French, Italian'));
		const error = errorOf(result);
		expect(error.message).toMatch(/^(German|French|Italian): Could not translate the video/);
		expect(error.message).not.toContain('Another job');
		const started = requestsTo(sandbox(), TRANSLATE).filter(({ status }) => status === 200).length;
		expect(String(error.description).match(/[0-9a-f]{32}/g) ?? []).toHaveLength(started);
		expect(String(error.description).match(/[0-9a-f]{32} \((German|French|Italian)\)/g) ?? []).toHaveLength(started);
	});

	it('alone is made by a second try of Retry On Fail', async () => {
		const result = await create(into(expression(TWELVE), { options: failingOnce('Korean') }), { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 } as never);
		expect(result.originalError).toBeUndefined();
		expect(languagesOf(result)).toEqual(TWELVE);
		expect(made()).toBe(13);
		expect(keysOf('Korean')).toHaveLength(2);
		for (const language of TWELVE.filter((name) => name !== 'Korean')) expect(keysOf(language)).toHaveLength(1);
	});

	it("alone is made by n8n's Retry execution", async () => {
		const run = translationRun(sandbox(), 'translation', 'create', into(expression(TWELVE), { options: failingOnce('Polish') }));
		const failed = await endOf(startNode(run));
		expect(errorOf(failed).message).toContain('Polish: HeyGen could not finish the translation');
		const retried = await retryByHand(failed, run);
		expect(retried.originalError).toBeUndefined();
		expect(languagesOf(retried)).toEqual(TWELVE);
		expect(made()).toBe(13);
	});

	it('has a key of its own when the user gives one, so that none gets the answer of another', async () => {
		const requestOptions = { idempotencyKey: 'row-7' };
		const first = await create(into('German, French', { requestOptions }));
		expect(languagesOf(first)).toEqual(['German', 'French']);
		expect(made()).toBe(2);
		expect(new Set([...keysOf('German'), ...keysOf('French')]).size).toBe(2);
		// The same key is answered with what was made, by language.
		const again = await create(into('French, German', { requestOptions }));
		expect(jsonOf(again).map(({ video_translation_id: id }) => id)).toEqual(jsonOf(first).map(({ video_translation_id: id }) => id).reverse());
		expect(made()).toBe(2);
	});

	it('is not paid for again when the same key asks for more languages, nor answered with another language', async () => {
		const requestOptions = { idempotencyKey: 'row-7' };
		await create(into('German', { requestOptions }));
		expect(keysOf('German')).toEqual([expect.stringMatching(/^row-7:german\.[\w-]{6}$/)]);
		await create(into('German, French', { requestOptions }));
		expect(made()).toBe(2);
		expect(languagesOf(await create(into('Italian', { requestOptions })))).toEqual(['Italian']);
	});

	it.each([['by Retry On Fail', { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 }], ['in another execution', undefined]])('that has failed under a key of the user is made anew %s', async (_how, retry) => {
		const parameters = into('German, French', { requestOptions: { idempotencyKey: 'row-7' }, options: failingOnce('French') });
		const first = await create(parameters, (retry ?? { onError: 'continueErrorOutput' }) as never);
		if (retry === undefined) {
			expect(String((jsonOf(first, 1)[0]?.details as IDataObject).description)).toContain('leave the key as it is');
			expect(languagesOf(await create(parameters))).toEqual(['German', 'French']);
		} else expect(languagesOf(first)).toEqual(['German', 'French']);
		expect(made()).toBe(3);
	});

	it('is named with the key that the user gave where items ask for different things', async () => {
		const items = ['a', 'b'].map((title) => ({ json: { title } }));
		const result = await create(into('German, French', { requestOptions: { idempotencyKey: 'row-7' }, options: { title: '={{ $json.title }}' } }), { items });
		expect(errorOf(result).message).toContain('\'Idempotency Key\' is "row-7" for items 1 and 2, which ask for different things');
		expect(made()).toBe(0);
	});

	it('gets what was made before, with Same Input, Same Video', async () => {
		const requestOptions = { sameInputSameVideo: true };
		const first = await create(into('German, French', { requestOptions }));
		const more = await create(into('French, Italian', { requestOptions }));
		expect(jsonOf(more)[0]?.video_translation_id).toBe(jsonOf(first)[1]?.video_translation_id);
		expect(made()).toBe(3);
		expect(jsonOf(more)[0]?.cost).toMatchObject({ credits: 0 });
	});
});

describe('a node that stops on errors', () => {
	const creates = { method: 'POST', path: '/v3/video-translations' } as const;
	const refusal = { kind: 'answer', status: 400, body: { error: { code: 'invalid_parameter', message: 'bad' } } } as const;

	it('lets no other item be paid for while a language of the failed one is under way', async () => {
		sandbox().configure({ latencyMs: 30 });
		sandbox().addFault({ match: creates, ...refusal, skip: 40 });
		sandbox().addFault({ match: creates, kind: 'hang', hangMs: 1_500, skip: 40 });
		const items = Array.from({ length: 150 }, () => ({ json: {} }));
		expect(errorOf(await create(into('German, French', { waitForCompletion: false }), { items })).message).toContain(': Could not translate the video: bad');
		// Those that were under way may have been made; 300 were asked for.
		expect(made()).toBeLessThan(150);
	});

	it('sends no further batch after a refused language', async () => {
		const body = { error: { code: 'invalid_parameter', message: 'bad title', param: 'video_translations[2].title' } };
		sandbox().addFault({ match: { method: 'POST', path: '/v3/video-translations/batches' }, kind: 'answer', status: 400, body });
		const items = [{ json: {} }, { json: {} }];
		expect(errorOf(await create(into('German, French', { requestOptions: { sendAsBatch: true } }), { items })).message).toContain('bad title');
		expect(requestsTo(sandbox(), TRANSLATE_BATCH)).toHaveLength(1);
		expect(made()).toBe(0);
	});

	it('keeps what the languages beside the failed one cost out of the balance', async () => {
		sandbox().configure({ jobSeconds: 60, account: { billing_type: 'wallet', wallet: { currency: 'credits', remaining_balance: 20, auto_reload: null } } as never });
		const options = { startTime: 0, endTime: 60, minimumBalance: 5 };
		const run = startNode(translationRun(sandbox(), 'translation', 'create', into('German, French, Italian, Japanese', { options })));
		await until(() => made() === 4);
		sandbox().addFault({ match: { method: 'GET', path: '/v3/video-translations/statuses' }, kind: 'status', status: 400 });
		const failed = { data: { id: 'x', status: 'failed', failure_message: 'no speech' } };
		sandbox().addFault({ match: { method: 'GET', path: '/v3/video-translations/{video_translation_id}' }, kind: 'answer', body: failed });
		expect(errorOf(await endOf(run)).message).toContain('no speech');
		const other = await create(into('German, French, Italian', { options, waitForCompletion: false }), { executionId: 'other' } as never);
		expect(errorOf(other).message).toContain("jobs that may still go on will take 9 credits");
		expect(made()).toBe(4);
	});

	it('says of a refused language nothing that is of another', async () => {
		sandbox().addFault({ match: creates, ...refusal });
		sandbox().addFault({ match: creates, kind: 'drop_after', times: -1 });
		const error = errorOf(await create(into('German, French')));
		expect((error as unknown as { context: { details: IDataObject } }).context.details).not.toHaveProperty('mayExist');
		expect(error.description).toContain('May have been started as well');
	});
});

describe('lost answers', () => {
	it.each(['drop_after', 'garbage', 'status'] as const)('are asked for again with the same key (%s)', async (kind) => {
		sandbox().addFault({ match: { method: 'POST', path: '/v3/video-translations' }, kind, ...(kind === 'status' ? { status: 500 } : {}), times: 3 });
		const result = await create(into('German, French, Italian'));
		expect(languagesOf(result)).toEqual(['German', 'French', 'Italian']);
		expect(made()).toBe(3);
		for (const language of ['German', 'French', 'Italian']) expect(keysOf(language)).toHaveLength(1);
	});

	it('for good leave a doubt about their own language alone', async () => {
		sandbox().addFault({ match: { method: 'POST', path: '/v3/video-translations' }, kind: 'drop_after', times: -1 });
		const result = await create(into('German, French', { waitForCompletion: false }), { onError: 'continueErrorOutput' });
		const errors = jsonOf(result, 1);
		expect(errors).toHaveLength(2);
		for (const [index, slug] of ['german', 'french'].entries()) {
			expect((errors[index]?.details as IDataObject).callback_id).toMatch(new RegExp(`-0-${slug}$`));
			expect((errors[index]?.details as IDataObject).mayExist).toBe(true);
		}
	});

	it.each(['video_translation_ids', 'video_translation_id', 'id'])('are not what a create is that names the job in %s', async (field) => {
		const body = { data: { [field]: field.endsWith('s') ? ['t1'] : 't1' } };
		sandbox().addFault({ match: { method: 'POST', path: '/v3/video-translations' }, kind: 'answer', body });
		const result = await create(into('German', { waitForCompletion: false }));
		expect(jsonOf(result)[0]).toMatchObject({ video_translation_id: 't1', output_language: 'German' });
	});
});

describe('Send as Batch', () => {
	const requestOptions = { sendAsBatch: true };

	it('sends 40 items with five languages in two requests, and hands on 200 results in order', async () => {
		const languages = TWELVE.slice(0, 5);
		const items = Array.from({ length: 40 }, (_, row) => ({ json: { row } }));
		const parameters = into(expression(languages), { requestOptions, options: { title: '={{ "Row " + $json.row }}' } });
		const result = await create(parameters, { items });
		expect(result.originalError).toBeUndefined();
		expect(requestsTo(sandbox(), TRANSLATE_BATCH)).toHaveLength(2);
		expect(requestsTo(sandbox(), TRANSLATE)).toEqual([]);
		expect(languagesOf(result)).toEqual(items.flatMap(() => languages));
		expect(linksOf(result)).toEqual(items.flatMap((_item, row) => languages.map(() => row)));
		expect(jsonOf(result).map(({ title }) => title)).toEqual(items.flatMap((_item, row) => languages.map(() => `Row ${row}`)));
		expect(made()).toBe(200);
	});

	it('keeps an error with its language, and a second try makes that one only', async () => {
		const parameters = into('German, French, Italian', { requestOptions, options: failingOnce('French') });
		const result = await create(parameters, { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 } as never);
		expect(languagesOf(result)).toEqual(['German', 'French', 'Italian']);
		expect(made()).toBe(4);
	});

	it('tells where a language is that has no job yet', async () => {
		const result = await create(into('German, French', { requestOptions, waitForCompletion: false }));
		expect(jsonOf(result)).toEqual(
			['German', 'French'].map((language, index) => ({
				video_translation_id: expect.any(String),
				status: expect.any(String),
				batch_id: expect.any(String),
				item_index: index,
				output_language: language,
			})),
		);
	});
});

describe('money', () => {
	const film = { options: { startTime: 0, endTime: 60 } };

	it('counts all languages of an item', async () => {
		// Twelve minutes at 3 credits each.
		const options = { ...film.options, maximumCostPerItem: 35 };
		const refused = await create(into(expression(TWELVE), { options }));
		expect(errorOf(refused).message).toContain("Item 1 would cost more than 'Maximum Cost per Item' allows: 35 credits");
		expect(String(errorOf(refused).description)).toContain('item 1 36 credits');
		expect(made()).toBe(0);
		const taken = await create(into(expression(TWELVE), { options: { ...options, maximumCostPerItem: 36 } }));
		expect(taken.originalError).toBeUndefined();
		expect(made()).toBe(12);
	});

	it('counts all languages of a run', async () => {
		const items = [{ json: {} }, { json: {} }];
		const refused = await create(into('German, French', { options: { ...film.options, maximumCostPerRun: 11 } }), { items });
		expect(errorOf(refused).message).toContain('The 2 items of this run would cost 12 credits');
		expect(made()).toBe(0);
	});

	it('is not spent where the length is not known and a limit counts it', async () => {
		const refused = await create(into('German, French', { options: { maximumCostPerRun: 11 } }));
		expect(errorOf(refused).message).toContain("The length of the video is not known, so 'Maximum Cost per Run' cannot be kept");
		expect(made()).toBe(0);
		const told = await create(into('German, French', { options: { maximumCostPerRun: 11, expectedSeconds: 60 } }));
		expect(told.originalError).toBeUndefined();
	});

	it('is told before by a dry run, for each language', async () => {
		const result = await create(into('German, French', { options: { ...film.options, dryRun: true } }));
		expect(jsonOf(result)).toEqual(
			['German', 'French'].map((language) => ({
				dryRun: true,
				body: expect.objectContaining({ output_languages: [language] }),
				estimate: expect.objectContaining({ credits: 3 }),
				output_language: language,
			})),
		);
		expect(requestsTo(sandbox(), TRANSLATE)).toEqual([]);
	});

	it('is charged once for each language', async () => {
		const result = await runNode(translationRun(sandbox(), 'translation', 'create', into('German, French', film)));
		expect(jsonOf(result).map(({ cost }) => (cost as IDataObject).credits)).toEqual([3, 3]);
	});
});
