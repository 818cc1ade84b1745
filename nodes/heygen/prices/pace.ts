/**
 * How fast voices speak each language. The figures are those of somebody who narrates: the pauses between sentences and at
 * commas are in them. Two published sources carry most of the table.
 *
 * - IReST: Trauzettel-Klosinski and Dietz 2012, "Standardized Assessment of Reading Performance", reading aloud in 17
 *   languages. Its readers hurry: 228 words a minute in English. Narrators and synthetic voices need about 0.72 of that.
 * - Coupé et al. 2019, "Different languages, similar encoding efficiency", and Pellegrino et al. 2011: syllables a second of
 *   people who read texts aloud, with their pauses cut out. Narrators need about 0.7 of those, pauses included.
 *
 * "Derived" marks a figure that no study gives: it is that of related languages whose words are as long.
 * Letters a word were counted in encyclopedic paragraphs of the language.
 */

/** How fast a language is spoken, and in what that is counted. */
export interface SpeechPace {
	/** Words for languages that write blanks between them, characters for the others. */
	readonly unit: 'words' | 'characters';
	readonly perMinute: number;
	/** Letters of an ordinary word, for languages of words. */
	readonly letters: number;
	/** Characters that an ordinary word of a number ("seven", "hundred") takes, for languages of characters. */
	readonly numeral: number;
}

const words = (perMinute: number, letters: number): SpeechPace => ({ unit: 'words', perMinute, letters, numeral: 1 });
const characters = (perMinute: number, numeral: number): SpeechPace => ({ unit: 'characters', perMinute, letters: 1, numeral });

/** The language of which nothing is known. 140 words a minute is the mean of the languages of words below. */
export const UNKNOWN = 'und';
const UNKNOWN_PACE = words(140, 5.3);

/** Each language with its pace, by its code of ISO 639. */
export const PACES: ReadonlyMap<string, SpeechPace> = new Map([
	[UNKNOWN, UNKNOWN_PACE],
	// LJSpeech, which many voices learned from: 225,715 words in 23.9 hours are 157 words a minute, of 4.6 letters.
	['en', words(155, 4.6)],
	// IReST 179 words a minute.
	['de', words(130, 6)],
	// IReST 195, but voices are faster: those that learned from SIWIS and M-AILABS speak 212 words a minute within a sentence,
	// and with the pauses between sentences about 0.78 of that.
	['fr', words(165, 4.7)],
	// IReST 218.
	['es', words(155, 4.8)],
	// IReST 188.
	['it', words(138, 5.2)],
	// IReST 181, in Brazil. The free voice for Brazil, which learned from a person, speaks 156 and more.
	['pt', words(142, 4.8)],
	// IReST 202.
	['nl', words(145, 5)],
	// IReST 199.
	['sv', words(142, 5.3)],
	// Derived from Swedish.
	['da', words(142, 5.2)],
	['nb', words(142, 5.2)],
	['is', words(138, 5.4)],
	// IReST 161.
	['fi', words(112, 7.4)],
	// Derived from Finnish, whose words are longer.
	['et', words(122, 6.4)],
	// IReST 166.
	['pl', words(120, 6)],
	// Derived from Polish and Slovenian (IReST 180).
	['cs', words(130, 5.3)],
	['sk', words(130, 5.3)],
	['sl', words(130, 5)],
	['hr', words(130, 5.3)],
	['sr', words(130, 5.3)],
	['bs', words(130, 5.3)],
	['lv', words(125, 6)],
	['lt', words(125, 6)],
	// IReST 184.
	['ru', words(130, 6)],
	// Derived from Russian.
	['uk', words(130, 5.6)],
	['bg', words(135, 5.3)],
	['mk', words(135, 5.2)],
	// Coupé: 5.9 syllables a second or less for words of 2.2 syllables, hence as German.
	['hu', words(122, 6)],
	// IReST 166.
	['tr', words(118, 6.2)],
	['az', words(118, 6.2)],
	['kk', words(115, 6.9)],
	// Derived from Italian and Spanish.
	['ro', words(142, 5)],
	['ca', words(155, 4.5)],
	['gl', words(145, 4.8)],
	['eu', words(120, 6.5)],
	['af', words(148, 4.8)],
	['cy', words(150, 4.4)],
	['sq', words(140, 4.8)],
	// Derived from Italian: syllables as open and words as long.
	['el', words(135, 5.4)],
	// IReST 138.
	['ar', words(102, 4.7)],
	// Derived from Arabic and Hebrew; the short vowels are not written, and the words are parted more often.
	['fa', words(130, 4)],
	['ur', words(140, 3.7)],
	// IReST 187.
	['he', words(130, 4.2)],
	// Derived: the short words of Hindi are spoken at the syllables of Spanish. Signs of vowels count as letters.
	['hi', words(150, 4)],
	['mr', words(120, 5.4)],
	['ne', words(120, 5.5)],
	['gu', words(140, 4.5)],
	['pa', words(150, 4)],
	['bn', words(125, 5)],
	// Derived: Dravidian words have three to four syllables, spoken at about five a second.
	['ta', words(95, 7.6)],
	['te', words(100, 7)],
	['kn', words(95, 7.2)],
	['ml', words(85, 8.9)],
	['si', words(115, 5.5)],
	// Derived: words of 2.4 syllables at about 5 syllables a second, pauses included.
	['id', words(125, 6.2)],
	['ms', words(125, 6.2)],
	['jv', words(125, 6)],
	['fil', words(135, 5.2)],
	['sw', words(118, 5.9)],
	// Coupé and Pellegrino: 5.2 to 5.3 syllables a second, and each syllable is a word.
	['vi', words(215, 3.1)],
	// NHK's announcers are taught 300 characters a minute, and read 350 today. Synthetic voices are between them.
	['ja', characters(320, 1.4)],
	// Pellegrino: 5.2 syllables a second without pauses; IReST 255 characters a minute.
	['zh', characters(250, 1)],
	// Coupé: 5.6 syllables a second without pauses.
	['yue', characters(235, 1)],
	// Newsreaders speak 364 syllables a minute, neural voices 275 with the silence around each sentence. Each character is one
	// syllable, while blanks are a matter of taste ("온라인 교육", "온라인교육"), so characters tell the time better than words.
	['ko', characters(300, 1)],
	// Coupé: 4.7 syllables a second without pauses, of 3.4 characters each with the signs of vowels and tones.
	['th', characters(690, 3.4)],
	// Derived from Thai, whose syllables are alike.
	['lo', characters(690, 3.4)],
	['km', characters(620, 4)],
	['my', characters(750, 4)],
]);

/**
 * How fast a language is spoken.
 *
 * @param language a code; one that is not in the table gets the pace of the unknown language
 */
export function paceOf(language: string): SpeechPace {
	return PACES.get(language) ?? UNKNOWN_PACE;
}
