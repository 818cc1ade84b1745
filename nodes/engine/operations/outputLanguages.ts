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
 * A body with languages as HeyGen spells them, in the order in which they are asked for, each once.
 *
 * @param call the item
 * @param body checked by its schema
 * @throws EngineError for a language that HeyGen does not have, with those that may be meant
 */
export async function withLanguages(call: Call, body: IDataObject): Promise<IDataObject> {
	const known = await settle(languageNames(call));
	if (!known.ok) return { ...body, [PLACE]: uncheckedLanguages(call, body[PLACE], known.error) };
	const { value, problem } = readLanguages(body[PLACE], known.value);
	if (value !== undefined) return { ...body, [PLACE]: value };
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
	const areNames = names.every((name) => typeof name === 'string' && meaningOfCode(name) === undefined);
	if (isRefused || !areNames) throw error;
	call.run.report.remark("HeyGen's list of languages could not be read, so the names were sent as they are.", call.itemIndex);
	return uniq(names as string[]);
}

/**
 * Makes sure that what is in one language is wanted in one language.
 *
 * @param call the item
 * @param body checked, with its languages
 * @param place the field that holds what is in one language
 * @throws EngineError when the item asks for several
 */
export function checkOneLanguage(call: Call, body: IDataObject, place: string): void {
	const { length } = body[PLACE] as string[];
	if (length < 2) return;
	throw inputError(
		`'${placeName([place], call.names)}' is in one language, but the item asks for ${amount(length, 'language')}`,
		'Give every language an item of its own, with what belongs to it.',
	);
}

/**
 * The jobs of a body with several languages: one for each.
 *
 * @param body checked, with its languages
 */
export function languageVariants(body: IDataObject): VariantRequest[] {
	return (body[PLACE] as string[]).map((name) => ({ name, says: { output_language: name }, body: { [PLACE]: [name] } }));
}

/** An operation that lists the languages, one item for each. */
export const languageList: Handler = async (call) => {
	const names = await readLanguageNames(call.client);
	return names.map((language) => outputItem({ language }, call.itemIndex));
};
