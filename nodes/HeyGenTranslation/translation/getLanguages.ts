import type { Operation } from '../../declare/resource';
import { languageList } from '../../engine/operations/outputLanguages';
import { sendingOptionsField } from '../../fields/sending';

/** `GET /v3/video-translations/languages`. */
export const getLanguages: Operation = {
	value: 'getLanguages',
	name: 'Get Many Languages',
	action: 'Get many languages of translations',
	description: 'List the languages that HeyGen translates into, one item for each',
	request: { method: 'GET', url: '/v3/video-translations/languages' },
	run: languageList,
	properties: [sendingOptionsField],
};
