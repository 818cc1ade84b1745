import { isSpeakable } from '../values/text';

/** The pauses of sentences, as far as the pace does not hold them. */

/** Seconds of speech for which the pace holds the pause of one sentence: twelve English words. */
const ORDINARY_SENTENCE = 4.6;

/** Milliseconds between two sentences: synthetic voices make 250 to 600. */
const PAUSE = 400;

const SMALL = /\p{Ll}/u;

/** They end a sentence when a blank follows: "4.2" and "www.example.com" go on. */
const STOPS = '.!?…';

/** They end a sentence whatever follows. */
const FULL_STOPS = '。！？।؟';

/**
 * Counts the pauses between the sentences of a script. A paragraph counts as two. The end of the last sentence is not
 * counted: no voice waits after it.
 */
export class SentencePauses {
	private count = 0;

	private hasSpoken = false;

	private isStopped = false;

	/** Ends of lines since something was spoken. */
	private lines = 0;

	/** Pauses that are made if anything follows. */
	private waiting = 0;

	/**
	 * The next text of the script.
	 *
	 * @param text without marks
	 */
	add(text: string): void {
		for (const character of text) {
			if (isSpeakable(character)) this.speak(character);
			else if (FULL_STOPS.includes(character)) this.waiting = Math.max(1, this.waiting);
			else if (STOPS.includes(character)) this.isStopped = true;
			else if (character === '\n') this.breakLine();
			else if (this.isStopped && character.trim() === '') this.waiting = Math.max(1, this.waiting);
		}
	}

	/** A line ends like a sentence, and with an empty one after it, like a paragraph. */
	private breakLine(): void {
		this.lines++;
		this.waiting = Math.max(this.lines > 1 ? 2 : 1, this.waiting);
	}

	private speak(character: string): void {
		// "approx. five" and lines that are wrapped go on.
		if (this.hasSpoken && !SMALL.test(character)) this.count += this.waiting;
		this.hasSpoken = true;
		this.isStopped = false;
		this.lines = 0;
		this.waiting = 0;
	}

	/**
	 * Milliseconds that the pauses of short sentences take beyond those that the pace holds.
	 *
	 * @param seconds that the words take
	 */
	beyond(seconds: number): number {
		return Math.round(Math.max(0, this.count - seconds / ORDINARY_SENTENCE) * PAUSE);
	}
}
