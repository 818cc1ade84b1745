/** How many words a number is when it is spoken: "2026" is four, "1,250" is five. */

const DIGIT = /\p{Nd}/gu;

/**
 * A text with the digits 0 to 9, whatever writing its digits are of.
 *
 * @param text any text
 */
export function plainDigits(text: string): string {
	return text.replace(DIGIT, (digit) => {
		const code = digit.codePointAt(0) ?? 0;
		if (code < 0x80) return digit;
		// The digits of a writing begin at a code that ends in 0, those of India's writings at one that ends in 6.
		return String(((code - (code >= 0x900 && code <= 0xdff ? 6 : 0)) % 16) % 10);
	});
}

/** Words of a whole number, by its digits. */
type Counting = (digits: string) => number;

/** Digits up to which people say a number; longer ones, such as telephone numbers, they say digit by digit. */
const LONGEST_NUMBER = 6;

/** The longest number that has names for its thousands: trillions. */
const LONGEST_NAMED = 15;

/** "1984" is said in two halves in many languages, and is hardly longer in the others. */
const YEAR = /^1[1-9]\d\d$/;

/** By thousands: two hundred, twenty-six, thousand. */
const westernWords: Counting = (digits) => {
	let count = 0;
	for (let end = digits.length; end > 0; end -= 3) {
		const group = digits.slice(Math.max(0, end - 3), end).padStart(3, '0');
		const words = (group.startsWith('0') ? 0 : 2) + belowHundred(group.slice(1));
		count += words + (words > 0 && end < digits.length ? 1 : 0);
	}
	return Math.max(1, count);
};

/** "07" is one word, "17" is a long one, "27" is two, "00" is none. */
function belowHundred(two: string): number {
	const [tens = '0', ones = '0'] = two;
	if (tens === '0') return ones === '0' ? 0 : 1;
	if (tens === '1') return ones > '2' ? 1.5 : 1;
	return ones === '0' ? 1 : 2;
}

/** By ten thousands: each digit that is not 0, with the name of its place: 二千二十六. */
const easternWords: Counting = (digits) => {
	let count = 0;
	for (let end = digits.length; end > 0; end -= 4) {
		const group = digits.slice(Math.max(0, end - 4), end);
		let words = 0;
		for (const [at, digit] of [...group].entries()) {
			const isOnes = at === group.length - 1;
			// A single ten is 十, not 一十.
			if (digit !== '0') words += (digit === '1' && !isOnes ? 0 : 1) + (isOnes ? 0 : 1);
		}
		count += words + (words > 0 && end < digits.length ? 1 : 0);
	}
	return Math.max(1, count);
};

/** A day of a calendar: "2026-05-14", "14.05.2026", "5/14/26". */
const DATE = /^(\d{4}([-./])\d{1,2}\2\d{1,2}|\d{1,2}([-./])\d{1,2}\3(\d{4}|\d{2}))$/;

/** "1,250", "1.250.000": thousands with signs between them. */
const GROUPED = /^[1-9]\d{0,2}([.,'’]\d{3}){1,4}$/;

/** "1,250", "1250", "1": what can stand before decimals. */
const DIGITS = /^\d+$/;

/** Three digits after a comma are thousands, unless a lone 0 stands before it. */
const DECIMALS = /^(\d{1,2}|\d{4,})$/;

/** A number with the signs within it. */
const PARTS = /\d+|\D/g;

/** Counts the words of numbers as a language says them. */
export class NumberWords {
	private readonly count: Counting;

	/** @param isEastern the language counts by ten thousands, as those of China, Japan and Korea; others without blanks come near it */
	constructor(isEastern: boolean) {
		this.count = isEastern ? easternWords : westernWords;
	}

	/**
	 * Words of a number as it is written, with points, commas, colons, slashes and hyphens within it.
	 *
	 * @param written plain digits, with single signs between them
	 * @param isMoney a sign of a currency stands beside it, so that what follows the point is a number too
	 */
	of(written: string, isMoney = false): number {
		if (DATE.test(written)) return this.date(written);
		if (GROUPED.test(written)) return this.grouped(written);
		// The last point or comma is that of the decimals.
		const at = Math.max(written.lastIndexOf('.'), written.lastIndexOf(','));
		const whole = written.slice(0, Math.max(0, at));
		const decimals = written.slice(at + 1);
		const hasDecimals = (DECIMALS.test(decimals) || whole === '0') && (DIGITS.test(whole) || GROUPED.test(whole));
		if (hasDecimals) return this.grouped(whole) + (isMoney && decimals.length <= 2 ? this.cents(decimals) : 1 + decimals.length);
		let count = 0;
		for (const [part] of written.matchAll(PARTS)) {
			if (DIGITS.test(part)) count += this.whole(part.length === 2 ? part.replace(/^0/, '') : part);
			// "10-20" is ten to twenty; in "24/7" and "14:30" the sign is not spoken.
			else if (part === '-' || part === '–' || part === '.') count++;
		}
		return count;
	}

	private whole(digits: string): number {
		if (digits.length > LONGEST_NUMBER || (digits.length > 1 && digits.startsWith('0'))) return digits.length;
		return YEAR.test(digits) ? belowHundred(digits.slice(0, 2)) + Math.max(1, belowHundred(digits.slice(2))) : this.count(digits);
	}

	/** With or without signs between thousands. */
	private grouped(whole: string): number {
		const digits = whole.replace(/\D/g, '');
		return digits.length === whole.length || digits.length > LONGEST_NAMED ? this.whole(digits) : this.count(digits);
	}

	/** "and fifty cents"; not all say the last word. */
	private cents(decimals: string): number {
		return decimals === '00' ? 0 : 0.5 + this.whole(decimals.replace(/^0/, ''));
	}

	/** The month's name, the day with a small word, the year. */
	private date(written: string): number {
		const year = /\d{4}/.exec(written)?.[0];
		return 3 + (year === undefined ? 2 : this.whole(year));
	}
}
