/** Markers in the texts of a request, by which a test steers what becomes of the job, such as `[fail:CODE]`. */
import type { ItemError } from '../server/errors';

/** How a job of any kind ends. */
export interface Steering {
	ending: 'completed' | 'failed' | 'never';
	failureCode: string;
	/** Milliseconds between completion and the first answer that carries a URL. */
	urlDelayMs: number;
	/** Status word while it runs, instead of the usual one; null: the usual one. */
	runningWord: string | null;
}

/** Why jobs fail unless a reason was given. */
const DEFAULT_FAILURE = 'rendering_failed';
const LATE_URL_MS = 1_000;

/** What ends well, as soon as it can, under the usual words. */
export const unsteered: Readonly<Steering> = {
	ending: 'completed',
	failureCode: DEFAULT_FAILURE,
	urlDelayMs: 0,
	runningWord: null,
};

/** Only the texts among some values of a request. */
export const textsAmong = (values: readonly unknown[]): string[] =>
	values.filter((value) => typeof value === 'string');

/** The arguments of all markers of that name in the order of their places; `''` for a bare marker. */
function markers(texts: readonly string[], name: string): string[] {
	const pattern = new RegExp(`\\[${name}(?::([\\w-]+))?\\]`, 'g');
	return texts.flatMap((text) => [...text.matchAll(pattern)].map(([, argument]) => argument ?? ''));
}

/** Whether any text has a marker of that name. */
export const hasMarker = (texts: readonly string[], name: string): boolean => markers(texts, name).length > 0;

/** The word in the first marker of that name: empty for a bare marker, undefined without any. */
export const markerWord = (texts: readonly string[], name: string): string | undefined => markers(texts, name)[0];

/** The free texts in all markers of that name, such as that of `[ask:How long?]`, in the order of their places. */
export function markedTexts(texts: readonly string[], name: string): string[] {
	const pattern = new RegExp(`\\[${name}:([^\\]]+)\\]`, 'g');
	return texts.flatMap((text) => [...text.matchAll(pattern)].map(([, argument]) => argument ?? ''));
}

/** The free text in the first marker of that name; undefined without any. */
export const markedText = (texts: readonly string[], name: string): string | undefined => markedTexts(texts, name)[0];

/** The whole numbers up to 999 that markers of that name have as their arguments, e.g. of `[clips:5]`. */
export const markedNumbers = (texts: readonly string[], name: string): number[] =>
	markers(texts, name)
		.filter((argument) => /^\d{1,3}$/.test(argument))
		.map(Number);

/** Reads the markers that jobs of all kinds know: `[fail]`, `[fail:CODE]`, `[stuck]`, `[late-url]`, `[status:WORD]`. */
export function steeringOf(texts: readonly string[]): Steering {
	const [failure] = markers(texts, 'fail');
	const [word] = markers(texts, 'status');
	return {
		ending: hasMarker(texts, 'stuck') ? 'never' : failure === undefined ? 'completed' : 'failed',
		failureCode: failure || DEFAULT_FAILURE,
		urlDelayMs: hasMarker(texts, 'late-url') ? LATE_URL_MS : 0,
		runningWord: word || null,
	};
}

/** What is told of a job that ended with that code. */
export const failureWith = (code: string): ItemError => ({ code, message: `Rendering ended with ${code}` });
