import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { PAGE_MAX } from '../../heygen/limits';
import { labelled, searchList } from './search';

/** The account's brand kits. */
export async function searchBrandKits(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	return await searchList(
		this,
		{
			path: '/v3/brand-kits',
			max: PAGE_MAX.brandKits,
			of: 'brand kits',
			query: {},
			entry: (kit) => ({ name: labelled(kit.name, []), value: String(kit.brand_kit_id) }),
		},
		filter,
		paginationToken,
	);
}

/** The account's brand glossaries. */
export async function searchBrandGlossaries(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	return await searchList(
		this,
		{
			path: '/v3/brand-glossaries',
			max: PAGE_MAX.brandGlossaries,
			of: 'brand glossaries',
			query: {},
			entry: (glossary) => ({
				name: labelled(glossary.name, []),
				value: String(glossary.brand_glossary_id),
			}),
		},
		filter,
		paginationToken,
	);
}
