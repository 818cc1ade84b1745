import type { INodeParameters } from 'n8n-workflow';

import { nodesOf } from './suite';

/** What the tests of HeyGen Translation share. */

/** Node type of HeyGen Translation as a real n8n knows it. */
export const HEYGEN_TRANSLATION = 'n8n-nodes-heygen-suite.heyGenTranslation';

export const TRANSLATE = 'POST /v3/video-translations';
export const TRANSLATE_BATCH = 'POST /v3/video-translations/batches';

/** Twelve languages as HeyGen names them, in no order that anything would bring them into. */
export const TWELVE = [
	...['Spanish (Spain)', 'French', 'German', 'Italian', 'Portuguese (Brazil)', 'Japanese'],
	...['Korean', 'Polish', 'Turkish', 'Dutch', 'Hindi', 'Chinese (Mandarin, Simplified)'],
];

/** A video at an address. */
export const FILM: INodeParameters = { videoSource: 'url', videoUrl: 'https://example.com/talk.mp4' };

/** A HeyGen Translation node that uses the suite's credential. */
export const translationNode = nodesOf(HEYGEN_TRANSLATION);

/** Parameters of Translation → Create: a video into languages; downloads nothing unless told to. */
export function into(outputLanguages: string | string[], more: INodeParameters = {}): INodeParameters {
	return { ...FILM, outputLanguages, download: [], ...more };
}
