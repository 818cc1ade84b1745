import { byLikelihood, isStandIn } from './byCode';
import { homeOf, isCountry } from './intlNames';
import { type MeantLanguage, usualInCountry } from './meaning';

/** Languages of a country, for people who write "Germany" or a flag where a language is wanted. */

/** Languages of many countries: their plain names tell none of them. */
const OF_MANY_COUNTRIES: ReadonlySet<string> = new Set(['ar', 'en', 'es', 'fr', 'pt']);

/**
 * The names of HeyGen's list that somebody may mean who names a country.
 *
 * @param country its code
 * @param list the names of HeyGen's list
 * @returns the best first: what most people there speak, then what else is spoken there
 */
export function namesOfCountry(country: string, list: readonly MeantLanguage[]): string[] {
	const { language: usual = '' } = (isCountry(country) ? usualInCountry(country) : undefined) ?? {};
	const isUsual = ({ language = '' }: MeantLanguage) => language === usual || isStandIn(language, usual);
	const there = byLikelihood(list.filter(({ region }) => region === country));
	const isNamedByPlain = !there.some(isUsual) || (homeOf(usual) === country && !OF_MANY_COUNTRIES.has(usual));
	const plain = isNamedByPlain ? list.filter((one) => one.isPlain && isUsual(one)) : [];
	// "Chinese" is what the country says; "Mandarin" only stands in for it.
	const [own, standIns] = [plain.filter(({ language }) => language === usual), plain.filter(({ language }) => language !== usual)];
	const usualThere = there.filter(isUsual);
	const ordered = [...own, ...usualThere.filter(({ isClear }) => isClear), ...standIns, ...usualThere, ...there];
	return [...new Set(ordered.map(({ name }) => name))];
}
