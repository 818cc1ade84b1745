/** Words whose stop does not end a sentence. One that is missed here cuts a name in two, one too many costs nothing. */

/**
 * Before a name or another word, whatever its first letter is: titles, streets, firms, and words that stand within a sentence.
 * Those that often end one, such as "etc.", and those that are also words, such as "on", are left out.
 */
const BEFORE_WORDS: ReadonlySet<string> = new Set(
	[
		// English.
		'mr mrs ms mx dr prof st mt ft rev fr gen col maj capt cpt cmdr lt sgt adm gov sen rep pres supt atty esq messrs',
		'inc ltd co corp llc jr sr ave blvd rd hwy dept approx vs cf viz al ie eg govt univ assn bros',
		// German.
		'hr dipl ing phil jur rer nat habil dres bzw ca evtl ggf inkl exkl zzgl abzgl vgl sog bspw geb gest lfd str hl mio mrd jh',
		'zb dh ua uä durchschn einschl entspr ehem eigtl allg insb insbes bes betr',
		// French, Spanish, Portuguese, Italian.
		'mgr av bd env cie sra srta srs sres dra dña lic ud uds vd vds avda admón cía exmo exma ilmo ilma engº eng profa',
		'sig sigg avv dott geom arch spett gent egr',
		// Dutch, and the languages of the North.
		'dhr mevr mw drs ir bijv resp jl evt incl excl ang dvs eks kl jf iht mht vedr ifm esim mm',
		// Polish, Czech, Slovenian, Croatian, Hungarian, Turkish.
		'np tzn tzw tj ul św hab inż lek woj wg tel např tzv mudr judr phdr npr oz kb ún sn doç yrd öğr',
		// Russian, Ukrainian, Bulgarian, Greek.
		'ул см ср стр рис проф акад доц гл обл пр просп пер наб млн млрд тыс св ст др напр вул бул δρ καθ δηλ λεωφ αγ',
	].flatMap((line) => line.split(' ')),
);

/** Before a number only: "No. 5", but "The answer is no. Then we go." */
const BEFORE_NUMBERS: ReadonlySet<string> = new Set(
	[
		'no nos nr nrs nro núm num nº art arts abs fig figs abb tab pp pg pgs vol vols ch chap sec sect par ed ver rev op eq ref para cl',
		'min max ziff kap bd anm aufl seite tel fax pos tz rn rdnr ust pág págs cap caps apdo ley sez pagg blz hfst afl afb kpl s',
		'jan feb mar mär apr jun jul aug sep sept oct okt nov dec dez janv févr avr juil déc ene abr ago dic gen mag giu lug set ott',
		'č čl str ods rozdz poz szt рис табл гл п пп ст с стр л № тел σελ αρ',
	].flatMap((line) => line.split(' ')),
);

const DIGIT = /\p{Nd}/u;
const LETTER_OR_DIGIT = /[\p{L}\p{M}\p{N}]/u;

/** A letter of writings that do not have words of one letter. */
const INITIAL = /^(?![\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])\p{L}\p{M}?$/u;

/** "Elizabeth II." */
const ROMAN = /^[IVX]{2,5}$/;

/** "5. Mai", "1. Open the box": longer numbers are years and amounts. */
const ORDINAL = /^\p{Nd}{1,2}$/u;

/** What makes an amount of a number: "3.50", "€5". */
const BEFORE_AMOUNT = /[\p{Sc}\p{Nd}.,:]/u;

/** "https://example.com/?q=a" ends like a word. */
const IN_ADDRESS = /[=/&%#!?]/;

/** Letters of the longest abbreviation. */
const WORD_MAX = 10;

/**
 * Whether a stop belongs to the word before it: to an abbreviation, to an initial, to the number of an order.
 *
 * @param text any text
 * @param stop where the stop is
 * @param next what the next word begins with
 */
export function isAbbreviation(text: string, stop: number, next: string): boolean {
	let from = stop;
	while (from > 0 && stop - from <= WORD_MAX && LETTER_OR_DIGIT.test(text.charAt(from - 1))) from--;
	const word = text.slice(from, stop);
	if (IN_ADDRESS.test(text.charAt(from - 1))) return false;
	if (ORDINAL.test(word)) return from === 0 || !BEFORE_AMOUNT.test(text.charAt(from - 1));
	const small = word.toLowerCase();
	return INITIAL.test(word) || ROMAN.test(word) || BEFORE_WORDS.has(small) || (DIGIT.test(next) && BEFORE_NUMBERS.has(small));
}
