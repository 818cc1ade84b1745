import { UNKNOWN } from './pace';
import { mainWriting, usualLanguage } from './writings';

/** Which language a script is in, told by its letters and by its short words. */

/** Words that hardly a text in the language lacks, and that few other languages have. */
const COMMON_WORDS: Readonly<Record<string, string>> = {
	en: 'a an i me us my so no just their them which one please before after but or if when all do how what there here now more has was were they get use the and of to is are you your we our with for this that have will can it be in on at from as not by or hello hi welcome please thank',
	de: 'vor nach aber oder wenn bevor als über aus nur alle kann können werden war hier jetzt so dass der die das und ist sind sie wir ihr ihre mit für nicht ein eine einen einem auf zu im den dem von bei auch wie wird haben ich es hallo willkommen bitte',
	fr: 'avant après mais ou si comme tout tous cette ces elle ils être fait votre vos ici très plus veuillez le la les des et est vous nous votre notre avec pour une un dans sur que qui ce cette pas du au aux plus sont je bonjour bienvenue merci',
	es: 'antes después pero o si cuando todo todos muy puede pueden tu te aquí ahora desde el la los las y es de que en un una con para por su sus del al lo nuestro usted más como está este esta no hola bienvenidos gracias',
	it: 'prima dopo ma o se come quando tutto tutti anche può qui ora vostro nostra il lo la gli le e è di che un una con per non sono del della nel alla più questo questa si i da ciao benvenuti grazie',
	pt: 'antes depois mas ou se como quando tudo todos muito pode aqui agora nossa o a os as e é de que em um uma com para por não do da dos das no na seu sua nosso você mais está isso olá obrigado',
	nl: 'maar of als wanneer alle kan kunnen hier nu er om uit over onder de het een en is van voor met niet dat die op zijn wij je u uw onze aan ook bij naar wordt hebben ik hallo welkom',
	sv: 'och att det är en ett på för med som av inte vi du har till den kan din hej välkommen',
	da: 'og at det er en et på for med som af ikke vi du har til den kan din hej velkommen jeg',
	nb: 'og at det er en et på for med som av ikke vi du har til den kan din hei velkommen jeg',
	fi: 'ja on ei se että ovat me te sinun voit kun mutta tai jos myös hei tervetuloa joka olemme',
	pl: 'i w na z do się nie jest to że jak dla od po czy są przez oraz witamy cześć',
	cs: 'a v na se je že to s do pro jako ale po od nebo jsou vás jsme vítejte dobrý',
	ro: 'și în la de cu pe este sunt nu un o din pentru care să mai sau bun bine salut',
	hu: 'a az és hogy nem is egy van meg ez de azt vagy önt üdvözöljük mint',
	tr: 've bir bu için ile da de çok ne var daha olarak hoş merhaba olan siz biz',
	id: 'dan yang di untuk dengan dari ini itu anda kami pada adalah akan dalam tidak selamat kita',
	vi: 'và của là có cho trong không được với một này các bạn chúng tôi xin chào người',
};

const LANGUAGES_OF: ReadonlyMap<string, readonly string[]> = byWord();

function byWord(): Map<string, string[]> {
	const languages = new Map<string, string[]>();
	for (const [language, words] of Object.entries(COMMON_WORDS)) {
		for (const word of words.split(' ')) languages.set(word, [...(languages.get(word) ?? []), language]);
	}
	return languages;
}

/** Letters that only some languages have, or have together: a word with them counts for these. */
const OWN_LETTERS: ReadonlyArray<readonly [letters: RegExp, languages: readonly string[]]> = [
	[/ß|sch|ung$|heit$|keit$|lich/, ['de']],
	[/ü/, ['de', 'tr', 'hu']],
	[/[äö]/, ['de', 'fi', 'sv']],
	[/ä[äy]|y[öy]|uu|[^a]ii|k[kt][aiou]/, ['fi']],
	[/[ñ¿¡]/, ['es']],
	[/[ãõ]/, ['pt']],
	[/[çœêèû]/, ['fr']],
	[/[ąęłśźż]/, ['pl']],
	[/[řěů]/, ['cs']],
	[/[șță]/, ['ro']],
	[/[őű]/, ['hu']],
	[/[ğış]/, ['tr']],
	[/[æø]/, ['da', 'nb']],
	[/å/, ['sv', 'da', 'nb']],
	[/[ơưđạảấầẩậắằặẹẻếềểệịọỏốồổộớờợụủứừửự]/, ['vi']],
];

/** Letters that tell a language of the Cyrillic or the Arabic writing from the usual one. */
const TELLING: ReadonlyArray<readonly [usual: string, language: string, letters: RegExp]> = [
	['ru', 'uk', /[іїєґ]/i],
	['ru', 'sr', /[ђћџљњ]/i],
	['ar', 'ur', /[ٹڈڑے]/],
	['ar', 'fa', /[پچژگ]/],
];

/** Russian has at least one of these in nearly every sentence, Bulgarian has none of them. */
const RUSSIAN = /[ыэё]/i;

/** Letters of a script that tell its language: a longer one says nothing new. */
const ENOUGH = 5_000;

const WORD = /\p{L}+/gu;

/**
 * The language that a script is in; English when Latin letters do not tell, and the unknown language without any letter.
 *
 * @param text what is spoken of the script
 */
export function guessLanguage(text: string): string {
	const start = text.slice(0, ENOUGH);
	const writing = mainWriting(start);
	if (writing === undefined) return UNKNOWN;
	if (writing === 'Latn') return latinLanguage(start.toLowerCase());
	const usual = usualLanguage(writing);
	const told = TELLING.find(([of, , letters]) => of === usual && letters.test(start));
	if (told) return told[1];
	return usual === 'ru' && !RUSSIAN.test(start) && /ъ/i.test(start) ? 'bg' : usual;
}

function latinLanguage(text: string): string {
	const scores = new Map<string, number>();
	const add = (languages: readonly string[], points: number) => {
		for (const language of languages) scores.set(language, (scores.get(language) ?? 0) + points);
	};
	for (const [word] of text.matchAll(WORD)) {
		// A word of many languages tells little.
		const languages = LANGUAGES_OF.get(word) ?? [];
		add(languages, 1 / Math.max(1, languages.length));
		for (const [letters, languages] of OWN_LETTERS) if (letters.test(word)) add(languages, 0.5);
	}
	// English comes first, so that it wins when nothing tells.
	const best = [...scores].sort(([a, x], [b, y]) => y - x || (a === 'en' ? -1 : b === 'en' ? 1 : 0))[0];
	return best?.[0] ?? 'en';
}
