import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { PAGE_MAX } from '../../heygen/limits';
import { currentFilter, filterValue, labelled, searchList } from './search';

/** Voices, narrowed by the node's Voice Filter: language, gender, engine, ownership. */
export async function searchVoices(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	const chosen = currentFilter(this, 'voiceFilter');
	return await searchList(
		this,
		{
			path: '/v3/voices',
			max: PAGE_MAX.voices,
			of: 'voices',
			query: {
				type: filterValue(chosen.type),
				language: filterValue(chosen.language),
				gender: filterValue(chosen.gender),
				engine: filterValue(chosen.engine),
			},
			idField: 'voice_id',
			entry: (voice) => ({
				name: labelled(voice.name, [voice.language, voice.gender]),
				// Some previews are addresses inside HeyGen's own storage.
				...(String(voice.preview_audio_url).startsWith('https://')
					? { url: String(voice.preview_audio_url) }
					: {}),
			}),
		},
		filter,
		paginationToken,
	);
}
