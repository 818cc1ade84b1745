import type { Resource } from '../../declare/resource';
import { create } from './create';
import { deleteBrandGlossary } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { update } from './update';

/** How a brand's words are pronounced and translated. */
export const brandGlossary: Resource = {
	value: 'brandGlossary',
	name: 'Brand Glossary',
	operations: [create, deleteBrandGlossary, get, getAll, update],
	defaultOperation: 'create',
};
