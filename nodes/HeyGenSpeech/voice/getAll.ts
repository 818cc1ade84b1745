import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../declare/resource';
import { pages } from '../../engine/operations/pages';
import { ownershipFilter } from '../../fields/avatarFilters';
import { GENDERS } from '../../fields/castChoices';
import { inQuery } from '../../fields/inQuery';
import { filtersField, listFields } from '../../fields/lists';
import { sendingOptionsField } from '../../fields/sending';
import { readVoiceLanguage } from '../../heygen/cast/voiceLanguage';
import { PAGE_MAX } from '../../heygen/limits';

/** A filter that goes into the query as it is. */
function textFilter(displayName: string, name: string, placeholder: string, description: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'string',
		default: '',
		placeholder,
		description,
		routing: inQuery(name),
	};
}

const LANGUAGE = 'Language';

/** `GET /v3/voices`. */
export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many voices',
	description: "List HeyGen's voices, or the account's own ones, with their previews",
	request: { method: 'GET', url: '/v3/voices' },
	run: pages({
		max: PAGE_MAX.voices,
		of: 'voices',
		reads: { language: { label: LANGUAGE, read: readVoiceLanguage } },
	}),
	properties: [
		...listFields,
		filtersField([
			textFilter('Engine', 'engine', 'e.g. starfish', 'What must be able to speak the voice: starfish for speech without a video'),
			{
				displayName: 'Gender',
				name: 'gender',
				type: 'options',
				options: GENDERS,
				default: 'female',
				description: 'Whose voices to list',
				routing: inQuery('gender'),
			},
			textFilter(LANGUAGE, 'language', 'e.g. English', "The language's English name, or its code such as de"),
			ownershipFilter("Whose voices to list. Without it HeyGen lists its own, the public ones.", 'type'),
		]),
		sendingOptionsField,
	],
};
