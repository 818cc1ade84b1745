/** What the tests of HeyGen Translation share: runs of the node, films, and what the sandbox was told. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { HeyGenTranslation } from '../../../nodes/HeyGenTranslation/HeyGenTranslation.node';
import { type RunOptions, type RunResult, startNode } from './harness';
import { ofFilm } from './postSupport';
import { endOf, jsonOf, nodeRun, type NodeRunOptions } from './support';

export const TRANSLATE = 'POST /v3/video-translations';
export const TRANSLATE_BATCH = 'POST /v3/video-translations/batches';
export const GET_TRANSLATION = 'GET /v3/video-translations/{video_translation_id}';
export const LIST_LANGUAGES = 'GET /v3/video-translations/languages';
export const PROOFREAD = 'POST /v3/video-translations/proofreads';
export const GENERATE = 'POST /v3/video-translations/proofreads/{proofread_id}/generate';
export const PUT_SUBTITLES = 'PUT /v3/video-translations/proofreads/{proofread_id}/srt';
export const LIPSYNC = 'POST /v3/lipsyncs';

type Where = { apiKey: string; url: string };

/** Everything a run of the node needs. */
export function translationRun(
	where: Where,
	resource: string,
	operation: string,
	parameters: INodeParameters = {},
	options: NodeRunOptions = {},
): RunOptions {
	return nodeRun(new HeyGenTranslation(), where, { resource, operation, ...parameters }, options);
}

/** Runs an operation of the node to its end. */
export async function runTranslation(...run: Parameters<typeof translationRun>): Promise<RunResult> {
	return await endOf(startNode(translationRun(...run)));
}

/** Parameters of Translation → Create: the film at `FILM_URL` into languages; downloads nothing unless told to. */
export function into(languages: unknown, more: INodeParameters = {}): INodeParameters {
	return ofFilm({ outputLanguages: languages as INodeParameters[string], download: [], ...more });
}

/** Parameters of Proofread → Create, likewise. */
export function proofreadInto(languages: unknown, more: INodeParameters = {}): INodeParameters {
	return ofFilm({ title: 'Webinar', outputLanguages: languages as INodeParameters[string], ...more });
}

/** Twelve languages that the sandbox has. */
export const TWELVE = [
	...['Spanish (Spain)', 'French (France)', 'German', 'Italian', 'Portuguese (Brazil)', 'Japanese'],
	...['Korean', 'Polish', 'Turkish', 'Dutch', 'Hindi', 'Chinese (Mandarin, Simplified)'],
];

/** The languages of output items. */
export const languagesOf = (result: RunResult, output = 0): unknown[] => jsonOf(result, output).map(({ output_language: language }) => language);

/** The JSON of the only item that a run puts out. @throws what the run failed with */
export function onlyOf(result: RunResult): IDataObject {
	if (result.originalError !== undefined) throw result.originalError;
	expect(jsonOf(result)).toHaveLength(1);
	return jsonOf(result)[0] as IDataObject;
}
