import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { PAGE_MAX } from '../../heygen/limits';
import { preview } from './previews';
import { labelled, searchLists } from './search';

/** The account's templates, with their ratios and pictures. */
export async function searchTemplates(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	return await searchLists(
		this,
		[
			{
				path: '/v3/templates',
				max: PAGE_MAX.templates,
				of: 'templates',
				query: {},
				idField: 'template_id',
				entry: (template) => ({
					name: labelled(template.name, [template.aspect_ratio]),
					...preview(template.thumbnail_url),
				}),
			},
		],
		filter,
		paginationToken,
	);
}
