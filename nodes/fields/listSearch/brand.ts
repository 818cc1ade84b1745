import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { PAGE_MAX } from '../../heygen/limits';
import { searchLists } from './search';

/** A search of a list whose records have nothing but a name and an id. */
function searchNamed(path: string, max: number, of: string, idField: string) {
	return async function (
		this: ILoadOptionsFunctions,
		filter?: string,
		paginationToken?: unknown,
	): Promise<INodeListSearchResult> {
		const entry = (record: IDataObject) => ({ name: String(record.name) });
		return await searchLists(this, [{ path, max, of, query: {}, idField, entry }], filter, paginationToken);
	};
}

/** The account's brand kits. */
export const searchBrandKits = searchNamed(
	'/v3/brand-kits',
	PAGE_MAX.brandKits,
	'brand kits',
	'brand_kit_id',
);

/** The account's brand glossaries. */
export const searchBrandGlossaries = searchNamed(
	'/v3/brand-glossaries',
	PAGE_MAX.brandGlossaries,
	'brand glossaries',
	'brand_glossary_id',
);
