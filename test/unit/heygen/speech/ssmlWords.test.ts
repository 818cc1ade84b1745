import fc from 'fast-check';

import { breaksIn, hasSsml, spokenText } from '../../../../nodes/heygen/speech/ssmlWords';
import { onProcessor } from '../../support/cpuTime';

describe('SSML is', () => {
	it.each([
		'<speak>Hello</speak>',
		' \n<speak version="1.1">Hello</speak>',
		'\uFEFF<?xml version="1.0"?>\n<!-- mine --><speak>Hello</speak>',
		'<SPEAK>Hello</SPEAK>',
		'<speak>not closed',
		'Hello <break time="1s"/> you',
		'Hello <break/>',
		'Hello <Break time="1s" />',
		'<prosody rate="slow">a</prosody>',
		'<emphasis>a</emphasis>',
		'<say-as interpret-as="digits">12</say-as>',
		'<sub alias="b">a</sub>',
		'<p>a</p>',
		'<s>a</s>',
		'<phoneme alphabet="ipa" ph="a">a</phoneme>',
		'<voice name="a">a</voice>',
		'<lang xml:lang="de">a</lang>',
		'<mark name="a"/>',
		'<audio src="a"/>',
		'<amazon:effect name="whispered">a</amazon:effect>',
		'<mstts:express-as style="cheerful">a</mstts:express-as>',
		'a </prosody> b',
		// What is meant as a tag of SSML is one, right or wrong.
		'Hello <break time=1s/>',
		'Hello <break time=“1s”/>',
		'Hello <break time=\\"1s\\"/>',
		'<speak version=1.0>a</speak>',
		'<speak>a < b</speak>',
		'```xml\n<speak>a</speak>\n```',
	])('%s', (text) => {
		expect(hasSsml(text)).toBe(true);
	});
});

describe('plain text is', () => {
	it.each([
		'',
		'Hello',
		'a < b and c > d',
		'I <3 you',
		'<Name>',
		'Dear <first name>, welcome',
		'<b>bold</b>, <i>italic</i><br>and <br/> a line',
		'H<sub>2</sub>O',
		'<mark>bright</mark>',
		'<pre>a</pre>, <span class="p">b</span>',
		'<breakfast/> <speaker> <sphinx>',
		'we <break things> fast',
		'a <p and q> b',
		'<!-- <break/> -->',
		'<![CDATA[<break/>]]>',
		'&lt;break/&gt;',
		'[pause] <#0.5#>',
		'```\nHello\n```',
		'x:y <x:y>',
	])('%s', (text) => {
		expect(hasSsml(text)).toBe(false);
	});
});

it.each([
	['', 0],
	['Hello', 0],
	['<break/>', 1],
	['<break></break>', 1],
	['<speak>a<break time="1s"/>b<BREAK strength="weak" />c</speak>', 2],
	['<!-- <break/> --><![CDATA[<break/>]]><?x <break/>?>', 0],
	['<breakfast/><x:break/>', 0],
	['<break time=1s/>', 0],
	['<break/>'.repeat(1_234), 1_234],
])('%j has %i breaks', (text, count) => {
	expect(breaksIn(text)).toBe(count);
});

describe('what is spoken', () => {
	it.each([
		['plain text', 'Hello, you!', 'Hello, you!'],
		['no tags', '<speak>Hello <emphasis>you</emphasis>!</speak>', 'Hello you!'],
		['a word with a tag in it', '<speak>un<emphasis>believ</emphasis>able</speak>', 'unbelievable'],
		['a break', '<speak>a<break time="1s"/>b <break/> c</speak>', 'a b c'],
		['sentences', '<speak><s>One.</s><s>Two.</s></speak>', 'One. Two.'],
		['paragraphs', '<speak>\n\t<p>One.</p>\n\t<p>\n\t\tTwo.\n\t</p>\n</speak>', 'One.\n\nTwo.'],
		['blank lines', 'One\n \nTwo\r\n\r\nThree\nfour', 'One\n\nTwo\n\nThree four'],
		['an alias', 'The <sub alias="World Wide Web &amp; more">W3</sub>, ok', 'The World Wide Web & more, ok'],
		['an alias of nothing', 'a <sub alias="b"/> c', 'a c'],
		['an alias with tags below it', '<sub alias="x">a<break/>b</sub> c', 'x c'],
		['an alias that is never closed', '<sub alias="x">a b', 'xa b'],
		['no alias', 'H<sub>2</sub>O', 'H2O'],
		['entities', 'a &lt; b &amp;&#32;c &#x1F600; &apos;d&quot;', 'a < b & c 😀 \'d"'],
		['an unknown entity', 'a &foo; b & c', 'a &foo; b & c'],
		['CDATA', 'a <![CDATA[<b> & c]]> d', 'a <b> & c d'],
		['no comments', 'a <!-- b -->c', 'a c'],
		['a prolog', '\uFEFF<?xml version="1.0"?><!DOCTYPE speak><speak>a</speak>', 'a'],
		['what is no tag', 'a < b <3 <break time=1s/>', 'a < b <3 <break time=1s/>'],
		['nothing', '<speak><break/></speak>', ''],
		['blanks that mean something', '3\u00A0km', '3\u00A0km'],
	])('%s', (_what, text, spoken) => {
		expect(spokenText(text)).toBe(spoken);
	});

	it('of a text without marks is the text', () => {
		fc.assert(
			fc.property(fc.string({ unit: fc.constantFrom('a', 'é', '你', '😀', '.', '"', '>', ']', '-') }), (text) => {
				expect(spokenText(text)).toBe(text);
				expect(hasSsml(text)).toBe(false);
				expect(breaksIn(text)).toBe(0);
			}),
			{ seed: 20_261, numRuns: 300 },
		);
	});

	it('of any text is a text', () => {
		fc.assert(
			fc.property(fc.array(fc.constantFrom('<', '>', '<sub alias="x">', '</sub>', '<p>', '&', '&#;', ' ', '\n', '<!--', '-->', 'a', '"', '=')), (pieces) => {
				expect(spokenText(pieces.join(''))).not.toMatch(/^\s|\s$|[^\n]\n[^\n]| {2}/);
			}),
			{ seed: 20_261, numRuns: 1_000 },
		);
	});
});

describe('100,000 characters are read at once:', () => {
	const many = (text: string) => text.repeat(Math.ceil(100_000 / text.length));

	it.each(['<', '<a', '<a b="', "<a b='", '<p>', '<!--', '<![CDATA[', '<?', '<!DOCTYPE "', "<!DOCTYPE' '", '&', '&#x', '<sub alias="x">', '</p>', '<break ', 'a\n', ' ', '<a b="1" '])('%s', (piece) => {
		const text = many(piece);
		expect(onProcessor(() => [hasSsml(text), breaksIn(text), spokenText(text)]).cpuMs).toBeLessThan(3_000);
	});
});
