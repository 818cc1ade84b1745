/** Subtitles, and another project's reading of them, for the tests of what is read. */
import { parseSync } from 'subtitle';

import { readCues } from '../../../nodes/heygen/srt/cues';
import { linesIn } from '../../../nodes/heygen/srt/lines';

/** A cue as the parser `subtitle` has it. */
export interface Parsed {
	/** Milliseconds. */
	start: number;
	end: number;
	text: string;
}

/** The cues of subtitles as another project reads them. */
export function parsed(text: string): Parsed[] {
	return parseSync(text).map(({ data }) => data as Parsed);
}

/** The cues of subtitles that `readSrt` has taken, as it reads them. */
export function cuesOf(text: string): Parsed[] {
	const { value = [] } = readCues(linesIn(text));
	return value.map(({ from, to, text: words }) => ({ start: from, end: to, text: words }));
}

export const FIRST_TIMES = '00:00:01,000 --> 00:00:02,000';
export const SECOND_TIMES = '00:00:03,000 --> 00:00:04,500';
export const LATE_TIMES = '01:00:05,250 --> 01:00:06,000';

export const ONE_CUE = `1\n${FIRST_TIMES}\nHello\n`;
export const TWO_CUES = `1\n${FIRST_TIMES}\nHello\n\n2\n${SECOND_TIMES}\nWorld\n`;

/** A cue with a text of several lines, and one below. */
export const cuesAround = (text: string) => `1\n${FIRST_TIMES}\n${text}\n\n2\n${SECOND_TIMES}\nWorld\n`;
