/**
 * Send as Batch with files and Retry On Fail: the items come together in another order in every try, since files take
 * their time, and all the same no video is made twice and every item gets its own.
 */
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { Fault } from '../../sandbox';
import { binaryOf, itemWith, usableAssets } from '../support/assetSupport';
import { wav, wavFile } from '../support/sampleFiles';
import {
	avatar,
	countOf,
	CREATE_BATCH,
	errorOf,
	FAST_JOBS,
	jsonOf,
	linksOf,
	locator,
	PHOTO_LOOK,
	requestsTo,
	startVideo,
	TWIN_LOOK,
	until,
	useSandbox,
	useTiming,
	type VideoRunOptions,
} from '../support/support';

// Files of more than 1 MB go up directly here, rather than those of more than 32 MB.
jest.mock('../../../nodes/heygen/limits', () => ({
	...jest.requireActual<object>('../../../nodes/heygen/limits'),
	SIMPLE_UPLOAD_MAX_MB: 1,
}));

useTiming();
const sandbox = useSandbox({ ...FAST_JOBS, validateAssets: true });
const created = () => sandbox().stats().videosCreated;

/** A recording that goes up directly because of its size. */
const large = { fileName: 'large.wav', mimeType: 'audio/wav', content: wav(400, 20_000) };
const small = wavFile('small.wav');
const UPLOAD = 'POST /v3/assets';
const DIRECT_UPLOAD = 'POST /v3/assets/direct-uploads';
const BATCHES = { path: '/v3/videos/batches' } as const;

const COUNT = 130;
/** Items that carry the small recording; those behind them carry the large one. */
const SMALL_COUNT = 30;

/** Parameters of a batch; titles say of which item a video is. */
const batched = (options: INodeParameters = {}, more: INodeParameters = {}): INodeParameters =>
	avatar({
		audioSource: 'binary',
		audioBinaryPropertyName: 'voice',
		options: { title: '=Item {{ $json.row }}', sendAsBatch: true, ...options },
		...more,
	});

async function manyItems(): Promise<INodeExecutionData[]> {
	const ofSmall = await binaryOf({ voice: small }, 'filesystem');
	const ofLarge = await binaryOf({ voice: large }, 'filesystem');
	return Array.from({ length: COUNT }, (_, row) => ({
		json: { row },
		binary: { ...(row < SMALL_COUNT ? ofSmall : ofLarge) },
	}));
}

/**
 * Runs many items whose first try fails because of what happens to their batches. In that try the answer to the upload
 * of the small recording is late, so that the items with the large one fill a batch of their own. In the second try
 * everything is there, and the first hundred items fill a batch.
 */
async function runTwice(kind: Fault['kind'], parameters: INodeParameters, options: VideoRunOptions = {}) {
	sandbox().addFault({ match: { path: '/v3/assets' }, kind: 'hang' });
	sandbox().addFault({ match: BATCHES, kind, times: -1 });
	const running = startVideo(sandbox(), 'createAvatar', parameters, {
		items: await manyItems(),
		binaryMode: 'filesystem',
		retryOnFail: true,
		maxTries: 2,
		waitBetweenTries: 1,
		onTry: (attempt) => {
			if (attempt === 2) sandbox().clearFaults();
		},
		onError: 'continueRegularOutput',
		...options,
	});
	await until(() => countOf(sandbox(), CREATE_BATCH) > 0 && countOf(sandbox(), UPLOAD) > 0);
	sandbox().release();
	return await running.promise;
}

/** Makes the upload of the large recording fail, once HeyGen lets it begin. */
function failLateUploads(): void {
	sandbox().addFault({ match: { path: '/v3/assets/direct-uploads' }, kind: 'hang' });
	sandbox().addFault({ match: { path: '/files', method: 'PUT' }, kind: 'status', times: -1 });
}

/** Lets it begin when HeyGen has answered and made the batch of the others; it takes several requests more to fail. */
async function releaseBehindBatch(): Promise<void> {
	const isMade = () => requestsTo(sandbox(), CREATE_BATCH).some(({ status }) => status === 202) && created() > 0;
	await until(() => isMade() && countOf(sandbox(), DIRECT_UPLOAD) > 0);
	sandbox().release();
}

const titlesOf = (outputs: INodeExecutionData[]) =>
	outputs.map(({ json }) => sandbox().store.get(String(json.video_id))?.title);

it.each(['continueRegularOutput', 'stopWorkflow'] as const)(
	'130 items whose batches were made and whose answers got lost make 130 videos (%s)',
	async (onError) => {
		const result = await runTwice('drop_after', batched(), { onError });
		expect(result.originalError).toBeUndefined();
		expect(titlesOf(result.outputs[0] ?? [])).toEqual(Array.from({ length: COUNT }, (_, row) => `Item ${row}`));
		expect(created()).toBe(COUNT);
		expect(usableAssets(sandbox()).map(({ filename }) => filename).sort()).toEqual(['large.wav', 'small.wav']);
	},
);

it('130 items whose batches were refused make 130 videos', async () => {
	const result = await runTwice('status', batched());
	expect(titlesOf(result.outputs[0] ?? [])).toEqual(Array.from({ length: COUNT }, (_, row) => `Item ${row}`));
	expect(created()).toBe(COUNT);
	// Of which one came together in two parts, and was sent twice.
	const accepted = requestsTo(sandbox(), CREATE_BATCH).filter(({ status }) => status === 202);
	expect(accepted).toHaveLength(3);
	expect(new Set(accepted.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(2);
});

it('an item that HeyGen does not take fails alone, although the batch it is in comes together in two parts', async () => {
	const look = locator(`={{ $json.row === 120 ? "${TWIN_LOOK}" : "${PHOTO_LOOK}" }}`);
	const result = await runTwice('status', batched({ expressiveness: 'high' }, { avatarId: look }));
	const failed = jsonOf(result).flatMap(({ error }) => (typeof error === 'string' ? [error] : []));
	expect(failed).toEqual([expect.stringMatching(/expressiveness.*\(item 121\)$/)]);
	const expected = Array.from({ length: COUNT }, (_, row) => (row === 120 ? undefined : `Item ${row}`));
	expect(titlesOf(result.outputs[0] ?? [])).toEqual(expected);
	expect(created()).toBe(COUNT - 1);
});

it('stops at the item that HeyGen does not take, although the batch it is in comes together in two parts', async () => {
	const look = locator(`={{ $json.row === 120 ? "${TWIN_LOOK}" : "${PHOTO_LOOK}" }}`);
	const parameters = batched({ expressiveness: 'high' }, { avatarId: look });
	const error = errorOf(await runTwice('status', parameters, { onError: 'stopWorkflow' }));
	expect(error.message).toMatch(/expressiveness.*\(item 121\)$/);
});

it('the rest of a batch that was made is not made again when an upload fails behind it', async () => {
	failLateUploads();
	const binary = await binaryOf({ voice: small }, 'filesystem');
	const items = [
		...Array.from({ length: 110 }, (_, row) => ({ json: { row }, binary: { ...binary } })),
		await itemWith({ voice: large }, { row: 110 }, 'filesystem'),
	];
	let madeBefore = 0;
	const running = startVideo(sandbox(), 'createAvatar', batched(), {
		items,
		binaryMode: 'filesystem',
		retryOnFail: true,
		maxTries: 2,
		waitBetweenTries: 1,
		onTry: (attempt) => {
			if (attempt !== 2) return;
			madeBefore = created();
			sandbox().clearFaults();
		},
	});
	await releaseBehindBatch();
	const result = await running.promise;
	expect(result.originalError).toBeUndefined();
	expect(madeBefore).toBe(100);
	expect(linksOf(result)).toEqual(items.map((_, item) => item));
	expect(titlesOf(result.outputs[0] ?? [])).toEqual(items.map((_, row) => `Item ${row}`));
	expect(created()).toBe(111);
});

it('a batch that was made is named when an upload behind it fails for good', async () => {
	failLateUploads();
	const binary = await binaryOf({ voice: small }, 'filesystem');
	const items = [
		...Array.from({ length: 100 }, (_, row) => ({ json: { row }, binary: { ...binary } })),
		await itemWith({ voice: large }, { row: 100 }, 'filesystem'),
	];
	const running = startVideo(sandbox(), 'createAvatar', batched(), { items, binaryMode: 'filesystem' });
	await releaseBehindBatch();
	const error = errorOf(await running.promise);
	expect(error.message).toMatch(/^Could not upload the file "large\.wav": .* \(item 101\)$/);
	// A batch becomes videos a moment later.
	await until(() => created() === 100);
	expect(error.description).toMatch(/Already started by this run .*: batch batch_/);
	expect(error.description).toMatch(/Already uploaded by this run: asset /);
});
