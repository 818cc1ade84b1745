import { speechEstimate } from '../../../../nodes/heygen/prices/speech';
import { SCRIPTS } from './scripts';
import { type MeasuredScript, measuredSeconds } from './scripts/measured';

/** Estimates against lengths that were measured. `npx jest --verbose` shows the error of each. */

/** By how much an estimate is too long. */
const error = (of: MeasuredScript, language?: string) => speechEstimate(of.script, { language }).seconds / measuredSeconds(of) - 1;

const percent = (share: number) => `${share < 0 ? '' : '+'}${Math.round(share * 100)} %`;

const mean = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

const rows = SCRIPTS.map((of) => {
	const { name, language, isHeldOut = false } = of;
	return [isHeldOut ? `${name} (held out)` : name, measuredSeconds(of).toFixed(1), percent(error(of, language)), of] as const;
});

it.each(rows)('%s: %s s, estimate %s', (_name, _seconds, _percent, of) => {
	expect(Math.abs(error(of, of.language))).toBeLessThan(0.25);
});

it.each(SCRIPTS)('the script tells its language: $name', (of) => {
	expect(speechEstimate(of.script)).toMatchObject({ language: of.language, isGuessed: true });
});

it('there are enough, in enough languages', () => {
	expect(SCRIPTS.length).toBeGreaterThanOrEqual(50);
	expect(new Set(SCRIPTS.map(({ language }) => language)).size).toBeGreaterThanOrEqual(12);
	expect(SCRIPTS.filter(({ isHeldOut }) => isHeldOut).length).toBeGreaterThanOrEqual(15);
});

it('a tenth of the length is the mean error, and scripts that were held out are no worse', () => {
	const sizes = (of: readonly MeasuredScript[]) => of.map((script) => Math.abs(error(script, script.language)));
	expect(mean(sizes(SCRIPTS))).toBeLessThan(0.1);
	expect(mean(sizes(SCRIPTS.filter(({ isHeldOut }) => isHeldOut)))).toBeLessThan(0.1);
});

it('the errors are on both sides', () => {
	expect(Math.abs(mean(SCRIPTS.map((of) => error(of, of.language))))).toBeLessThan(0.05);
});

it('words alone, as they are written, would do worse', () => {
	const byWords = (of: MeasuredScript) => {
		const { unit, perMinute } = speechEstimate(of.script, { language: of.language });
		return unit === 'words' ? (of.script.split(' ').length / perMinute) * 60 : undefined;
	};
	const errors = SCRIPTS.flatMap((of) => {
		const seconds = byWords(of);
		return seconds === undefined ? [] : [[seconds / measuredSeconds(of) - 1, error(of, of.language)] as const];
	});
	expect(mean(errors.map(([words]) => Math.abs(words)))).toBeGreaterThan(mean(errors.map(([, ours]) => Math.abs(ours))));
});
