import values from 'lodash/values';

import { asRecord, firstText } from '../../heygen/records';
import { EngineError } from '../basics/errors';
import type { Client } from './client';
import { answered } from './reply';

/** The languages that HeyGen translates into. */

const PATH = '/v3/video-translations/languages';

/**
 * Reads HeyGen's list of languages.
 *
 * @param client sends the request
 * @returns names as HeyGen spells them, in its order, each once
 * @throws EngineError when HeyGen does not tell them
 */
export async function readLanguageNames(client: Client): Promise<readonly string[]> {
	const { body } = await client.send({ method: 'GET', path: PATH, doing: 'list the languages' });
	const names = namesIn(body.data);
	if (names.length > 0) return names;
	throw new EngineError("Could not list the languages: HeyGen's answer names none", answered(body.data));
}

/** Fields of records that stand for languages. */
const NAME_FIELDS = ['name', 'language', 'output_language', 'language_name', 'label', 'value'];

/** HeyGen wraps the list. What else is clear is read as well: records, and numbered fields in place of a list. */
function namesIn(data: unknown): string[] {
	const { languages = asRecord(data).items ?? data } = asRecord(data);
	const names = values(languages as object).map((entry: unknown) => (typeof entry === 'string' ? entry : firstText(asRecord(entry), NAME_FIELDS)));
	return [...new Set(names.filter((name): name is string => name !== undefined && name.trim() !== ''))];
}
