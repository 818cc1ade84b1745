import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { PAGE_MAX } from '../../heygen/limits';
import { chosenFilters, filterValue, labelled, type PickerList, searchLists } from './search';

/** HeyGen's types of voices, and what their list says of each. It lists one type at a time, public ones unless told. */
const TYPES = { private: { of: "account's own voices", fact: 'your own' }, public: { of: 'public voices', fact: undefined } } as const;

/** Voices, the account's own first, narrowed by the node's List Filters: language, gender, engine, ownership. */
export async function searchVoices(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	const chosen = chosenFilters(this, 'voiceFilter', {
		voiceEngine: 'engine',
		voiceGender: 'gender',
		voiceLanguage: 'language',
		voiceOwnership: 'type',
	});
	const query: IDataObject = {
		language: filterValue(chosen.voiceLanguage),
		gender: filterValue(chosen.voiceGender),
		engine: filterValue(chosen.voiceEngine),
	};
	const ownership = filterValue(chosen.voiceOwnership);
	const types = (['private', 'public'] as const).filter((type) => ownership === undefined || ownership === type);
	return await searchLists(this, types.map((type) => listOf(type, query)), filter, paginationToken);
}

function listOf(type: keyof typeof TYPES, query: IDataObject): PickerList {
	const { of, fact } = TYPES[type];
	return {
		path: '/v3/voices',
		max: PAGE_MAX.voices,
		of,
		query: { type, ...query },
		idField: 'voice_id',
		entry: (voice) => ({
			name: labelled(voice.name, [fact, voice.language, voice.gender]),
			...preview(voice.preview_audio_url),
		}),
	};
}

/** Some previews are addresses inside HeyGen's own storage ("s3://"), which no browser opens. */
function preview(url: unknown): { url?: string } {
	return typeof url === 'string' && /^https?:\/\//.test(url) ? { url } : {};
}
