/** Sounds that are joined within n8n's own storage: among the files of executions, and in memory. */
import { getBinaryHelperFunctions } from 'n8n-core';
import type { IWorkflowExecuteAdditionalData } from 'n8n-workflow';
import { EngineError } from '../../../nodes/engine/basics/errors';
import { joinedSound } from '../../../nodes/engine/files/joinedSound';
import type { FileStore } from '../../../nodes/engine/item/call';
import { bytes, id3, ID3V1, read, wavFile, riffChunk } from '../../unit/support/mediaSamples';
import { CD, formatChunk, headerFrame, secondsOfFrames, soundFrames, SPEECH } from '../../unit/support/soundSamples';
import { type BinaryMode, createBinary, readBinary, useBinaryMode, WORKFLOW_ID } from '../support/binary';

/** n8n's own helpers. */
function storeOf(signal?: AbortSignal): FileStore {
	const helpers = getBinaryHelperFunctions({ executionId: 'join', restApiUrl: '' } as IWorkflowExecuteAdditionalData, WORKFLOW_ID);
	return { client: { signal }, helpers } as unknown as FileStore;
}

async function joinedIn(mode: BinaryMode, files: Buffer[], fileName: string, store = storeOf()) {
	const parts = await Promise.all(files.map(async (file) => await createBinary(file, { fileName: 'part.mp3', mimeType: 'audio/mpeg' }, mode)));
	const { file, seconds } = await joinedSound(store, parts, fileName);
	return { file, seconds, content: await readBinary({ json: {}, binary: { data: file } }, 'data') };
}

describe.each<BinaryMode>(['filesystem', 'default'])("n8n's storage %s", (mode) => {
	beforeAll(async () => {
		await useBinaryMode(mode);
	});

	afterAll(async () => {
		await useBinaryMode('default');
	});

	it('takes joined MP3s that are larger than its pieces', async () => {
		// Half a megabyte each.
		const sounds = [soundFrames(CD, 1_300), soundFrames(CD, 1_200, 7), soundFrames(CD, 3)];
		const files = sounds.map((sound) => bytes(id3(30_000), headerFrame(CD, 'Info', 9), sound, ID3V1));
		const { file, seconds, content } = await joinedIn(mode, files, 'speech.mp3');
		expect(content.subarray(417).equals(bytes(...sounds))).toBe(true);
		expect(read(content).facts.seconds).toBe(secondsOfFrames(CD, 2_503));
		expect(seconds).toEqual([1_300, 1_200, 3].map((count) => secondsOfFrames(CD, count)));
		expect(file).toMatchObject({ fileName: 'speech.mp3', fileExtension: 'mp3', mimeType: 'audio/mpeg', fileType: 'audio' });
	});

	it('takes joined WAVs', async () => {
		const sound = Buffer.alloc(480_000, 7);
		const whole = (data: Buffer) => wavFile(formatChunk(SPEECH), riffChunk('data', data));
		const { file, seconds, content } = await joinedIn(mode, [whole(sound), whole(sound)], 'speech.mp3');
		expect(content.equals(whole(bytes(sound, sound)))).toBe(true);
		expect(seconds).toEqual([10, 10]);
		expect(file).toMatchObject({ fileName: 'speech.wav', fileExtension: 'wav', mimeType: 'audio/wav' });
	});

	it('is stopped while it writes', async () => {
		const stop = new AbortController();
		const store = storeOf(stop.signal);
		const { prepareBinaryData } = store.helpers;
		const stopping: FileStore = {
			...store,
			helpers: {
				...store.helpers,
				prepareBinaryData: async (...given) => {
					stop.abort(new Error('stopped'));
					return await prepareBinaryData(...given);
				},
			},
		};
		const file = soundFrames(CD, 900);
		await expect(joinedIn(mode, [file, file], 'speech.mp3', stopping)).rejects.toThrow(/^stopped$/);
	});
});

it('a part that n8n has lost is told', async () => {
	const part = await createBinary(soundFrames(CD, 9), { fileName: 'part.mp3', mimeType: 'audio/mpeg' }, 'filesystem');
	const lost = { ...part, id: `${part.id as string}0` };
	const error = await joinedSound(storeOf(), [part, lost], 'speech.mp3').catch((thrown: unknown) => thrown);
	await useBinaryMode('default');
	expect(error).toBeInstanceOf(EngineError);
	expect((error as EngineError).message).toBe("Could not join the parts: part 2 could not be read from n8n's file storage");
});
