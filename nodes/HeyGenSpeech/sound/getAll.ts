import type { Operation } from '../../declare/resource';
import { pages } from '../../engine/operations/pages';
import { inQuery } from '../../fields/inQuery';
import { filtersField, listFields } from '../../fields/lists';
import { openChoiceFields } from '../../fields/openChoice';
import { sendingOptionsField } from '../../fields/sending';
import { EFFECT_SCORE, PAGE_MAX, SOUND_SCORE, UNIT_RANGE } from '../../heygen/limits';
import { readNumber } from '../../heygen/values/plain';

/** HeyGen has no list of all sounds. */
const SEARCH = 'Search';

const MINIMUM_SCORE = 'Minimum Score';

/** `GET /v3/audio/sounds`. */
export const getAll: Operation = {
	value: 'getAll',
	name: SEARCH,
	action: 'Search sounds',
	description: 'Find music and sound effects by describing them, best ones first, with addresses of their files',
	request: { method: 'GET', url: '/v3/audio/sounds' },
	run: pages({
		max: PAGE_MAX.sounds,
		of: 'sounds',
		placesAsKeys: true,
		required: ['query'],
		reads: { min_score: { label: MINIMUM_SCORE, read: (given) => readNumber(given, UNIT_RANGE) } },
	}),
	properties: [
		{
			displayName: 'Query',
			name: 'query',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. calm piano for a product video',
			description: 'What it sounds like, in words',
			routing: inQuery('query'),
		},
		...openChoiceFields({
			displayName: 'Type',
			name: 'type',
			type: 'options',
			options: [
				{ name: 'Music', value: 'music' },
				{ name: 'Sound Effects', value: 'sound_effects', description: `Few of them reach HeyGen's own Minimum Score: set it to about ${EFFECT_SCORE}` },
			],
			default: 'music',
			description: 'What to find',
			routing: inQuery('type'),
		}),
		...listFields,
		filtersField([
			{
				displayName: MINIMUM_SCORE,
				name: 'minScore',
				type: 'number',
				typeOptions: { minValue: UNIT_RANGE.min, maxValue: UNIT_RANGE.max, numberPrecision: 2 },
				default: SOUND_SCORE,
				description: `How well a sound must fit the query, from 0 (anything) to 1 (exactly). HeyGen takes ${SOUND_SCORE} unless told, with which it finds few sound effects; ${EFFECT_SCORE} finds more. Each item has its own in score.`,
				routing: inQuery('min_score'),
			},
		]),
		sendingOptionsField,
	],
};
