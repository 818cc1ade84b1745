/** What the tests of lipsyncs share: their creates, and an item with both of their files. */
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { sampleFile } from '../../sandbox';
import { itemWith } from './assetSupport';
import { ofFilm } from './postSupport';
import { wav } from './sampleFiles';

/** A recording at a public address. */
export const SPEECH_URL = 'https://example.com/speech.mp3';

export const LIPSYNC_BATCH = 'POST /v3/lipsyncs/batches';
export const GET_LIPSYNC = 'GET /v3/lipsyncs/{lipsync_id}';

/** Parameters of Lipsync → Create with both files at public addresses; downloads nothing unless told to. */
export function spoken(more: INodeParameters = {}): INodeParameters {
	return ofFilm({ audioSource: 'url', audioUrl: SPEECH_URL, download: [], ...more });
}

/** Parameters of a create that takes both files from `itemWithBoth`. */
export function spokenFromBinary(more: INodeParameters = {}): INodeParameters {
	return spoken({ videoSource: 'binary', audioSource: 'binary', audioBinaryPropertyName: 'speech', ...more });
}

/** An item with a film of two seconds in the binary field `data`, and a recording in `speech`. @param seconds of the recording */
export async function itemWithBoth(seconds = 7): Promise<INodeExecutionData> {
	return await itemWith({
		data: { fileName: 'webinar.mp4', mimeType: 'video/mp4', content: sampleFile('mp4') },
		speech: { fileName: 'speech.wav', mimeType: 'audio/wav', content: wav(seconds) },
	});
}
