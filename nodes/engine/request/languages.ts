import { asRecord } from '../../heygen/records';
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

/** HeyGen wraps the list; older answers had records, or the list alone. */
function namesIn(data: unknown): string[] {
	const list: unknown = Array.isArray(data) ? data : asRecord(data).languages;
	if (!Array.isArray(list)) return [];
	const names = list.map((entry: unknown) => (typeof entry === 'string' ? entry : asRecord(entry).name ?? asRecord(entry).language));
	return [...new Set(names.filter((name): name is string => typeof name === 'string' && name.trim() !== ''))];
}
