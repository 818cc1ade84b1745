import { readSrt } from '../../../../nodes/heygen/srt/readSrt';
import { FIRST_TIMES as A, SECOND_TIMES as B, LATE_TIMES as C, ONE_CUE as ONE, TWO_CUES as TWO, cuesAround as around } from '../../support/srtSamples';

/** Subtitles that are refused, and those of HeyGen's own, which are not looked at closely. */

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
