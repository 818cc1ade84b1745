import uniq from 'lodash/uniq';
import type { IDataObject } from 'n8n-workflow';

import { languageEntries } from '../../heygen/languages/entries';
import { readLanguages } from '../../heygen/languages/languageList';
import { meaningOfCode } from '../../heygen/languages/meaning';
import { amount } from '../../heygen/values/text';
import { EngineError, inputError } from '../basics/errors';
import { settle } from '../basics/settle';
import { placeName } from '../item/body';
import type { Call, Handler } from '../item/call';
import { outputItem } from '../item/outputItem';
import { sharedIn } from '../item/run';
import type { VariantRequest } from '../item/variants';
import { readLanguageNames } from '../request/languages';

/** Languages of a translation: checked by HeyGen's own list, and each asked for by itself. */

/** Where bodies have the languages. */
const PLACE = 'output_languages';

/** HeyGen's list, read once per run for all items of an account. */
async function languageNames({ account, client, run }: Call): Promise<readonly string[]> {
	return await sharedIn(run, `languages ${account.id}`, async () => await readLanguageNames(client));
}

/**
 * The languages of an item as HeyGen spells them, in the order in which they are asked for, each once.
 *
 * @throws EngineError for a language that HeyGen does not have, with those that may be meant
 */
async function languagesIn(body: IDataObject, call: Call): Promise<string[]> {
	const known = await settle(languageNames(call));
	if (!known.ok) return uncheckedLanguages(call, body[PLACE], known.error);
	const { value, problem } = readLanguages(body[PLACE], known.value);
	if (value !== undefined) return value;
	throw inputError(`'${placeName([PLACE], call.names)}' ${problem ?? 'is empty'}`, 'Nothing was sent. HeyGen takes languages by exactly the names of its own list.');
}

/**
 * Languages as they are given, where HeyGen does not tell its list: a key may translate and not list. HeyGen refuses a name
 * that it does not have, and charges nothing for that.
 *
 * @throws the error of the list, where the languages cannot be told without it
 */
function uncheckedLanguages(call: Call, given: unknown, error: unknown): string[] {
	call.client.signal?.throwIfAborted();
	const names = languageEntries(given);
	const isRefused = error instanceof EngineError && error.details.httpCode === '401';
	const areNames = names.every((name) => typeof name === 'string' && /^\p{L}/u.test(name) && meaningOfCode(name) === undefined);
	if (isRefused || !areNames) throw error;
	call.run.report.remark("HeyGen's list of languages could not be read, so the names were sent as they are", call.itemIndex);
	return uniq(names as string[]);
}

/**
 * The jobs of an item that asks for languages: one for each.
 *
 * @param placeOfOne the field of the body that holds what is in one language, if one does
 * @returns for `variants` of a job
 */
export function languageVariants(placeOfOne: (body: IDataObject) => string | undefined = () => undefined) {
	return async (body: IDataObject, call: Call): Promise<VariantRequest[]> => {
		const names = await languagesIn(body, call);
		const place = placeOfOne(body);
		if (place !== undefined && names.length > 1) {
			throw inputError(
				`'${placeName([place], call.names)}' is in one language, but the item asks for ${amount(names.length, 'language')}`,
				'Give every language an item of its own, with what belongs to it.',
			);
		}
		return names.map((name) => ({ name, says: { output_language: name }, body: { [PLACE]: [name] } }));
	};
}

/** An operation that lists the languages, one item for each. */
export const languageList: Handler = async (call) => {
	const names = await readLanguageNames(call.client);
	return names.map((language) => outputItem({ language }, call.itemIndex));
};
