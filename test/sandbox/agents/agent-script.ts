/** Markers in what the user tells the video agent, by which a test steers what the agent makes of it. */
import { hasMarker, markedText, markerWord, type Steering, steeringOf, unsteered } from '../jobs/markers';

/** Where the agent waits for the user before it makes the video. */
export type Stop = 'question' | 'questionAgain' | 'review' | 'draft';

/** What the agent does next, having been told something. */
export type Step =
	| { kind: 'stop'; stop: Stop; question: string }
	| { kind: 'fails'; code: string }
	| { kind: 'stuck' }
	| { kind: 'makes' };

/** How the video is made, and what the session says of it. */
export interface Making {
	/** How the video ends. */
	video: Omit<Steering, 'runningWord'>;
	/** Whether the video has its name from the first moment. */
	early: boolean;
	/** Whether the video takes the name of the one before. */
	sameVideo: boolean;
	/** What the session says at the end, whatever became of the video; `video`: the truth. */
	ending: 'video' | 'failed' | 'never';
	/** From when on the session is not found: from the start, from the moment it names its video, or never. */
	gone: 'early' | 'named' | 'never';
	/** Word that the session says for a while as it thinks; null: none. */
	unknownWord: string | null;
}

/** What has been told since the agent last finished something. */
export interface Task {
	texts: string[];
	/** Where it has waited already. */
	done: Set<Stop>;
	/** Whether it asks without being told to. */
	asks: boolean;
}

const QUESTION = 'Who is the video for?';
const QUESTION_AGAIN = 'And how long should it be?';
const REVIEW = 'Here is a draft. Shall I go on?';
const DRAFT = 'The scenes have changed. Approve the draft, and I render it.';

const ASK = 'ask';

/** The stops in their order, each with the marker that asks for it and what the agent says there. */
const stops: ReadonlyArray<[Stop, string, string]> = [
	['question', ASK, QUESTION],
	['questionAgain', 'ask-again', QUESTION_AGAIN],
	['review', 'review', REVIEW],
	['draft', 'draft-waits', DRAFT],
];

const isAsked = (texts: readonly string[], marker: string): boolean =>
	hasMarker(texts, marker) || markedText(texts, marker) !== undefined;

function stopsAt([stop, marker]: (typeof stops)[number], task: Task, text: string): boolean {
	if (isAsked([text], marker)) return true;
	if (task.done.has(stop)) return false;
	return isAsked(task.texts, marker) || (stop === 'question' && task.asks && !hasMarker(task.texts, 'no-question'));
}

/**
 * What the agent does with a text, the last of its task. `[fail:CODE]` and `[stuck]` hold for the text they stand in.
 * `[ask:TEXT]`, `[ask-again]`, `[review]` and `[draft-waits]` hold once in a task, and again where a text repeats them.
 */
export function stepOf(task: Task, text: string): Step {
	const { ending, failureCode } = steeringOf([text]);
	if (ending === 'failed') return { kind: 'fails', code: failureCode };
	if (ending === 'never') return { kind: 'stuck' };
	const next = stops.find((stop) => stopsAt(stop, task, text));
	if (!next) return { kind: 'makes' };
	const [stop, marker, usual] = next;
	const question = markedText([text], marker) ?? markedText(task.texts, marker) ?? usual;
	return { kind: 'stop', stop, question };
}

function videoSteering(texts: readonly string[]): Making['video'] {
	const { urlDelayMs } = steeringOf(texts);
	const failure = markerWord(texts, 'fail-video');
	const ending = hasMarker(texts, 'stuck-video') ? 'never' : failure === undefined ? 'completed' : 'failed';
	return { ending, failureCode: failure || unsteered.failureCode, urlDelayMs };
}

/**
 * How a task is carried out, by the markers of all its texts: `[fail-video:CODE]`, `[stuck-video]`, `[late-url]`,
 * `[early-video]`, `[same-video]`, `[session-fails]`, `[session-never-ends]`, `[gone-early]`, `[session-gone]`,
 * `[status:WORD]`.
 */
export function makingOf({ texts }: Task): Making {
	const fails = hasMarker(texts, 'session-fails');
	const neverEnds = hasMarker(texts, 'session-never-ends');
	const named = hasMarker(texts, 'session-gone');
	return {
		video: videoSteering(texts),
		early: hasMarker(texts, 'early-video'),
		sameVideo: hasMarker(texts, 'same-video'),
		ending: fails ? 'failed' : neverEnds ? 'never' : 'video',
		gone: hasMarker(texts, 'gone-early') ? 'early' : named ? 'named' : 'never',
		unknownWord: steeringOf(texts).runningWord,
	};
}

/** Milliseconds for which a session goes on saying its old state after a message with `[lag:SECONDS]`. */
export function lagOf(text: string): number {
	const lag = Number(markedText([text], 'lag') ?? 0);
	return Number.isFinite(lag) ? lag * 1_000 : 0;
}

const TITLE_CHARACTERS = 40;

/** What a session is called: the first words of its prompt, without markers. */
export const titleOf = (prompt: string): string =>
	prompt.replace(/\[[^\]]*\]/g, '').trim().slice(0, TITLE_CHARACTERS) || 'Untitled';
