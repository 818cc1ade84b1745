/** Names of languages, whatever way they are spelled. */

/** Marks above and below letters, as the decomposed form of Unicode writes them. Vowels of Hindi or Thai are none. */
const DIACRITICS = /[\u0300-\u036F]/g;

/** Most names need no more than small letters. */
const PLAIN = /^[\w (),.-]*$/;

/** Marks that no one sees: soft hyphens, zero-width characters, marks of direction. */
const UNSEEN = /\p{Cf}/gu;

/**
 * A text in small letters, without diacritics, and with one kind only of dashes, brackets, quotes, commas and blanks.
 *
 * @param text any text
 */
export function plainSpelling(text: string): string {
	if (PLAIN.test(text)) return text.toLowerCase();
	return text
		.normalize('NFKD')
		.toLowerCase()
		.normalize('NFKD')
		.replace(DIACRITICS, '')
		.replace(UNSEEN, '')
		.replace(/[\p{Pd}−]/gu, '-')
		.replace(/[[{【〔〈《]/g, '(')
		.replace(/[\]}】〕〉》]/g, ')')
		.replace(/[‘’ʼ`´]/g, "'")
		.replace(/、/g, ',')
		.replace(/&/g, ' and ')
		.replace(/\s/g, ' ');
}

/**
 * What all spellings of one name have in common.
 *
 * @param name any text
 */
export function spellingKey(name: string): string {
	return plainSpelling(name).replaceAll(' ', '');
}

/**
 * The words of a name, in small letters and without diacritics.
 *
 * @param name any text
 */
export function spelledWords(name: string): string[] {
	return plainSpelling(name).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}
