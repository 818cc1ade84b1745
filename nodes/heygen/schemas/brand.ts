import { z } from 'zod';

import { shown } from '../values/text';
import { httpsUrl, label } from './primitives';

/**
 * Bodies of `/v3/brand-kits` and `/v3/brand-glossaries`. The contract leaves a glossary's terms open; HeyGen's own
 * reads show `term` and `pronunciation`, and its documents speak of translations (API reference, section 14.2).
 */

/** `POST /v3/brand-kits`. */
export const newBrandKit = z.object({ url: httpsUrl, name: label.optional() }).strict();

/** `PATCH /v3/brand-kits/{brand_kit_id}`. */
export const changedBrandKit = z.object({ name: label }).strict();

const term = z
	.object({ term: label, pronunciation: label.optional(), translation: label.optional() })
	.strict()
	.superRefine((row, context) => {
		if (row.pronunciation !== undefined || row.translation !== undefined) return;
		context.addIssue({
			code: z.ZodIssueCode.custom,
			message: `(${shown(row.term)}) needs a pronunciation or a translation`,
		});
	});

/** `POST /v3/brand-glossaries`. */
export const newBrandGlossary = z.object({ name: label, terms: z.array(term).optional() }).strict();

/** `PATCH /v3/brand-glossaries/{brand_glossary_id}`: the terms given replace those there are. */
export const changedBrandGlossary = z
	.object({ name: label.optional(), terms: z.array(term).optional() })
	.strict()
	.superRefine(({ name, terms }, context) => {
		if (name !== undefined || terms !== undefined) return;
		context.addIssue({
			code: z.ZodIssueCode.custom,
			path: ['name'],
			message: 'and the terms are both empty: there is nothing to change',
		});
	});
