import fc from 'fast-check';
import { parseSync } from 'subtitle';

import { readCues } from '../../../../nodes/heygen/srt/cues';
import { linesIn } from '../../../../nodes/heygen/srt/lines';
import { readSrt } from '../../../../nodes/heygen/srt/readSrt';

/** A cue as the parser `subtitle` has it. */
interface Parsed {
	/** Milliseconds. */
	start: number;
	end: number;
	text: string;
}

/** The cues of subtitles as another project reads them. */
function parsed(text: string): Parsed[] {
	return parseSync(text).map(({ data }) => data as Parsed);
}

/** The cues of subtitles that `readSrt` has taken, as it reads them. */
function cuesOf(text: string): Parsed[] {
	const { value = [] } = readCues(linesIn(text));
	return value.map(({ from, to, text: words }) => ({ start: from, end: to, text: words }));
}

const A = '00:00:01,000 --> 00:00:02,000';
const B = '00:00:03,000 --> 00:00:04,500';
const C = '01:00:05,250 --> 01:00:06,000';

const ONE = `1\n${A}\nHello\n`;
const TWO = `1\n${A}\nHello\n\n2\n${B}\nWorld\n`;

/** A cue with a text of several lines, and one below. */
const around = (text: string) => `1\n${A}\n${text}\n\n2\n${B}\nWorld\n`;

describe('subtitles are taken', () => {
	it.each<[what: string, given: string, value: string]>([
		['as they are', TWO, TWO],
		['with one cue', ONE, ONE],
		['without a line end at the end', TWO.trimEnd(), TWO],
		['with many line ends at the end', `${TWO}\n\n\n`, TWO],
		['with blank lines at the start', `\n \n${TWO}`, TWO],
		['with the mark of a file', `\uFEFF${TWO}`, TWO],
		['of two files in a row, each with its mark', `\uFEFF${ONE}\n\uFEFF2\n${B}\nWorld\n`, TWO],
		['of Windows', TWO.replaceAll('\n', '\r\n'), TWO],
		['of an old Mac', TWO.replaceAll('\n', '\r'), TWO],
		['of Windows, converted twice', TWO.replaceAll('\n', '\r\r\n'), TWO],
		['with mixed line ends', TWO.replace('\n', '\r\n').replace('\n\n', '\r\n\n'), TWO],
		['with line separators of Unicode', TWO.replaceAll('\n', '\u2028'), TWO],
		['with paragraph separators of Unicode', TWO.replaceAll('\n', '\u2029'), TWO],
		['with next lines of a mainframe', TWO.replaceAll('\n', '\u0085'), TWO],
		['with a line break of PowerPoint within a text', around('Hello\vyou'), around('Hello\nyou')],
		['with a form feed between cues', `${ONE}\f2\n${B}\nWorld\n`, TWO],
		['in a fence', `\`\`\`srt\n${TWO}\`\`\``, TWO],
		['in a fence without a language, with blank lines around', `\n\n\`\`\`\n\n${TWO}\n\`\`\`\n\n`, TWO],
		['in a fence, with words around it', `Here is the corrected file:\n\`\`\`srt\n${TWO}\`\`\`\nI fixed two typos. `, TWO],
		['in a fence, with words above it', `Sure!\n\n\`\`\`\n${TWO}\`\`\`\n`, TWO],
		['in a fence, with words below it', `\`\`\`srt\n${TWO}\`\`\`\nAnything else?`, TWO],
		['in a fence, with other fences around it', `Old:\n\`\`\`\nHelo\n\`\`\`\n\`\`\`srt\n${TWO}\`\`\`\nNew:\n\`\`\`\nHello\n\`\`\``, TWO],
		['in the first one of two fences', `\`\`\`srt\n${TWO}\`\`\`\n\nChanges:\n\`\`\`diff\n-Helo\n+Hello\n\`\`\``, TWO],
		['in a fence, with an open one below it', `\`\`\`srt\n${TWO}\`\`\`\nChanges:\n\`\`\`diff\n-Helo`, TWO],
		['in a fence, with one time below it', `\`\`\`srt\n${TWO}\`\`\`\nThe cue at 00:00:03,000 is new.`, TWO],
		['in a fence, with a fence in a text', `Here:\n\`\`\`\n${ONE}\`\`\`\n`.replace('Hello', 'Hello\n```js'), ONE.replace('Hello', 'Hello\n```js')],
		['as the JSON of a text', JSON.stringify(TWO), TWO],
		['with blanks at the ends of lines', TWO.replaceAll('\n', ' \t\u00A0\n'), TWO],
		['with blanks around numbers and times', `  1 \n\t${A}  \nHello\n`, ONE],
		['with several blank lines between cues', TWO.replace('\n\n', '\n\n \n\t\n'), TWO],
		['with a line of zero-width spaces between cues', TWO.replace('\n\n', '\n\u200B\u200B\n'), TWO],
		['without a blank line between cues', TWO.replace('\n\n', '\n'), TWO],
		['with every line doubled by a blank one', TWO.replaceAll('\n', '\n\n'), TWO],
		['with zeros before numbers', TWO.replace('1\n', '0001\n').replace('\n2\n', '\n0002\n'), TWO],
		['with full-width numbers and signs', `１\n００：００：０１，０００ --> 00：00：02，000\nHello\n`, ONE],
		['with marks of direction around numbers and times', `\u200E1\u200E\n\u202A00:00:01,000\u202C --> \u202A00:00:02,000\u202C\nHello\n`, ONE],
		['with points behind numbers', TWO.replace('1\n', '1.\n').replace('\n2\n', '\n2.\n'), TWO],
		['with brackets behind numbers', TWO.replace('1\n', '1)\n').replace('\n2\n', '\n 2)\n'), TWO],
		['with signs before numbers', TWO.replace('1\n', '#1\n').replace('\n2\n', '\n#2\n'), TWO],
		['with bold numbers', TWO.replace('1\n', '**1**\n').replace('\n2\n', '\n**2.**\n'), TWO],
		['with a number with a point below a text', TWO.replace('\n\n2\n', '\n2.\n'), TWO],
		['numbered from 0 on', `${TWO}\n3\n${C}\nx\n`.replace('1\n', '0\n').replace('\n2\n', '\n1\n').replace('\n3\n', '\n2\n'), `${TWO}\n3\n${C}\nx\n`],
		['with one cue of the number 0', ONE.replace('1\n', '0\n'), ONE],
		...['→', '->', '=>', '—>', '–>', '— >', '－＞'].map((arrow): [string, string, string] => [`with ${arrow} as arrow`, TWO.replaceAll('-->', arrow), TWO]),
		['with another arrow in a later cue', `${ONE}\n2\n${B.replace(' --> ', '->')}\nWorld`, TWO],
		['with another arrow and blanks, as translators write it', '1\n00: 00: 01, 000 - > 00: 00: 02, 000\nHello', ONE],
		['with another arrow and places', ONE.replace(A, `${A.replace('-->', '→')} align:start`), ONE],
		['with points in times', ONE.replaceAll(',000', '.000'), ONE],
		['with one digit for hours', ONE.replaceAll('00:00:0', '0:00:0'), ONE],
		['with one digit for everything', `1\n0:0:1,000 --> 0:0:2,000\nHello\n`, ONE],
		['without hours, as WebVTT may have it', `1\n00:01.000 --> 00:02.000\nHello\n`, ONE],
		['without a fraction', `1\n00:00:01 --> 00:00:02\nHello\n`, ONE],
		['with a fraction of one zero', `1\n00:00:01,0 --> 00:00:02.00\nHello\n`, ONE],
		['with microseconds, which are cut', `1\n00:00:01.000999 --> 00:00:02.000000\nHello\n`, ONE],
		['with as many digits as a program may print', `1\n00:00:01.00000000000000011 --> 00:00:02.0000\nHello\n`, ONE],
		['with blanks within times, as translators put them', `1\n00: 00: 01, 000 --> 00 : 00 : 02 , 000\nHello\n`, ONE],
		['without blanks around the arrow', `1\n00:00:01,000-->00:00:02,000\nHello\n`, ONE],
		['with many blanks around the arrow', `1\n00:00:01,000  \t-->\u00A0 00:00:02,000\nHello\n`, ONE],
		['with places as SRT has them, which are dropped', ONE.replace(A, `${A}  X1:40 X2:600 Y1:20 Y2:50`), ONE],
		['with places as WebVTT has them, which are dropped', ONE.replace(A, `${A} align:start position:0% line:90%`), ONE],
		['with cues that touch', `1\n00:00:01,000 --> 00:00:02,000\na\n\n2\n00:00:02,000 --> 00:00:03,000\nb\n`, `1\n00:00:01,000 --> 00:00:02,000\na\n\n2\n00:00:02,000 --> 00:00:03,000\nb\n`],
		['with hours', `1\n${A}\na\n\n2\n${C}\nb\n`, `1\n${A}\na\n\n2\n${C}\nb\n`],
		['up to the last moment', '1\n00:00:00,000 --> 99:59:59,999\na\n', '1\n00:00:00,000 --> 99:59:59,999\na\n'],
		['with a blank line below the times', `1\n${A}\n\nHello\nyou\n\n2\n${B}\nWorld\n`, around('Hello\nyou')],
		['with a number as text', around('42'), around('42')],
		['with numbers of a list in a text', around('1.\n#2\n**3**'), around('1.\n#2\n**3**')],
		['with a number as the last line of a text', around('Room\n2'), around('Room\n2')],
		['with the next number as a text', around('2'), around('2')],
		['with tags', around('<i>Hello</i> <font color="#fff">you</font>\n{\\an8}there'), around('<i>Hello</i> <font color="#fff">you</font>\n{\\an8}there')],
		['with blanks at the start of a text', around('  - Hello\n\t- You'), around('  - Hello\n\t- You')],
		['with arrows in a text', around('x --> y\na -> b --&gt; c'), around('x --> y\na -> b --&gt; c')],
		['with times of day in a text', around('10:30 --> 11:00\n10:30:00 to 11:30:00\n1:02.5, 1:03.1'), around('10:30 --> 11:00\n10:30:00 to 11:30:00\n1:02.5, 1:03.1')],
		['with emoji', around('👩‍👩‍👧 ❤️'), around('👩‍👩‍👧 ❤️')],
		['from right to left, with a mark behind the last sign', around('שלום!\u200F'), around('שלום!\u200F')],
		['with a fence within a text', around('```\ncode\n```'), around('```\ncode\n```')],
		['with entities in a text', around('Tom &amp; Jerry'), around('Tom &amp; Jerry')],
		['in decomposed letters', around('cafe\u0301'), around('cafe\u0301')],
		['that speak of JSON', around('{"a": 1}\n[1]'), around('{"a": 1}\n[1]')],
	])('%s', (_what, given, value) => {
		expect(readSrt(given)).toEqual({ value });
		expect(readSrt(value)).toEqual({ value });
		expect(parsed(value)).toEqual(cuesOf(value));
	});

	it.each([undefined, null, '', ' \n\uFEFF'])('not when there are none: %j', (given) => {
		expect(readSrt(given)).toEqual({ value: undefined });
	});
});

const NUMBERED = 'cues are numbered 1, 2, 3 and so on';
const GAP = "a cue may be missing. Number the cues 1, 2, 3 and so on, or switch 'Check Subtitles' off if it was removed on purpose";
const REMOVE = 'remove it; if it belongs to the cue above, remove the blank line above it';
const FENCE = (fence: string, line: number) =>
	`has a fence of Markdown, "${fence}" in line ${line}: give the subtitles alone, without fences and without what stands outside of them`;
const HEADLESS = 'looks like WebVTT, with points in its times and no numbers above them, but HeyGen takes SRT here: export the subtitles as SRT';
const WRITTEN = 'they must be written as 00:00:01,000 --> 00:00:03,500';
const ARROW_NEEDED = `between the two times: ${WRITTEN}`;
const UNREADABLE = `which cannot be read as times: ${WRITTEN}`;
const READ_AS = (encoding: string) =>
	`n8n's node 'Extract From File' gives the text, by its operation 'Extract From Text File' with ${encoding} in 'File Encoding'`;

describe('subtitles are refused', () => {
	it.each<[what: string, given: unknown, problem: string]>([
		// What is no text.
		['a record', { srt: TWO.slice(0, 3) }, 'must be the text of an SRT file, but it is {"srt":"1\\n0"}'],
		['a list', ['1'], 'must be the text of an SRT file, but it is ["1"]'],
		['a number', 5, 'must be the text of an SRT file, but it is "5"'],
		['true', true, 'must be the text of an SRT file, but it is "true"'],
		['an error of a sheet', '#N/A', 'holds "#N/A", which is what a sheet shows for a formula that has failed'],
		[
			'what is left of a record',
			`1\n${A}\n[object Object]`,
			'holds "[object Object]", which is all that is left of a record within a text: take a field of it, such as {{ $json.person.name }}',
		],
		[
			'half an emoji',
			`${ONE.trimEnd()}\uD83D`,
			'holds half a character: the text was cut in the middle of an emoji or the like. Cut it with [...text].slice(0, 100).join(""), which counts whole characters',
		],

		// What is no SRT.
		['WebVTT', `\uFEFFWEBVTT\n\n${A}\nHello`, 'is WebVTT, but HeyGen takes SRT here: export the subtitles as SRT'],
		['WebVTT in a fence', `\`\`\`vtt\nWEBVTT\n\n${A}\nHello\n\`\`\``, 'is WebVTT, but HeyGen takes SRT here: export the subtitles as SRT'],
		['WebVTT without its first line', `${A}\nHello\n\n${B} line:0,start\nWorld`.replaceAll(',000', '.000').replace(',500', '.500'), HEADLESS],
		['WebVTT without its first line and hours', '00:01.000 --> 00:02.000\nHello\n42\n\n00:03.000 --> 00:04.000\nWorld', HEADLESS],
		['WebVTT without its first line, with a comment', `NOTE Mine\n\n${A.replaceAll(',', '.')}\nHello`, HEADLESS],
		['WebVTT without its first line, in a fence', `Here:\n\`\`\`vtt\n${A.replaceAll(',', '.')}\nHello\n\`\`\``, HEADLESS],
		['ASS', '[Script Info]\nTitle: x', 'is ASS or SSA, but HeyGen takes SRT here: export the subtitles as SRT'],
		['MicroDVD', '{25}{50}Hello', 'is MicroDVD, but HeyGen takes SRT here: export the subtitles as SRT'],
		['RTF', `{\\rtf1\\ansi 1\\\n${A}\\\n}`, 'is RTF, which word processors write, but HeyGen takes SRT here: save it as plain text'],
		[
			'a page',
			'\n<!DOCTYPE html>\n<html>',
			'is an HTML page, but HeyGen takes SRT here: where it comes from, a page was given instead of the file, often a login',
		],
		['TTML', '<?xml version="1.0"?><tt>', 'is HTML or XML, but HeyGen takes SRT here: give the plain text'],
		['HTML', `<p>1<br>${A}</p>`, 'is HTML or XML, but HeyGen takes SRT here: give the plain text'],
		['JSON', `{"srt": ${JSON.stringify(TWO)}}`, 'is JSON, but HeyGen takes SRT here: give the field of it that holds the subtitles'],
		['JSON of a list', '[{"start": 1}]', 'is JSON, but HeyGen takes SRT here: give the field of it that holds the subtitles'],
		['plain text', 'Hello\nWorld', 'is no SRT: it has no line with times such as 00:00:01,000 --> 00:00:03,500'],
		['an empty fence', '```srt\n```', 'is no SRT: it has no line with times such as 00:00:01,000 --> 00:00:03,500'],
		['an empty text in JSON', '""', 'is no SRT: it has no line with times such as 00:00:01,000 --> 00:00:03,500'],
		[
			'one line',
			TWO.replaceAll('\n', ' '),
			'is all in one line: in SRT a number, times and text stand in lines of their own. A field of one line loses the line ends, so take one for long text',
		],
		[
			'one line without anything between the lines',
			TWO.replaceAll('\n', ''),
			'is all in one line: in SRT a number, times and text stand in lines of their own. A field of one line loses the line ends, so take one for long text',
		],
		[
			'line ends of JSON',
			TWO.replaceAll('\n', '\\n'),
			'has a backslash and an n where line ends should be, as a text has within JSON: give the text itself, or {{ $json.srt.replaceAll("\\\\n", "\\n") }}',
		],
		['SBV', '0:00:01.000,0:00:02.000\nHello', `has no arrow in line 1 ${ARROW_NEEDED}`],
		['arrows of prose', 'Hello\nx --> y', `has "x --> y" in line 2, ${UNREADABLE}`],
		[
			'HTML in its arrows',
			TWO.replaceAll('>', '&gt;'),
			'has the arrow as HTML writes it, --&gt;, in line 2: give the text in which &gt;, &lt; and &amp; are turned back into >, < and &',
		],

		// Encodings.
		['zeros', [...ONE].join('\0'), `has zeros between its characters, as UTF-16 has when it is read as another encoding: ${READ_AS("'utf16'")}`],
		['a letter that got lost', `1\n${A}\nUn caf\uFFFD noir`, `has \uFFFD where another character should be, "caf\uFFFD" in line 3: ${READ_AS("the file's own encoding")}`],
		[
			'UTF-8 as Windows-1252',
			`1\n${A}\nUn cafÃ© noir`,
			`has "cafÃ©" in line 3 instead of "café", since its file was read with the wrong encoding: ${READ_AS("'utf8'")}`,
		],
		[
			'a quote as Windows-1252',
			around('Itâ€™s me'),
			`has "Itâ€™s" in line 3 instead of "It’s", since its file was read with the wrong encoding: ${READ_AS("'utf8'")}`,
		],
		[
			'UTF-8 as Latin-1',
			Buffer.from(around('Привет')).toString('latin1'),
			`has "Ð�Ñ�Ð¸Ð²ÐµÑ�" in line 3 instead of "Привет", since its file was read with the wrong encoding: ${READ_AS("'utf8'")}`,
		],
		[
			'the mark of UTF-8 as Windows-1252',
			`ï»¿${TWO}`,
			`has "ï»¿1" in line 1 instead of "1", since its file was read with the wrong encoding: ${READ_AS("'utf8'")}`,
		],
		[
			'Windows-1252 as Latin-1',
			around('She said: it\x92s me, é'),
			`has a control character where a sign should be, "it\uFFFDs" in line 3: ${READ_AS("the file's own encoding, such as 'windows1252',")}`,
		],
		[
			'an ellipsis of Windows-1252 as Latin-1',
			around('Well\x85 no'),
			`has a control character where a sign should be, "Well\uFFFD" in line 3: ${READ_AS("the file's own encoding, such as 'windows1252',")}`,
		],

		// Numbers.
		['a start at 0 and a gap', TWO.replace('1\n', '0\n'), `has the number 2 in line 5 where 1 should be: ${GAP}`],
		['0 twice', TWO.replace('1\n', '0\n').replace('\n2\n', '\n0\n'), `has the number 0 twice, in line 1 and in line 5: ${NUMBERED}`],
		['a number twice behind a 0', `${TWO}\n1\n${C}\nx`.replace('1\n', '0\n').replace('\n2\n', '\n1\n'), `has the number 1 twice, in line 5 and in line 9: ${NUMBERED}`],
		['no number behind a 0', `0\n${A}\nHello\n\n${B}\nWorld`, 'has no number above the times in line 5: add a line with the number 1'],
		['text behind a 0', `0\n${A}\nHello\n\nyou`, `has text that belongs to no cue, "you" in line 5: ${REMOVE}`],
		['no text, by the number in the file', `0\n${A}\nHello\n\n1\n${B}\n`, 'has no text in cue 1 (line 5): add it, or remove the cue and number those below anew'],
		['a start at 57', TWO.replace('1\n', '57\n').replace('\n2\n', '\n58\n'), `begins with the number 57 in line 1: ${NUMBERED}`],
		['a number twice', `${TWO}\n2\n${C}\nx`, `has the number 2 twice, in line 5 and in line 9: ${NUMBERED}`],
		['the first number again', TWO.replace('\n2\n', '\n1\n'), `has the number 1 twice, in line 1 and in line 5: ${NUMBERED}`],
		['numbers out of order', `${ONE}\n3\n${B}\nx\n\n2\n${C}\ny`, `has the numbers out of order, 3 in line 5 before 2 in line 9: ${NUMBERED}`],
		['a gap', `${TWO}\n1234\n${C}\nx`, `has the number 1,234 in line 9 where 3 should be: ${GAP}`],
		['a cue that was removed', `${ONE}\n3\n${B}\nx`, `has the number 3 in line 5 where 2 should be: ${GAP}`],
		['a 0 later on', `${TWO}\n0\n${C}\nx`, `has the number 0 in line 9 where 3 should be: ${NUMBERED}`],
		['no number at the start', `${A}\nHello\n`, 'has no number above the times in line 1: add a line with the number 1'],
		['no number', TWO.replace('\n2\n', '\n'), 'has no number above the times in line 5: add a line with the number 2'],
		['no number below a text that ends with it', `1\n${A}\nRoom\n2\n\n${B}\nWorld`, 'has no number above the times in line 6: add a line with the number 2'],
		['no number and no blank line', TWO.replace('\n\n2\n', '\n'), 'has no number above the times in line 4: add a line with the number 2'],
		['no number at the start, but points in times', TWO.replace('1\n', '').replaceAll(',', '.'), 'has no number above the times in line 1: add a line with the number 1'],
		['no numbers, but points in some times', `${A.replaceAll(',', '.')}\nHello\n\n${B}\nWorld`, 'has no number above the times in line 1: add a line with the number 1'],
		[
			'a number with words',
			TWO.replace('\n2\n', '\nCue 2\n'),
			'has "Cue 2" in line 5 above the times, where a line with the number 2 and nothing else should be',
		],
		[
			'a number in another script',
			TWO.replace('1\n', '١\n'),
			'has "١" in line 1 above the times, where a line with the number 1 and nothing else should be',
		],
		[
			'a number beyond all numbers',
			TWO.replace('\n2\n', '\n12345678901\n'),
			'has "12345678901" in line 5 above the times, where a line with the number 2 and nothing else should be',
		],
		[
			'a number in the line of the times',
			TWO.replace('\n2\n', '\n2 '),
			'has "2 00:00:03,000 --> 00:00:04,500" in line 5: the number of a cue stands in a line of its own, its times in the line below, and its text below the times',
		],
		['numbers in all lines of times', TWO.replace(/(\d)\n(?=00)/g, '$1 '), `has "1 00:00:01,000 --> 00:00:02,000" in line 1, ${UNREADABLE}`],

		// Times.
		['an arrow to the left', TWO.replace('-->', '<-'), `has "<-" in line 2 ${ARROW_NEEDED}`],
		['an arrow with a dash too many', TWO.replace('-->', '--->'), `has "00:00:01,000 ---> 00:00:02,000" in line 2, ${UNREADABLE}`],
		['a dash as arrow', TWO.replace('-->', '–'), `has "–" in line 2 ${ARROW_NEEDED}`],
		['another arrow between times beyond 59', TWO.replace('-->', '->').replace('00:02', '00:60'), 'has the time 00:00:60,000 in line 2, but hours go up to 99, and minutes and seconds up to 59'],
		['another arrow behind the times', `1\n00:00:01,000 00:00:02,000 ->\nHello`, `has "00:00:01,000 00:00:02,000 ->" in line 2, ${UNREADABLE}`],
		['another arrow and text behind the times', TWO.replace('-->', '→').replace('\nHello', ' Hello'), 'has "Hello" in line 2 after the times: put the text of a cue into the lines below its times'],
		['another arrow and a number in the line of the times', TWO.replace('\n2\n', '\n2 ').replaceAll('-->', '→'), 'has "2 00:00:03,000 → 00:00:04,500" in line 5: the number of a cue stands in a line of its own, its times in the line below, and its text below the times'],
		['a word as arrow', TWO.replace('-->', 'to'), `has "to" in line 2 ${ARROW_NEEDED}`],
		['an arrow of one dash between short times', '1\n00:00:01 -> 00:00:02\nHello', 'is no SRT: it has no line with times such as 00:00:01,000 --> 00:00:03,500'],
		['an arrow of one dash between short times of one cue', `${ONE}\n2\n00:00:03 -> 00:00:04\nWorld`, 'has "00:00:03 -> 00:00:04" in line 6 where the times of cue 2 should be, such as 00:00:01,000 --> 00:00:03,500'],
		['times without an arrow within a text', around('a\n00:00:01,000 -> 00:00:02,000\nb'), 'has no number above the times in line 4: add a line with the number 2'],
		['no arrow', TWO.replace(' -->', ''), `has no arrow in line 2 ${ARROW_NEEDED}`],
		[
			'an arrow of HTML in one cue',
			TWO.replace(/>(?=[^>]*$)/, '&gt;'),
			'has the arrow as HTML writes it, --&gt;, in line 6: give the text in which &gt;, &lt; and &amp; are turned back into >, < and &',
		],
		['minutes beyond 59', TWO.replace('00:00:03', '00:60:03'), 'has the time 00:60:03,000 in line 6, but hours go up to 99, and minutes and seconds up to 59'],
		['seconds beyond 59', TWO.replace('00:00:04', '00:00:60'), 'has the time 00:00:60,500 in line 6, but hours go up to 99, and minutes and seconds up to 59'],
		['hours beyond 99', TWO.replace('00:00:04', '100:00:04'), 'has the time 100:00:04,500 in line 6, but hours go up to 99, and minutes and seconds up to 59'],
		[
			'one digit of a fraction',
			TWO.replace('04,500', '04,5'),
			'has the time 00:00:04,5 in line 6, which can be read in two ways: write its milliseconds with three digits',
		],
		[
			'two digits of a fraction',
			TWO.replace('04,500', '04.50'),
			'has the time 00:00:04.50 in line 6, which can be read in two ways: write its milliseconds with three digits',
		],
		['a colon before milliseconds', TWO.replace('04,500', '04:500'), `has "00:00:03,000 --> 00:00:04:500" in line 6, ${UNREADABLE}`],
		['two commas', TWO.replace('04,500', '04,500,0'), `has "00:00:03,000 --> 00:00:04,500,0" in line 6, ${UNREADABLE}`],
		['no comma', TWO.replace('03,000', '03 000'), `has "00:00:03 000 --> 00:00:04,500" in line 6, ${UNREADABLE}`],
		['minutes and seconds only', '1\n00:01 --> 00:02\nHello', `has "00:01 --> 00:02" in line 2, ${UNREADABLE}`],
		['no second time', TWO.replace(' 00:00:04,500', ''), `has "00:00:03,000 -->" in line 6, ${UNREADABLE}`],
		['no first time', TWO.replace('00:00:03,000 ', ''), 'has "--> 00:00:04,500" in line 6 where the times of cue 2 should be, such as 00:00:01,000 --> 00:00:03,500'],
		['a time below zero', TWO.replace('00:00:03', '-00:00:03'), 'has "-00:00:03,000 --> 00:00:04,500" in line 6 where the times of cue 2 should be, such as 00:00:01,000 --> 00:00:03,500'],
		['times in another script', `1\n٠٠:٠٠:٠١,٠٠٠ --> ٠٠:٠٠:٠٢,٠٠٠\nHello`, `has "٠٠:٠٠:٠١,٠٠٠ --> ٠٠:٠٠:٠٢,٠٠٠" in line 2, ${UNREADABLE}`],
		['text behind the times', TWO.replace('500\nWorld', '500 World'), 'has "World" in line 6 after the times: put the text of a cue into the lines below its times'],
		['no times', TWO.replace(`${B}\n`, ''), 'has "World" in line 6 where the times of cue 2 should be, such as 00:00:01,000 --> 00:00:03,500'],
		[
			'an end before the start',
			`${ONE}\n2\n00:00:04,000 --> 00:00:03,000\nx`,
			'has the end of cue 2 (line 5) at 00:00:03,000, which is not after its start at 00:00:04,000: correct one of the two',
		],
		[
			'an end at the start',
			'1\n00:00:04,000 --> 00:00:04,000\nx',
			'has the end of cue 1 (line 1) at 00:00:04,000, which is not after its start at 00:00:04,000: correct one of the two',
		],
		[
			'cues out of order',
			`1\n${B}\nx\n\n2\n${A}\ny`,
			'has cues out of order, cue 2 (line 5) starts at 00:00:01,000, before cue 1 (line 1) starts at 00:00:03,000: sort the cues by their times',
		],
		[
			'cues that overlap',
			`1\n${A}\nx\n\n2\n00:00:01,999 --> 00:00:03,000\ny`,
			'has cues that overlap, cue 2 (line 5) starts at 00:00:01,999, before cue 1 (line 1) ends at 00:00:02,000: let one end before the next one starts',
		],
		[
			'cues at the same time',
			`1\n${A}\nx\n\n2\n${A}\ny`,
			'has cues that overlap, cue 2 (line 5) starts at 00:00:01,000, before cue 1 (line 1) ends at 00:00:02,000: let one end before the next one starts',
		],

		// Texts.
		['no text', `1\n${A}\n\n2\n${B}\nWorld`, 'has no text in cue 1 (line 1): add it, or remove the cue and number those below anew'],
		['no text at the end', `${ONE}\n2\n${B}\n`, 'has no text in cue 2 (line 5): add it, or remove the cue and number those below anew'],
		['a text of blanks', `1\n${A}\n \u200B\n\n2\n${B}\nWorld`, 'has no text in cue 1 (line 1): add it, or remove the cue and number those below anew'],
		[
			'text before the first cue',
			`Here are your subtitles:\n\n${TWO}`,
			'begins with text that belongs to no cue, "Here are your subtitles:" in line 1: remove it',
		],
		['text before a fence that does not end', `Sure!\n\`\`\`srt\n${TWO}`, 'begins with text that belongs to no cue, "Sure!" in line 1: remove it'],
		['a fence that does not end', `\`\`\`srt\n${TWO}`, FENCE('```srt', 1)],
		['a fence that does not begin', `${TWO}\n\`\`\`\nAnything else?`, FENCE('```', 9)],
		['two fences with times', `\`\`\`srt\n${ONE}\`\`\`\n\`\`\`srt\n2\n${B}\nWorld\n\`\`\``, FENCE('```srt', 1)],
		['the same in two fences', `Old:\n\`\`\`srt\n${ONE}\`\`\`\nNew:\n\`\`\`srt\n${ONE}\`\`\``, 'begins with text that belongs to no cue, "Old:" in line 1: remove it'],
		['times outside of a fence', `\`\`\`srt\n${ONE}\`\`\`\n2\n${B}\nWorld\n`, FENCE('```srt', 1)],
		['times with their number outside of a fence', `\`\`\`srt\n${ONE}\`\`\`\n2 ${B}\nWorld\n`, FENCE('```srt', 1)],
		['a fence that may be a text', `\`\`\`srt\n${ONE}\`\`\`\ncode\n\`\`\`\n\`\`\``, FENCE('```srt', 1)],
		['a fence with a line that is wrong, by its number in the given text', `Here\nit is:\n\n\`\`\`\n${TWO.replace('World', '')}\`\`\`\nBye`, 'has no text in cue 2 (line 9): add it, or remove the cue and number those below anew'],
		['words of a model below the last cue', `${TWO}\nLet me know if you want any changes!`, `has text that belongs to no cue, "Let me know if you want any changes!" in line 9: ${REMOVE}`],
		[
			'a blank line within a text',
			around('Hello\n\nyou'),
			`has text that belongs to no cue, "you" in line 5: ${REMOVE}`,
		],
		[
			'a blank line above a number that is a text',
			around('Hello\n\n1984'),
			`has text that belongs to no cue, "1984" in line 5: ${REMOVE}`,
		],
		['a number alone at the end', `${ONE}\n2\n`, 'ends with the number 2 in line 5: add the times and the text of this cue, or remove its number'],
		[
			'a line far down, by its number in the given text',
			`\`\`\`srt\n${Array.from({ length: 400 }, (_, at) => `${at + 1}\n00:00:00,${String(2 * at).padStart(3, '0')} --> 00:00:00,${String(2 * at + 1).padStart(3, '0')}\nx\n\n`).join('')}y\n\`\`\``,
			`has text that belongs to no cue, "y" in line 1,602: ${REMOVE}`,
		],
	])('%s', (_what, given, problem) => {
		expect(readSrt(given)).toEqual({ problem });
	});
});

describe('letters of many languages are no sign of a wrong encoding', () => {
	it.each([
		'NÃO É AMANHÃ…',
		'AMANHÃ…',
		'«AMANHû',
		'»AMANHë',
		'É “AMANHÔ',
		'MAÇÔ e “PÃO”',
		'Spaß…',
		'„Spaß“',
		'Maß®',
		'ÉTÉ’S',
		'à 5 €',
		'¿QUÉ? ¡ESPAÑA!',
		'Ø½',
		'2×£5',
		'2×½',
		'ĐÃ ĂN CHƯA? NGÃ, MÃ.',
		'Â, Ă, Ê',
		'This is how é looks like when it is misread: Ã©',
		'naïve café, 20 °C, 5 m²',
		'ÞÐÆ þðæ',
		'õun, šokolaad, žanr',
		'Привет, мир…',
		'שלום',
		'日本語',
	])('%s', (text) => {
		expect(readSrt(around(text))).toEqual({ value: around(text) });
	});
});

describe('subtitles of HeyGen itself', () => {
	const own = { strict: false };

	it.each<[what: string, given: string, value: string]>([
		['may overlap', `1\n${A}\nx\n\n2\n${A}\ny`, `1\n${A}\nx\n\n2\n${A}\ny\n`],
		['may be without text', `1\n${A}\n\n\n2\n${B}\ny`, `1\n${A}\n\n2\n${B}\ny\n`],
		['may be numbered otherwise', `7\n${A}\nx\n\n7\n${B}\ny`, `7\n${A}\nx\n\n7\n${B}\ny\n`],
		['keep their times as they are', '1\n0:00:01.5 --> 0:00:01 X1:4\nx\n\n\n\ny', '1\n0:00:01.5 --> 0:00:01 X1:4\nx\n\ny\n'],
		['keep their numbers as they are', `0\n${A}\nx\n\n2.\n${B}\ny`, `0\n${A}\nx\n\n2.\n${B}\ny\n`],
		['get the arrow of SRT', `1\n${A.replace('-->', '→')}\nx -> y\n\n2\n0:00:03,0001 -> 0:00:99,000 line:0\ny`, `1\n${A}\nx -> y\n\n2\n0:00:03,0001 --> 0:00:99,000 line:0\ny\n`],
		['lose the words around their fence', `Here:\n\`\`\`srt\n1\n${A}\nx\n\`\`\`\nBye`, `1\n${A}\nx\n`],
		['lose what is around them', `\uFEFF\`\`\`srt\r\n1\r\n${A}\r\nx \r\n\`\`\``, `1\n${A}\nx\n`],
	])('%s', (_what, given, value) => {
		expect(readSrt(given, own)).toEqual({ value });
		expect(readSrt(value, own)).toEqual({ value });
	});

	it.each<[what: string, given: unknown, problem: string]>([
		['are text', { a: 1 }, 'must be the text of an SRT file, but it is {"a":1}'],
		['are SRT', 'WEBVTT\n', 'is WebVTT, but HeyGen takes SRT here: export the subtitles as SRT'],
		['have times', 'Hello', 'is no SRT: it has no line with times such as 00:00:01,000 --> 00:00:03,500'],
		['have arrows between their times', around('x --> y').replaceAll(' --> 00', ' to 00'), `has "to" in line 2 ${ARROW_NEEDED}`],
		['have arrows', TWO.replaceAll('-->', 'to'), `has "to" in line 2 ${ARROW_NEEDED}`],
		['were read as UTF-8', around('cafÃ©'), `has "cafÃ©" in line 3 instead of "café", since its file was read with the wrong encoding: ${READ_AS("'utf8'")}`],
	])('%s', (_what, given, problem) => {
		expect(readSrt(given, own)).toEqual({ problem });
	});

	it('are nothing when there are none', () => {
		expect(readSrt(' ', own)).toEqual({ value: undefined });
	});
});

/** The parser takes a line that begins with NOTE for a comment of WebVTT; no other text means anything to it. */
const WORDS = ['Hello', 'you.', '<i>a</i>', '{\\an8}', '😀', 'שלום\u200F', '-->', '->', '→', '1', '2', '42', '1.', '#2', '**3**', '00:00', '10:30', '日本語', 'ÃO', 'é', '```', '"', '&gt;', '♪'];
const LINE = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
const LENGTH = fc.integer({ min: 1, max: 10_000 });

/** Cues in their order: pauses before them, how long they are shown, and their lines. */
const CUES = fc
	.array(fc.record({ pause: fc.oneof(fc.constant(0), LENGTH), length: LENGTH, lines: fc.array(LINE, { minLength: 1, maxLength: 3 }) }), { minLength: 1, maxLength: 60 })
	.map((cues) => {
		let now = 0;
		return cues.map(({ pause, length, lines }): Parsed => {
			const start = now + pause;
			now = start + length;
			return { start, end: now, text: lines.join('\n') };
		});
	});

const two = (value: number) => String(value).padStart(2, '0');

/** Not as the package does it. */
function timeOf(ms: number): string {
	return new Date(ms).toISOString().slice(11, 23).replace('.', ',');
}

function written(cues: readonly Parsed[]): string {
	return cues.map(({ start, end, text }, at) => `${at + 1}\n${timeOf(start)} --> ${timeOf(end)}\n${text}\n`).join('\n');
}

/** The same cues every time: a failure can be tried again. */
const RUNS = { seed: 20_261, numRuns: 200 };

describe('random subtitles', () => {
	it('are taken as they are, and hold the same cues for another parser', () => {
		fc.assert(
			fc.property(CUES, (cues) => {
				const text = written(cues);
				expect(readSrt(text)).toEqual({ value: text });
				expect(cuesOf(text)).toEqual(cues);
				expect(parsed(text)).toEqual(cues);
			}),
			RUNS,
		);
	});

	/** How people and programs may write the same cues. */
	const MANNER = fc.record({
		end: fc.constantFrom('\n', '\r\n', '\r', '\r\r\n', '\u2028'),
		blanks: fc.constantFrom('', ' ', '\t '),
		between: fc.constantFrom(0, 1, 2, 4),
		time: fc.constantFrom(
			timeOf,
			(ms: number) => timeOf(ms).replace(',', '.'),
			(ms: number) => timeOf(ms).slice(1),
			(ms: number) => `${timeOf(ms)}000`,
			(ms: number) => `${two(Math.floor(ms / 3_600_000))} : ${two(Math.floor(ms / 60_000) % 60)}: ${two(Math.floor(ms / 1_000) % 60)}, ${timeOf(ms).slice(9)}`,
			(ms: number) => timeOf(ms).replaceAll(':', '：').replace(',', '，'),
		),
		place: fc.constantFrom('', ' X1:1 X2:2 Y1:3 Y2:4', ' line:0'),
		before: fc.constantFrom('', '\uFEFF', '\n\n', ' \n\uFEFF'),
		after: fc.constantFrom('', '\n', '\n\n \n\n'),
		arrow: fc.constantFrom('-->', '->', '→', '=>', '—>'),
		number: fc.constantFrom(
			(at: number) => String(at + 1),
			(at: number) => String(at),
			(at: number) => `${at + 1}.`,
			(at: number) => `${at + 1})`,
			(at: number) => `#${at + 1}`,
			(at: number) => `**${at + 1}**`,
		),
		around: fc.constantFrom(['', ''], ['```', '```'], ['Here you are:\n```srt', '```\nI fixed two typos.']),
	});

	it('are put right when they are written otherwise', () => {
		fc.assert(
			fc.property(CUES, MANNER, (cues, { end, blanks, between, time, place, before, after, arrow, number, around: words }) => {
				// A fence within a text ends the block.
				const [above, below] = cues.some(({ text }) => text.split('\n').includes('```')) ? ['', ''] : words;
				const lines = cues.flatMap(({ start, end: to, text }, at) => [
					`${blanks}${number(at)}`,
					`${blanks}${time(start)} ${arrow} ${time(to)}${place}`,
					...text.split('\n'),
					...Array<string>(between).fill(''),
				]);
				const given = [`${before}${above}`, ...lines.map((line) => line + blanks), `${below}${after}`].join('\n');
				expect(readSrt(given.replaceAll('\n', end))).toEqual({ value: written(cues) });
			}),
			RUNS,
		);
	});

	/** Lines with others in the place of some. */
	const spliced = (lines: string[], at: number, count: number, ...others: string[]) => [...lines.slice(0, at), ...others, ...lines.slice(at + count)].join('\n');

	/** What a slip of the hand does to a text. */
	const SLIPS: Record<string, (lines: string[], at: number, to: number) => string> = {
		'that lack a line': (lines, at) => spliced(lines, at, 1),
		'with a line twice': (lines, at) => spliced(lines, at, 0, lines[at] as string),
		'with two lines swapped': (lines, at) => spliced(lines, at, 2, ...lines.slice(at, at + 2).reverse()),
		'with a blank line too many': (lines, at) => spliced(lines, at, 0, ''),
		'with two lines joined': (lines, at) => spliced(lines, at, 2, lines.slice(at, at + 2).join(' ')),
		'with a line that is cut': (lines, at, to) => spliced(lines, at, 1, (lines[at] as string).slice(0, to % 20)),
		'with a line from elsewhere': (lines, at, to) => spliced(lines, at, 1, lines[to] as string),
		'that are cut off': (lines, at, to) => lines.join('\n').slice(0, (at + 1) * (to + 1)),
		'that lack their start': (lines, at, to) => lines.join('\n').slice((at + to) % 40),
		'with a stretch moved': (lines, at, to) => [...lines.slice(to), ...lines.slice(at, to), ...lines.slice(0, at)].join('\n'),
	};

	it.each(Object.entries(SLIPS))('%s are refused, or hold the same cues for another parser', (_what, slip) => {
		let [taken, refused] = [0, 0];
		fc.assert(
			fc.property(CUES, fc.nat(), fc.nat(), (cues, at, to) => {
				const lines = written(cues).split('\n');
				const { value, problem } = readSrt(slip(lines, at % lines.length, to % lines.length));
				if (value === undefined) {
					refused++;
					// A text that was cut at its start may be nothing at all.
					if (problem !== undefined) expect(problem).toMatch(/^(has|begins|ends|is|holds|looks) /);
					return;
				}
				taken++;
				expect(parsed(value)).toEqual(cuesOf(value));
				expect(readSrt(value)).toEqual({ value });
			}),
			{ ...RUNS, numRuns: 400 },
		);
		expect(refused).toBeGreaterThan(0);
		expect(taken).toBeGreaterThan(0);
	});

	it.each(['that lack a line', 'with a blank line too many'])('%s keep all their cues, or are refused', (what) => {
		const times = (cues: Parsed[]) => cues.map(({ start, end }) => [start, end]);
		fc.assert(
			fc.property(CUES, fc.nat(), (cues, at) => {
				const lines = written(cues).split('\n');
				const { value } = readSrt(SLIPS[what]?.(lines, at % lines.length, 0));
				if (value !== undefined) expect(times(cuesOf(value))).toEqual(times(cues));
			}),
			RUNS,
		);
	});

	it('of pieces of subtitles in any order are refused, or hold the same cues for another parser', () => {
		const PIECE = fc.constantFrom('1', '2', '3', '\n', '\n', '\n\n', '00:00:01,000', '00:00:02,000', '00:00:03,000', ' --> ', '-->', 'Hello', ' ', '\uFEFF', '\0', '"', '\u0085', '\r');
		const CUE = fc.constantFrom('1\n00:00:01,000 --> 00:00:02,000\nHello\n\n', '2\n00:00:02,000 --> 00:00:03,000\nWorld\n', '3\n00:00:04,000 --> 00:00:05,000\n!\n');
		fc.assert(
			fc.property(fc.array(fc.oneof(PIECE, CUE), { maxLength: 12 }), (pieces) => {
				const { value } = readSrt(pieces.join(''));
				if (value === undefined) return;
				expect(parsed(value)).toEqual(cuesOf(value));
				expect(readSrt(value)).toEqual({ value });
			}),
			{ ...RUNS, numRuns: 2_000 },
		);
	});

	it('and any other text never make it fail', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.anything()), fc.boolean(), (given, strict) => {
				const { value, problem } = readSrt(given, { strict });
				expect([typeof value, typeof problem]).toContain('undefined');
			}),
			RUNS,
		);
	});
});

describe('long subtitles', () => {
	const cues = (count: number) =>
		Array.from({ length: count }, (_, at): Parsed => ({ start: 1_000 * at, end: 1_000 * at + 900, text: `Line ${at}\nand 42` }));

	/** How often a line is looked at. */
	function looks(text: string): number {
		const spy = jest.spyOn(String.prototype, 'normalize');
		try {
			readSrt(text);
			return spy.mock.calls.length;
		} finally {
			spy.mockRestore();
		}
	}

	it('of 20,000 cues are read like any others', () => {
		const text = written(cues(20_000));
		expect(readSrt(text)).toEqual({ value: text });
		expect(parsed(text)).toEqual(cues(20_000));
	});

	it('take as many steps for each cue as short ones', () => {
		expect(looks(written(cues(5_000))) / looks(written(cues(500)))).toBeCloseTo(10, 1);
	});

	it.each<[what: string, text: string]>([
		['blank lines', `${ONE}${'\n'.repeat(500_000)}`],
		['CR without LF', `${ONE}${'\r'.repeat(500_000)}x`],
		['numbers', `${ONE}\n${'2\n\n'.repeat(100_000)}`],
		['numbers in one text', `${ONE}${'2\n'.repeat(100_000)}`],
		['times', `${ONE}${`${B}\n`.repeat(50_000)}`],
		['digits in one line', `${ONE}\n${'2'.repeat(500_000)}`],
		['times in one line', `1\n${'00:00:01,000 --> '.repeat(50_000)}\nx`],
		['blanks in times', `1\n00:00:01,000 -->${' '.repeat(500_000)}x\nx`],
		['blanks within a text', `1\n${A}\n${' '.repeat(500_000)}x${' '.repeat(500_000)}\n`],
		['misread letters', `1\n${A}\n${'Ã©'.repeat(200_000)}`],
		['letters that may be misread', `1\n${A}\n${'Ã©'.repeat(200_000)}é`],
		['letters that cannot be read', `1\n${A}\n${'\uFFFD '.repeat(200_000)}`],
		['quotes', `"${'\\"'.repeat(200_000)}`],
		['fences', `${'```\n'.repeat(100_000)}${ONE}`],
		['fences within a fence', `\`\`\`\n${ONE}${'```\n'.repeat(100_000)}`],
		['times without numbers', `${A.replaceAll(',', '.')}\nHello\n\n`.repeat(20_000)],
		['arrows in one line', `1\n00:00:01,000 ${'- '.repeat(200_000)}> 00:00:02,000\nx`],
		['backticks', `${'`'.repeat(500_000)}\n${ONE}\`\`\``],
		['numbers that are wrong', written(cues(20_000)).replace('1\n', '2\n')],
	])('of %s end as well', (_what, text) => {
		const { value, problem } = readSrt(text);
		expect(value ?? problem).toBeDefined();
	});
});
