/** What users are told when HeyGen refuses, and what becomes of the other items. */
import type { IDataObject } from 'n8n-workflow';
import {
	avatar,
	bodiesOf,
	countOf,
	CREATE,
	createVideos,
	errorOf,
	itemAt,
	jsonOf,
	linksOf,
	locator,
	manyScripts,
	PHOTO_LOOK,
	runVideo,
	scripts,
	seedVideos,
	TWIN_LOOK,
	useSandbox,
	useTiming,
	waitingAvatar,
} from '../support/support';

useTiming();
const sandbox = useSandbox();

const REQUEST_ID = /Request ID: [0-9a-f-]{36}/;
const NO_CREDIT = { credentials: { apiKey: 'sandbox-key-no-credit' } };

describe('an answer that tells the user what to do', () => {
	it.each([
		['get', { videoId: 'abc' }, 'get the video'],
		['getAll', {}, 'list the videos'],
		['delete', { videoId: 'abc' }, 'delete the video'],
		['getStatuses', { videoIds: 'abc' }, 'read the statuses of videos'],
		['createAvatar', avatar({ script: 'Hello' }), 'create the video'],
	] as const)('401 of %s names the credential', async (operation, parameters, doing) => {
		const credentials = { apiKey: 'no-such-key' };
		const error = errorOf(await runVideo(sandbox(), operation, parameters, { credentials }));
		expect(error.message).toBe(`Could not ${doing}: The API key is missing or not valid (item 1)`);
		expect(error.httpCode).toBe('401');
		expect(error.description).toContain('Check the API key in the credential');
		expect(error.description).toContain('HeyGen code: unauthorized');
		expect(error.description).toMatch(REQUEST_ID);
		expect(sandbox().stats().requestsTotal).toBe(1);
	});

	it('402 names the balance', async () => {
		const result = await runVideo(sandbox(), 'createAvatar', avatar({ script: 'Hello' }), NO_CREDIT);
		const error = errorOf(result);
		expect(error.message).toBe(
			'Could not create the video: The wallet has too little credit for this video (item 1)',
		);
		expect(error.httpCode).toBe('402');
		expect(error.description).toContain("balance is too low for this. Top it up in HeyGen's billing settings");
		expect(error.description).toContain('HeyGen code: insufficient_credit');
		expect(error.description).toMatch(REQUEST_ID);
		expect(error.description).toContain('https://developers.heygen.com/docs/error-codes#insufficient-credit');
		expect(sandbox().stats()).toMatchObject({ requestsTotal: 1, videosCreated: 0 });
	});

	it('a delete that HeyGen says it has not done is no success', async () => {
		sandbox().addFault({ match: { method: 'DELETE' }, kind: 'answer', body: { data: { deleted: false } }, times: -1 });
		const error = errorOf(await runVideo(sandbox(), 'delete', { videoId: 'abc' }));
		expect(error.message).toBe('HeyGen says that it has not deleted the video abc (item 1)');
	});

	it('403 names the permissions', async () => {
		sandbox().addFault({ match: {}, kind: 'status', status: 403, code: 'insufficient_api_key_scope', times: -1 });
		const error = errorOf(await runVideo(sandbox(), 'get', { videoId: 'abc' }));
		expect(error.httpCode).toBe('403');
		expect(error.description).toContain('Create a key with that scope');
		expect(error.description).toContain('HeyGen code: insufficient_api_key_scope');
		expect(error.description).toMatch(REQUEST_ID);
		expect(sandbox().stats().requestsTotal).toBe(1);
	});

	it('403 with a code it does not know still says where to look', async () => {
		sandbox().addFault({ match: {}, kind: 'status', status: 403, code: 'something_new', times: -1 });
		const error = errorOf(await runVideo(sandbox(), 'get', { videoId: 'abc' }));
		expect(error.description).toContain('The API key may not do this. Check its scopes');
		expect(error.description).toContain('HeyGen code: something_new');
	});

	it.each([
		['delete', 1],
		// A video that a model has made is kept elsewhere.
		['get', 2],
		['download', 2],
		['wait', 3],
	] as const)('404 of %s names the id', async (operation, requests) => {
		const error = errorOf(await runVideo(sandbox(), operation, { videoId: 'no-such-video' }));
		expect(error.message).toContain('Video no-such-video not found');
		expect(error.message).toMatch(/^Could not (get|delete) the video/);
		expect(error.httpCode).toBe('404');
		expect(error.description).toContain('Check the video ID: the video may be deleted, or belong to another HeyGen account');
		expect(error.description).toContain('HeyGen code: video_not_found');
		expect(error.description).toMatch(REQUEST_ID);
		expect(sandbox().stats().requestsTotal).toBe(requests);
	});

	it('404 of an avatar says what kind of id it must be', async () => {
		const parameters = avatar({ script: 'Hello', avatarId: locator('group_ann') });
		const error = errorOf(await runVideo(sandbox(), 'createAvatar', parameters));
		expect(error.message).toBe(
			"Could not create the video: Avatar group_ann not found (field 'Avatar') (item 1)",
		);
		expect(error.description).toContain('the ID must be that of a look (not of an avatar group)');
	});

	it('400 names the field that HeyGen objects to', async () => {
		const parameters = avatar({
			script: 'Hello',
			avatarId: locator(TWIN_LOOK),
			options: { expressiveness: 'high' },
		});
		const error = errorOf(await runVideo(sandbox(), 'createAvatar', parameters));
		expect(error.message).toContain("(field 'Avatar Expressiveness') (item 1)");
		expect(error.httpCode).toBe('400');
		expect(error.description).toContain('Check the field named above');
		expect(sandbox().stats()).toMatchObject({ requestsTotal: 1, videosCreated: 0 });
	});

	it('429 quota_exceeded is not waited for', async () => {
		sandbox().addFault({ match: {}, kind: 'status', status: 429, code: 'quota_exceeded', times: -1 });
		const error = errorOf(await runVideo(sandbox(), 'createAvatar', avatar({ script: 'Hello' })));
		expect(error.httpCode).toBe('429');
		expect(error.description).toContain("The account's quota is used up");
		expect(sandbox().stats().requestsTotal).toBe(1);
	});
});

describe('one refused item of five', () => {
	/** Items go out one by one, so that the fault strikes item 2. */
	const oneByOne = avatar({ options: { maxParallelRequests: 1 } });
	const refuseItem2 = () =>
		sandbox().addFault({ match: { path: '/v3/videos' }, kind: 'status', status: 402, skip: 2 });

	it('arrives at the error output with its input, and the others succeed', async () => {
		refuseItem2();
		const result = await runVideo(sandbox(), 'createAvatar', oneByOne, {
			items: manyScripts(5),
			onError: 'continueErrorOutput',
		});
		expect(result.status).toBe('success');
		expect(linksOf(result)).toEqual([0, 1, 3, 4]);
		expect(jsonOf(result).every(({ video_id }) => typeof video_id === 'string')).toBe(true);
		expect(bodiesOf(sandbox(), CREATE).map(({ script }) => script)).toEqual(
			[0, 1, 2, 3, 4].map((index) => `Script ${index}`),
		);
		expect(result.outputs[1]).toEqual([
			{
				json: {
					row: 2,
					script: 'Script 2',
					error: 'Could not create the video: Injected fault: insufficient_credit (item 3)',
					details: {
						httpCode: '402',
						code: 'insufficient_credit',
						heyGenMessage: 'Injected fault: insufficient_credit',
						requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
						docUrl: expect.stringContaining('https://'),
						description: expect.stringContaining('Top it up'),
					},
				},
				pairedItem: { item: 2 },
			},
		]);
		expect(sandbox().stats().videosCreated).toBe(4);
	});

	it('stays in its place on the regular output', async () => {
		refuseItem2();
		const result = await runVideo(sandbox(), 'createAvatar', oneByOne, {
			items: manyScripts(5),
			onError: 'continueRegularOutput',
		});
		expect(linksOf(result)).toEqual([0, 1, 2, 3, 4]);
		expect(jsonOf(result).map(({ error }) => error !== undefined)).toEqual([false, false, true, false, false]);
		expect(itemAt(result, 2).json).toMatchObject({
			error: 'Could not create the video: Injected fault: insufficient_credit (item 3)',
			details: { httpCode: '402', code: 'insufficient_credit' },
		});
		expect(sandbox().stats().videosCreated).toBe(4);
	});

	it('stops the node: later items are not sent, and earlier ones are named', async () => {
		refuseItem2();
		const result = await runVideo(sandbox(), 'createAvatar', oneByOne, { items: manyScripts(5) });
		const error = errorOf(result);
		expect(result.status).toBe('error');
		expect(error.message).toBe('Could not create the video: Injected fault: insufficient_credit (item 3)');
		expect(error).toMatchObject({ httpCode: '402', context: { itemIndex: 2, runIndex: 0 } });
		// The editor would put n8n's index behind the message, counted from 0.
		expect(JSON.stringify((error as unknown as { context: object }).context)).not.toContain('itemIndex');
		const ids = sandbox().store.page({}, 10, undefined).videos.map(({ id }) => id);
		expect(ids).toHaveLength(2);
		for (const id of ids) expect(error.description).toContain(id);
		expect(error.description).toContain("fetch it with 'Wait Until Finished'");
		expect(countOf(sandbox(), CREATE)).toBe(3);
	});

	it('waits for what is under way before it stops the node, and names it', async () => {
		// The other items are sent while the first two are not answered yet.
		sandbox().configure({ latencyMs: 400 });
		const avatarId = locator('={{ $json.row === 2 ? "no_such_look" : "look_bruno_office_01" }}');
		const result = await runVideo(sandbox(), 'createAvatar', avatar({ avatarId }), { items: manyScripts(5) });
		const error = errorOf(result);
		expect(error.message).toContain('Avatar no_such_look not found');
		expect(error.message).toContain('(item 3)');
		const ids = sandbox().store.page({}, 10, undefined).videos.map(({ id }) => id);
		expect(ids).toHaveLength(4);
		for (const id of ids) expect(error.description).toContain(id);
	});

	it('ends the waiting of the others, and names what they wait for', async () => {
		sandbox().configure({ jobSeconds: 600 });
		sandbox().addFault({ match: { path: '/v3/videos' }, kind: 'status', status: 402, skip: 2 });
		const parameters = waitingAvatar({ options: { maxParallelRequests: 1 } });
		const result = await runVideo(sandbox(), 'createAvatar', parameters, { items: manyScripts(3) });
		const error = errorOf(result);
		expect(error.message).toContain('(item 3)');
		const ids = sandbox().store.page({}, 10, undefined).videos.map(({ id }) => id);
		expect(ids).toHaveLength(2);
		for (const id of ids) expect(error.description).toContain(id);
	});

	it('that is bad before anything is sent stops the node all the same', async () => {
		const result = await runVideo(sandbox(), 'createAvatar', avatar(), { items: scripts('One', 'Two', '') });
		const error = errorOf(result);
		expect(error.message).toMatch(/^'Script' is empty.*\(item 3\)$/);
		// Items that had been sent by then are paid for, so they are named.
		const ids = sandbox().store.page({}, 10, undefined).videos.map(({ id }) => id);
		for (const id of ids) expect(error.description).toContain(id);
		expect(sandbox().stats().videosCreated).toBe(countOf(sandbox(), CREATE));
	});

	it('is the first to be told when several fail', async () => {
		const result = await runVideo(sandbox(), 'createAvatar', avatar(), {
			...NO_CREDIT,
			items: manyScripts(5),
		});
		expect(errorOf(result).message).toMatch(/too little credit for this video \(item \d\)$/);
		expect(sandbox().stats().videosCreated).toBe(0);
	});
});

describe('a failed render', () => {
	const failing = { title: '[fail:moderation_violation]' };

	it('of a new video is an error with its reason and its id', async () => {
		const result = await runVideo(
			sandbox(),
			'createAvatar',
			waitingAvatar({ script: 'Hello', options: failing }),
		);
		const [video] = sandbox().store.page({}, 1, undefined).videos;
		const error = errorOf(result);
		expect(error.message).toBe(
			`HeyGen could not finish the video ${video?.id}: Rendering ended with moderation_violation (item 1)`,
		);
		expect(error.description).toContain('HeyGen code: moderation_violation');
		expect(error.description).toContain('Change what HeyGen objects to and run the item again');
		expect(error).toMatchObject({
			context: { details: { video_id: video?.id, status: 'failed', code: 'moderation_violation' } },
		});
	});

	it.each(['wait', 'download'])('is an error of %s too', async (operation) => {
		const [videoId = ''] = await createVideos(sandbox(), 1, failing);
		await runVideo(sandbox(), 'wait', { videoId }, { onError: 'continueRegularOutput' });
		const result = await runVideo(sandbox(), operation, { videoId }, { onError: 'continueErrorOutput' });
		expect(jsonOf(result, 1)).toEqual([
			{
				error: expect.stringContaining(`HeyGen could not finish the video ${videoId}`),
				details: expect.objectContaining({ video_id: videoId, code: 'moderation_violation' }) as IDataObject,
			},
		]);
		expect(sandbox().stats().fileRequests).toBe(0);
	});

	it('concerns its own item alone', async () => {
		const items = [{ json: { title: 'Good' } }, { json: { title: '[fail]' } }, { json: { title: 'Good too' } }];
		const parameters = waitingAvatar({ script: 'Hello', options: { title: '={{ $json.title }}' } });
		const result = await runVideo(sandbox(), 'createAvatar', parameters, {
			items,
			onError: 'continueErrorOutput',
		});
		expect(linksOf(result)).toEqual([0, 2]);
		expect(jsonOf(result, 1)).toEqual([
			{
				title: '[fail]',
				error: expect.stringContaining('Rendering ended with rendering_failed'),
				details: expect.objectContaining({ code: 'rendering_failed', status: 'failed' }) as IDataObject,
			},
		]);
	});

	it('is what get shows, without an error', async () => {
		const [videoId = ''] = await createVideos(sandbox(), 1, { ...failing, avatar_id: PHOTO_LOOK });
		await runVideo(sandbox(), 'wait', { videoId }, { onError: 'continueRegularOutput' });
		const result = await runVideo(sandbox(), 'get', { videoId, simplify: false });
		expect(result.originalError).toBeUndefined();
		expect(itemAt(result).json).toMatchObject({ status: 'failed', failure_code: 'moderation_violation' });
	});
});

describe('download', () => {
	it('says that a running video is not finished', async () => {
		const [videoId = ''] = await createVideos(sandbox(), 1, { title: '[stuck]' });
		const error = errorOf(await runVideo(sandbox(), 'download', { videoId }));
		expect(error.message).toMatch(new RegExp(`^The video ${videoId} is not finished: its status is '\\w+' `));
		expect(error.description).toContain("'Wait Until Finished'");
	});

	it('names the files a finished video does not have', async () => {
		const [videoId = ''] = seedVideos(sandbox(), 1);
		const result = await runVideo(sandbox(), 'download', { videoId, download: ['video', 'subtitles'] });
		expect(Object.keys(itemAt(result).binary ?? {})).toEqual(['video']);
		expect(itemAt(result).json.missing_files).toEqual(['subtitles']);
	});
});
