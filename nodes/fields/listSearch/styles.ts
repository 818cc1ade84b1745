import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { PAGE_MAX } from '../../heygen/limits';
import { preview } from './previews';
import { labelled, searchLists } from './search';

/** Styles of the video agent. Names come once for each shape, so that these and the tags tell them apart. */
export async function searchStyles(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	return await searchLists(
		this,
		[
			{
				path: '/v3/video-agents/styles',
				max: PAGE_MAX.agentStyles,
				of: 'styles',
				query: {},
				idField: 'style_id',
				entry: ({ name, aspect_ratio: ratio, tags, preview_video_url: film, thumbnail_url: picture }) => ({
					name: labelled(name, [ratio, ...(Array.isArray(tags) ? (tags as unknown[]) : [])]),
					...preview(film, picture),
				}),
			},
		],
		filter,
		paginationToken,
	);
}
