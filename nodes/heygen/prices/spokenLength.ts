import { NumberWords, plainDigits } from './numerals';
import { abbreviatedWords, addressParts, bare, isAddress, isMoney, piecesOf } from './pieces';
import { paceOf, type SpeechPace } from './pace';
import { languageIn, writingOf, type Writing } from './writings';

/** How many words or characters of a language a text is when it is spoken. */

/** How many words or characters a minute are spoken, by the language. */
export type PerMinute = (pace: SpeechPace) => number;

/**
 * The share of a word's time that does not depend on its letters: its stress, and the joint to the next one. Clips of
 * neural voices in seven languages, whose words have 3.4 to 6.7 letters, give 0.4; texts of very long words give 0.3.
 */
const FIXED_SHARE = 0.35;

/** Words that one letter is which is spelled: "GDPR" takes as long as two and a half words. */
const SPELLED_LETTER = 0.6;

/** Characters of a language of characters against the mean of its texts. A kanji is about two syllables, a kana is one. */
const KANJI = 1.4;
const KANA = 0.78;

/** These kana are spoken together with the one before them. */
const SMALL_KANA = /[ゃゅょぁぃぅぇぉャュョァィゥェォ]/g;

/** Marks above and below letters that change no length: accents, and the vowels of Hebrew and Arabic. */
const SILENT_MARKS = /[\u0300-\u036F\u0591-\u05C7\u0610-\u061A\u064B-\u065F\u0670]/g;

/** Signs that compatibility forms would make letters of, and those that are not spoken. */
const UNSPOKEN = /™|©|®|[\u200B\u200C\u2060\uFEFF]|\u200D|\uFE0E|\uFE0F/g;

/** A run of letters, of digits with single signs between them, or of signs. */
const TOKENS = /[\p{L}\p{M}]+|\d+(?:[.,:/'’–-]\d+)*|[^\p{L}\p{M}\d]+/gu;

/** Signs that are spoken as a word. */
const SPOKEN_SIGNS = /[%‰&+=@°§€$£¥₹₩₽₺₴₫฿×÷√]/g;

/** Capitals, as of "GDPR" and "USA", with a plural or none. */
const CAPITALS = /^\p{Lu}{2,}s?$/u;

const VOWEL = /[aeiouyàáâãäåèéêëìíîïòóôõöùúûüýаеёиоуыэюяіїєαεηιουω]/i;

/** Letters of a word in capitals that is still spelled when it has vowels: "USA", "FAQ". "NATO" is read. */
const LONGEST_SPELLED = 3;

/** Capitals of this many words in a row are a way of shouting, not abbreviations. */
const SHOUTED = 2;

/** Adds up what is spoken. */
export class SpokenLength {
	private readonly main: SpeechPace;

	private readonly numbers: NumberWords;

	/** Words in capitals that came one after the other. */
	private shouted = 0;

	constructor(
		private readonly language: string,
		private readonly perMinute: PerMinute,
	) {
		this.main = paceOf(language);
		this.numbers = new NumberWords(this.main.unit === 'characters');
	}

	/**
	 * Words or characters of the language; what is in another writing counts as many as are spoken in the same time.
	 *
	 * @param text without marks
	 * @param isSpelled each letter and digit is spoken by itself
	 */
	of(text: string, isSpelled = false): number {
		const plain = plainDigits(text.replace(UNSPOKEN, '').normalize('NFKC').replace(SILENT_MARKS, ''));
		let sum = 0;
		const pieces = piecesOf(plain);
		for (const [at, piece] of pieces.entries()) {
			sum += isSpelled ? this.spelled(piece) : this.piece(piece, isMoney(piece, pieces[at + 1]));
		}
		return sum;
	}

	private spelled(piece: string): number {
		let sum = 0;
		for (const character of piece) {
			if (/\d/.test(character)) sum += this.numberWords(1);
			else if (LETTER.test(character)) sum += this.spelledLetters(1);
		}
		return sum;
	}

	/** What stands between two blanks. */
	private piece(piece: string, isAmount: boolean): number {
		const inner = bare(piece);
		if (isAddress(inner)) return this.address(inner);
		const abbreviated = abbreviatedWords(inner);
		if (abbreviated !== undefined) return this.words(abbreviated, 'Latn');
		let sum = 0;
		let isAfterNumber = false;
		for (const [token] of piece.matchAll(TOKENS)) {
			const isNumber = /^\d/.test(token);
			if (isNumber) sum += this.numberWords(this.numbers.of(token, isAmount));
			else if (LETTER.test(token)) sum += isAfterNumber && UNIT.test(token) ? this.unit(token) : this.letters(token);
			else sum += this.signs(token, piece);
			isAfterNumber = isNumber;
		}
		return sum;
	}

	private signs(signs: string, piece: string): number {
		let count = signs.match(SPOKEN_SIGNS)?.length ?? 0;
		// "#1" is number one; "# Title" is a heading. A "<" of its own is "less than".
		if (signs === '#' && /#\d/.test(piece)) count++;
		if (piece === '<' || piece === '>') count += 2;
		// "percent" and "euro" are words as others, and several characters.
		return this.numberWords(this.main.unit === 'words' ? count : 2.5 * count);
	}

	/** "5kg", "10km", "3D"; the ends of "1st" and "2nd" are spoken with the number. */
	private unit(token: string): number {
		return /^(st|nd|rd|th)$/i.test(token) ? 0 : this.numberWords(1);
	}

	/** Words of English numbers and signs, as so many words or characters of the language. */
	private numberWords(count: number): number {
		// Where words are shorter than in English, those of numbers are as long.
		const share = this.main.unit === 'words' ? Math.max(1, paceOf('en').letters / this.main.letters) : this.main.numeral;
		return count * share;
	}

	/** Letters without signs between them, of one writing or of several ("PDFで"). */
	private letters(token: string): number {
		let sum = 0;
		let from = 0;
		let at = 0;
		let run: Writing | undefined;
		for (const character of token) {
			const writing = writingOf(character.codePointAt(0) ?? 0);
			if (run !== undefined && writing !== run) {
				sum += this.run(token.slice(from, at), run);
				from = at;
			}
			run = writing;
			at += character.length;
		}
		return run === undefined ? sum : sum + this.run(token.slice(from), run);
	}

	/** Letters of one writing. */
	private run(letters: string, writing: Writing): number {
		if (this.isSpelled(letters)) return this.spelledLetters(letters.length);
		const language = languageIn(writing, this.language);
		const pace = paceOf(language);
		if (pace.unit === 'words') return this.asMain(FIXED_SHARE + ((1 - FIXED_SHARE) * letters.length) / pace.letters, pace);
		if (writing === 'Kana') return this.asMain(KANA * letters.replace(SMALL_KANA, '').length, pace);
		return this.asMain(language === 'ja' ? KANJI * letters.length : letters.length, pace);
	}

	/** "GDPR", "USA", "GmbH", but not "NATO", nor what is shouted. */
	private isSpelled(letters: string): boolean {
		const isCapital = CAPITALS.test(letters);
		const isShouted = this.shouted >= SHOUTED;
		this.shouted = isCapital ? this.shouted + 1 : 0;
		if ((letters.match(CAPITAL)?.length ?? 0) < 2) return false;
		return !VOWEL.test(letters) || (isCapital && !isShouted && letters.length <= LONGEST_SPELLED);
	}

	private spelledLetters(count: number): number {
		return this.words(count * SPELLED_LETTER, 'Latn');
	}

	private words(count: number, writing: Writing): number {
		return this.asMain(count, paceOf(languageIn(writing, this.language)));
	}

	/** Words or characters at another pace, as those that the language speaks in the same time. */
	private asMain(count: number, pace: SpeechPace): number {
		return pace === this.main ? count : (count * this.perMinute(this.main)) / this.perMinute(pace);
	}

	/** Each part of an address is a word, and so is each sign: "dot", "at", "slash". */
	private address(address: string): number {
		let sum = 0;
		for (const token of addressParts(address)) {
			if (/^\d/.test(token)) sum += this.numberWords(this.numbers.of(token));
			else if (!LETTER.test(token)) sum += this.words(1, 'Latn');
			else if (token.toLowerCase() === 'www') sum += this.words(3, 'Latn');
			else if (!VOWEL.test(token)) sum += this.spelledLetters(token.length);
			else sum += this.letters(token.toLowerCase());
		}
		return sum;
	}
}

const LETTER = /\p{L}/u;

const CAPITAL = /\p{Lu}/gu;

/** Letters right after a number that are a unit. */
const UNIT = /^\p{Script=Latin}{1,3}$/u;
