/** Names of languages by their codes; voices know their language by its name. */

const names = new Intl.DisplayNames(['en'], { type: 'language' });

/** The name of the language of a code or of a locale such as "de-DE"; any other text as it stands. */
export function languageName(text: string): string {
	const [, code] = /^([a-z]{2,3})(?:[-_]|$)/i.exec(text) ?? [];
	return code === undefined ? text : (names.of(code.toLowerCase()) ?? text);
}
