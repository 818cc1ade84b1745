/** No video is made of a file that did not get there, and none is made twice, however often the node is tried. */
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { Fault } from '../../sandbox';
import { arrivedFiles, expectArrivedOnce, itemWith, UPLOAD, usableAssets } from '../support/assetSupport';
import { wav, wavFile, type SampleFile } from '../support/sampleFiles';
import {
	avatar,
	countOf,
	CREATE,
	CREATE_BATCH,
	errorOf,
	FAST_JOBS,
	jsonOf,
	linksOf,
	runVideo,
	useSandbox,
	useTiming,
	waitingAvatar,
} from '../support/support';

// Files of more than 50 kB go up directly here, rather than those of more than 32 MB.
jest.mock('../../../nodes/heygen/limits', () => ({
	...jest.requireActual<object>('../../../nodes/heygen/limits'),
	SIMPLE_UPLOAD_MAX_MB: 0.05,
}));

useTiming();
const sandbox = useSandbox({ ...FAST_JOBS, validateAssets: true });
const created = () => sandbox().stats().videosCreated;

/** A recording that goes up directly because of its size, so that its upload can fail while others do not. */
const large: SampleFile = { fileName: 'large.wav', mimeType: 'audio/wav', content: wav(60, 1_000) };
const LARGE_PATH = '/v3/assets/direct-uploads';

/** Parameters of an avatar that speaks the file in the field `voice`; titles say of which item a video is. */
const speaking = (options: INodeParameters = {}, more: INodeParameters = {}): INodeParameters =>
	avatar({
		audioSource: 'binary',
		audioBinaryPropertyName: 'voice',
		options: { title: '=Item {{ $json.row }}', ...options },
		...more,
	});

/** Settings of a node that is tried again; what is wrong in the first try is over in the second. */
const again = {
	retryOnFail: true,
	maxTries: 2,
	waitBetweenTries: 1,
	binaryMode: 'filesystem',
	onTry: (attempt: number) => {
		if (attempt === 2) sandbox().clearFaults();
	},
} as const;

const firstTry = (path: string, kind: Fault['kind'] = 'status') => sandbox().addFault({ match: { path }, kind, times: -1 });

/** Items with recordings of their own, of which one is the large one. */
async function itemsWithLarge(count: number, largeRow: number): Promise<INodeExecutionData[]> {
	return await Promise.all(
		Array.from({ length: count }, async (_, row) => {
			const voice = row === largeRow ? large : wavFile(`speech-${row}.wav`);
			return await itemWith({ voice }, { row }, 'filesystem');
		}),
	);
}

/** Checks that every item of the output is the video of its own input item, and that there are no other videos. */
function expectOwnVideos(outputs: INodeExecutionData[], rows: readonly number[]): void {
	const title = (id: unknown) => sandbox().store.get(String(id))?.title;
	expect(outputs.map(({ json }) => title(json.video_id))).toEqual(rows.map((row) => `Item ${row}`));
	expect(created()).toBe(rows.length);
}

const rowsTo = (count: number): number[] => Array.from({ length: count }, (_, row) => row);

describe('a file that cannot be uploaded', () => {
	it.each([{ sendAsBatch: false }, { sendAsBatch: true }])('makes no video (%j)', async (options) => {
		firstTry('/v3/assets');
		const items = [await itemWith({ voice: wavFile() }, { row: 0 })];
		const error = errorOf(await runVideo(sandbox(), 'createAvatar', speaking(options), { items }));
		expect(error.message).toBe('Could not upload the file "speech.wav": Injected fault: internal_error (item 1)');
		expect(countOf(sandbox(), CREATE) + countOf(sandbox(), CREATE_BATCH)).toBe(0);
		expect(created()).toBe(0);
	});

	it.each([{ sendAsBatch: false }, { sendAsBatch: true }])('leaves the others alone (%j)', async (options) => {
		firstTry(LARGE_PATH);
		const result = await runVideo(sandbox(), 'createAvatar', speaking(options), {
			items: await itemsWithLarge(5, 2),
			binaryMode: 'filesystem',
			onError: 'continueErrorOutput',
		});
		expect(linksOf(result)).toEqual([0, 1, 3, 4]);
		expectOwnVideos(result.outputs[0] ?? [], [0, 1, 3, 4]);
		expect(jsonOf(result, 1)).toEqual([
			expect.objectContaining({
				row: 2,
				error: 'Could not upload the file "large.wav": Injected fault: internal_error (item 3)',
			}),
		]);
	});
});

describe('one item, tried again', () => {
	it.each([
		['the create was refused', '/v3/videos', 'status'],
		['the answer to the create got lost', '/v3/videos', 'drop_after'],
		['the upload was refused', '/v3/assets', 'status'],
		['the answer to the upload got lost', '/v3/assets', 'drop_after'],
		['waiting failed', '/v3/videos/{video_id}', 'status'],
	] as const)('makes one asset and one video after %s', async (_what, path, kind) => {
		firstTry(path, kind);
		const voice = wavFile();
		const items = [await itemWith({ voice }, { row: 0 }, 'filesystem')];
		// What HeyGen has trouble with is waited out until the time is up.
		const parameters = { ...speaking(), waitForCompletion: true, download: [], waitOptions: { timeoutMinutes: 0.05 } };
		const result = await runVideo(sandbox(), 'createAvatar', parameters, { ...again, items });
		expect(result.originalError).toBeUndefined();
		expectArrivedOnce(sandbox(), [voice]);
		expectOwnVideos(result.outputs[0] ?? [], [0]);
		if (path !== '/v3/assets') expect(countOf(sandbox(), UPLOAD)).toBe(1);
	});

	it('uses the asset again for a video that HeyGen could not finish', async () => {
		const voice = wavFile();
		const items = [await itemWith({ voice }, {}, 'filesystem')];
		const parameters = waitingAvatar({
			audioSource: 'binary',
			audioBinaryPropertyName: 'voice',
			options: { title: '[fail]' },
		});
		const result = await runVideo(sandbox(), 'createAvatar', parameters, { ...again, items });
		expect(errorOf(result).message).toContain('HeyGen could not finish the video');
		expectArrivedOnce(sandbox(), [voice]);
		expect(created()).toBe(2);
	});

	it('makes one asset and one video in all executions with a key of the user\'s own', async () => {
		const voice = wavFile();
		const items = [await itemWith({ voice }, { row: 0 })];
		const parameters = speaking({ idempotencyKey: 'order-7' });
		const first = await runVideo(sandbox(), 'createAvatar', parameters, { items });
		const second = await runVideo(sandbox(), 'createAvatar', parameters, { items });
		expect(jsonOf(second)).toEqual(jsonOf(first));
		expectArrivedOnce(sandbox(), [voice]);
		expect(created()).toBe(1);
	});
});

describe.each([{ sendAsBatch: false }, { sendAsBatch: true }])('several items, tried again (%j)', (options) => {
	it.each([
		['first', 0],
		['third', 2],
		['last', 4],
	])('make one video each after the upload of the %s failed', async (_which, row) => {
		firstTry(LARGE_PATH);
		const items = await itemsWithLarge(5, row);
		const result = await runVideo(sandbox(), 'createAvatar', speaking(options), { ...again, items });
		expect(result.originalError).toBeUndefined();
		expect(linksOf(result)).toEqual([0, 1, 2, 3, 4]);
		expectOwnVideos(result.outputs[0] ?? [], rowsTo(5));
		expect(usableAssets(sandbox())).toHaveLength(5);
		expect(new Set(arrivedFiles(sandbox())).size).toBe(5);
	});

	it('make one video each after the upload of the first failed, and the node continued', async () => {
		firstTry(LARGE_PATH);
		const items = await itemsWithLarge(5, 0);
		const result = await runVideo(sandbox(), 'createAvatar', speaking(options), {
			...again,
			items,
			onError: 'continueRegularOutput',
		});
		expect(linksOf(result)).toEqual([0, 1, 2, 3, 4]);
		expectOwnVideos(result.outputs[0] ?? [], rowsTo(5));
		expect(new Set(arrivedFiles(sandbox())).size).toBe(5);
		expect(usableAssets(sandbox())).toHaveLength(5);
	});

	it('are not tried again where another item failed, and the node continued', async () => {
		firstTry(LARGE_PATH);
		const items = await itemsWithLarge(5, 2);
		const result = await runVideo(sandbox(), 'createAvatar', speaking(options), {
			...again,
			items,
			onError: 'continueRegularOutput',
		});
		expect(jsonOf(result).map(({ error }) => typeof error === 'string')).toEqual([false, false, true, false, false]);
		expect(created()).toBe(4);
	});

	it('make one video each after their creates got lost', async () => {
		firstTry(options.sendAsBatch ? '/v3/videos/batches' : '/v3/videos', 'drop_after');
		const items = await itemsWithLarge(5, 2);
		const result = await runVideo(sandbox(), 'createAvatar', speaking(options), { ...again, items });
		expect(result.originalError).toBeUndefined();
		expectOwnVideos(result.outputs[0] ?? [], rowsTo(5));
		expect(usableAssets(sandbox())).toHaveLength(5);
	});
});
