import { localeOf, MANDARIN } from './intlNames';
import { CHINESE, type LanguageMeaning, type MeantLanguage, tagOf } from './meaning';

/** Which names of HeyGen's list a code stands for. */

/** Languages that count for another one where HeyGen's list has no name of the language itself. */
const STAND_INS: ReadonlyMap<string, readonly string[]> = new Map([
	['no', ['nb', 'nn']],
	['nb', ['no']],
	['zh', [MANDARIN]],
	[MANDARIN, ['zh']],
]);

/**
 * Whether a language counts for another one where HeyGen's list has no name of that one.
 *
 * @param one the code of a language
 * @param other the code of the other one
 */
export function isStandIn(one: string, other: string): boolean {
	return STAND_INS.get(other)?.includes(one) === true;
}

/** What a code without a region means in Chinese: writings differ, and so do the languages of regions. */
const USUAL_CHINESE: LanguageMeaning = { script: 'Hans', region: 'CN' };

/**
 * The names that a code stands for.
 *
 * @param code what the code means
 * @param list the names of HeyGen's list
 * @returns one name where the code names one language; several where it does not say which; none where the list has none
 */
export function namesForCode(code: LanguageMeaning, list: readonly MeantLanguage[]): string[] {
	const { language = '', script, region } = code;
	const own = list.filter((one) => one.language === language);
	const standIns = list.filter((one) => isStandIn(one.language ?? '', language));
	const isBare = script === undefined && region === undefined;
	const tries = CHINESE.has(language) ? chineseTries(code, own, standIns) : [own, standIns].map((some) => (isBare ? bare(some) : fitting(code, some)));
	const found = tries.find((some) => some.length > 0) ?? [];
	return byLikelihood(found).map(({ name }) => name);
}

function chineseTries(code: LanguageMeaning, own: readonly MeantLanguage[], standIns: readonly MeantLanguage[]): MeantLanguage[][] {
	const all = [...own, ...standIns];
	if (code.script !== undefined || code.region !== undefined) return [fitting(code, all)];
	if (!STAND_INS.has(code.language ?? '')) return [bare(own)];
	return [plain(own), fitting(USUAL_CHINESE, all), plain(standIns), all.length > 1 ? all : []];
}

function plain(some: readonly MeantLanguage[]): MeantLanguage[] {
	return some.filter(({ isPlain }) => isPlain);
}

/** The plain name is just what a code without a region says. Without a plain name it means the only one that there is. */
function bare(some: readonly MeantLanguage[]): MeantLanguage[] {
	const plainOnes = plain(some);
	if (plainOnes.length > 0) return plainOnes;
	return some.length === 1 && some[0]?.isClear === false ? [] : [...some];
}

function fitting({ script, region }: LanguageMeaning, some: readonly MeantLanguage[]): MeantLanguage[] {
	return some.filter((one) => {
		const fitsRegion = region === undefined || one.region === region;
		return one.isClear && fitsRegion && (script === undefined || scriptOf(one) === script);
	});
}

function scriptOf({ language, script, region }: MeantLanguage): string | undefined {
	return script ?? localeOf(tagOf({ language, region }))?.maximize().script;
}

/**
 * Names in the order in which they are likely to be meant: plain ones, those of the region where most people speak the
 * language, then as they were.
 *
 * @param some names of HeyGen's list
 */
export function byLikelihood(some: readonly MeantLanguage[]): MeantLanguage[] {
	return [...some].sort((one, other) => one.rank - other.rank);
}
