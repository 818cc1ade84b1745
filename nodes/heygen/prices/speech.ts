import clamp from 'lodash/clamp';

import { SPEECH_SPEED } from '../limits';
import { amount, numeral } from '../values/text';
import { guessLanguage } from './guess';
import { readLanguage } from './languages';
import { paceOf, UNKNOWN, type SpeechPace } from './pace';
import { SentencePauses } from './sentences';
import { SpokenLength } from './spokenLength';
import { partsOf, type ScriptPart } from './ssml';

/** How long a voice takes to speak a script: what a render will be charged for is known before it. */

/** What is known of the voice. */
export interface SpeechOptions {
	/** A code or a name; without one the script tells. */
	readonly language?: string;
	/** For languages that are counted in words; the table's figure when it is not a number above 0. */
	readonly wordsPerMinute?: number;
	/** For languages that are counted in characters. */
	readonly charactersPerMinute?: number;
	/** From 0.5 to 2; what is beyond is taken as the nearest. Pauses that the script asks for keep their length. */
	readonly speed?: number;
}

/** How long a script takes, and why. */
export interface SpeechEstimate {
	/** Rounded up to whole milliseconds. */
	readonly seconds: number;
	/** ISO 639, "und" when it is not known. */
	readonly language: string;
	readonly unit: 'words' | 'characters';
	/** As they are spoken: numbers are written out, and a word that is longer than most counts as more than one. */
	readonly count: number;
	readonly perMinute: number;
	/**
	 * Pauses that the script asks for, and those between sentences that are shorter than most. The pauses of commas and of
	 * ordinary sentences are in the pace.
	 */
	readonly pauseSeconds: number;
	/** The language was told by the script. */
	readonly isGuessed: boolean;
	/** "152 words at 150 a minute, and 1.5 s of pauses = 62.3 s". */
	readonly formula: string;
}

/**
 * How long a voice takes to speak a script. It is an estimate: voices differ by a fifth from each other.
 *
 * @param script as it is sent, with or without SSML
 * @param options what is known of the voice
 */
export function speechEstimate(script: string, options: SpeechOptions = {}): SpeechEstimate {
	const parts = partsOf(script);
	const told = options.language === undefined ? undefined : readLanguage(options.language).value;
	const language = told ?? guessLanguage(textOf(parts));
	const pace = paceOf(language);
	const perMinute = ({ unit, perMinute: usual }: SpeechPace) => {
		const own = unit === 'words' ? options.wordsPerMinute : options.charactersPerMinute;
		return isPositive(own) ? own : usual;
	};
	const { count, factor, asked, sentences } = sumOf(parts, new SpokenLength(language, perMinute));
	const speed = isPositive(options.speed) ? clamp(options.speed, SPEECH_SPEED.min, SPEECH_SPEED.max) : 1;
	const spoken = (count * factor * 60_000) / perMinute(pace);
	const pause = asked + sentences.beyond(spoken / 1_000) / speed;
	// Without the small part, what a computer adds to a sum such as 0.1 + 0.2 would be a millisecond.
	const seconds = Math.max(0, Math.ceil(spoken / speed + pause - 1e-6)) / 1_000;
	const estimate = { seconds, language, unit: pace.unit, count, perMinute: perMinute(pace), pauseSeconds: pause / 1_000 };
	return { ...estimate, isGuessed: told === undefined && language !== UNKNOWN, formula: formulaOf(estimate, speed, factor) };
}

function isPositive(value: number | undefined): value is number {
	return value !== undefined && Number.isFinite(value) && value > 0;
}

function textOf(parts: readonly ScriptPart[]): string {
	return parts.map((part) => ('text' in part ? part.text : '')).join(' ');
}

interface Sum {
	/** Whole words or characters. */
	readonly count: number;
	/** By what their time is longer for the rates that the script sets. */
	readonly factor: number;
	/** Milliseconds of pauses that the script asks for. */
	readonly asked: number;
	readonly sentences: SentencePauses;
}

function sumOf(parts: readonly ScriptPart[], length: SpokenLength): Sum {
	const sentences = new SentencePauses();
	let plain = 0;
	let slowed = 0;
	let asked = 0;
	for (const part of parts) {
		if ('pause' in part) asked += part.pause;
		else {
			const spoken = length.of(part.text, part.isSpelled);
			sentences.add(part.text);
			plain += spoken;
			slowed += spoken / part.rate;
		}
	}
	return { count: plain > 0 ? Math.max(1, Math.round(plain)) : 0, factor: plain > 0 ? slowed / plain : 1, asked, sentences };
}

function formulaOf(estimate: Omit<SpeechEstimate, 'isGuessed' | 'formula'>, speed: number, factor: number): string {
	const { seconds, unit, count, perMinute, pauseSeconds } = estimate;
	const spoken = `${amount(count, unit.slice(0, -1))} at ${numeral(perMinute)} a minute`;
	const atSpeed = speed === 1 ? '' : `, at speed ${numeral(speed)}`;
	const atRates = Math.abs(factor - 1) < 0.005 ? '' : `, at ${numeral(rounded(1 / factor))} of the pace for its <prosody> tags`;
	const pauses = pauseSeconds === 0 ? '' : `, and ${numeral(rounded(pauseSeconds))} s of pauses`;
	return `${spoken}${atSpeed}${atRates}${pauses} = ${numeral(Math.round(seconds * 10) / 10)} s`;
}

function rounded(value: number): number {
	return Math.round(value * 100) / 100;
}
