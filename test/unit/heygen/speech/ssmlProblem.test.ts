import fc from 'fast-check';

import { ssmlProblem } from '../../../../nodes/heygen/speech/ssmlCheck';
import { ssmlTokens } from '../../../../nodes/heygen/speech/ssmlTokens';
import { onProcessor } from '../../support/cpuTime';

const speak = (inside: string) => `<speak>${inside}</speak>`;

describe('SSML goes through', () => {
	it.each([
		['an element', speak('Hello <break time="1s"/> you')],
		['a fragment', 'Hello <break time="1s"/> you'],
		['several tags side by side', '<p>One</p>\n<p>Two</p>'],
		['a text without tags', 'Hello you'],
		['nothing', ''],
		['an empty element', '<speak/>'],
		['attributes, blanks and line ends within tags', '<speak\n\tversion="1.1"\r\n xml:lang = \'en-US\' >a</speak\n>'],
		['a prolog', `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE speak PUBLIC "-//W3C//DTD SYNTHESIS 1.0//EN" "http://www.w3.org/x>y">\n${speak('a')}\n`],
		['the mark of a file', `\uFEFF${speak('a')}`],
		['the mark of a file and a prolog', `\uFEFF<?xml version='1.0'?>${speak('a')}`],
		['comments and instructions', `<!-- a & b < c -->${speak('<!-- - -->a<?x y?>')}<!---->`],
		['CDATA', speak('<![CDATA[a < b & c ]] > </speak>]]>')],
		['CDATA in a fragment', '<![CDATA[a < b]]>'],
		['entities', speak('&amp;&lt;&gt;&quot;&apos;&#65;&#x41;&#x1F600;&#0000000065;')],
		['signs within values', speak('<sub alias="it\'s > 3 &amp; &#34;">a</sub>')],
		['signs that mean nothing', speak('a > b "c" \'d\' ]] -- ? ! / =')],
		['names of makers of voices', speak('<amazon:effect name="whispered">a</amazon:effect><mstts:silence type="Sentenceboundary" value="200ms"/>')],
		['names in other letters', '<é:ñ-1.x>a</é:ñ-1.x><日本/>'],
		['equal names within each other', '<p><p>a</p></p>'],
		['all languages', speak('你好 שלום مرحبا 😀 e\u0301')],
	])('%s', (_what, text) => {
		expect(ssmlProblem(text)).toBeUndefined();
	});
});

describe('SSML is refused', () => {
	it.each<[what: string, text: string, problem: string]>([
		// Signs.
		['a bare &', speak('Hi\nTom & Jerry'), 'has a "&" in line 2 ("Tom & Jerry</speak>"): write &amp; instead'],
		['a bare & in a fragment', 'Tom & Jerry', 'has a "&" in line 1 ("Tom & Jerry"): write &amp; instead'],
		['an & in a value', '<sub alias="R&D">a</sub>', 'has a "&" in line 1 ("<sub alias="R&D">a</sub>"): write &amp; instead'],
		['an address', speak('https://example.com/?a=1&b=2'), 'has a "&" in line 1 ("s://example.com/?a=1&b=2</speak>"): write &amp; instead'],
		['an entity of HTML', 'a&nbsp;b', 'has the entity &nbsp;, which XML does not know, in line 1 ("a&nbsp;b"): write the character itself'],
		['an entity in capitals', 'a &AMP; b', 'has the entity &AMP;, which XML does not know, in line 1 ("a &AMP; b"): write the character itself'],
		['the number of no character', 'a &#0; b', 'has the entity &#0;, which stands for no character of XML, in line 1 ("a &#0; b"): remove it'],
		['the number of half a character', 'a &#xD83D; b', 'has the entity &#xD83D;, which stands for no character of XML, in line 1 ("a &#xD83D; b"): remove it'],
		['a number that is too large', '&#x110000;', 'has the entity &#x110000;, which stands for no character of XML, in line 1 ("&#x110000;"): remove it'],
		['a bare <', 'a < b', 'has a "<" that begins no tag in line 1 ("a < b"): write &lt; instead; the name of a tag follows its "<" without a blank'],
		['a heart', speak('I <3 you'), 'has a "<" that begins no tag in line 1 ("<speak>I <3 you</speak>"): write &lt; instead; the name of a tag follows its "<" without a blank'],
		['a < at the end', 'a\r\nb\rc <', 'has a "<" that begins no tag in line 3 ("c <"): write &lt; instead; the name of a tag follows its "<" without a blank'],
		['the end of CDATA', 'a]]>b', 'has a "]]>" that ends no CDATA section in line 1 ("a]]>b"): write ]]&gt; instead'],
		['a control character', 'a\u0008b', 'has the character U+0008, which XML does not allow, in line 1 ("a\uFFFDb"): remove it'],
		['half a character', 'a\uD83Db', 'has the character U+D83D, which XML does not allow, in line 1 ("a\uFFFDb"): remove it'],
		['no character', 'a\uFFFEb', 'has the character U+FFFE, which XML does not allow, in line 1 ("a\uFFFEb"): remove it'],

		// Tags.
		['no quotes', speak('<break time=1s/>'), 'has <break> with the attribute time without quotes in line 1 ("<speak><break time=1s/></speak>"): write time="1s"'],
		['curly quotes', '<break time=“1s”/>', 'has <break> with the attribute time in curly quotes in line 1 ("<break time=“1s”/>"): write straight ones, "'],
		[
			'quotes of JSON',
			'<break time=\\"1s\\"/>',
			'has <break> with the attribute time and a backslash before its quote, as a text has within JSON in line 1 ("<break time=\\"1s\\"/>"): remove the backslashes',
		],
		['no value', '<p x>a</p>', 'has <p> with the attribute x without a value in line 1 ("<p x>a</p>"): write x="…", or remove it'],
		['no value behind =', '<p x= >a</p>', 'has <p> with the attribute x without a value in line 1 ("<p x= >a</p>"): write x="…", or remove it'],
		['an attribute twice', '<p x="1" x=\'2\'>a</p>', 'has <p> with the attribute x twice in line 1 ("<p x="1" x=\'2\'>a</p>"): keep one of the two'],
		['no blank between attributes', '<p x="1"y="2">a</p>', 'has <p> without a blank before y in line 1 ("<p x="1"y="2">a</p>"): add one'],
		[
			'a quote that is never closed',
			speak('<break time="1s/> and <break time="2s"/>'),
			'has <break> with the attribute time without its closing quote in line 1 ("<speak><break time="1s/> and <break"): add it',
		],
		['a quote that is open at the end', '<p x="1', 'has <p> with the attribute x without its closing quote in line 1 ("<p x="1"): add it'],
		['a < in a value', '<sub alias="a<b">c</sub>', 'has <sub> with the attribute alias and a "<" in its value in line 1 ("<sub alias="a<b">c</sub>"): write &lt; instead'],
		['no >', '<break time="1s" Hello', 'has <break> with the attribute Hello without a value in line 1 ("<break time="1s" Hello"): write Hello="…", or remove it'],
		['no > before another tag', '<p <s>a</s></p>', 'has <p without its ">" in line 1 ("<p <s>a</s></p>"): add it, or write &lt; if no tag is meant'],
		['no > at the end', '<p', 'has <p without its ">" in line 1 ("<p"): add it, or write &lt; if no tag is meant'],
		['a sign within a tag', '<break / >', 'has <break with "/" where an attribute, "/>" or ">" should be in line 1 ("<break / >"): remove it'],
		['another sign within a tag', '<break …/>', 'has <break with "…" where an attribute, "/>" or ">" should be in line 1 ("<break …/>"): remove it'],
		['an end with attributes', '<p>a</p x="1">', 'has </p with something behind the name in line 1 ("<p>a</p x="1">"): write </p>'],
		['an end without a name', '<p>a</ p>', 'has a "</" that ends no tag in line 1 ("<p>a</ p>"): write the name of the tag behind it, without a blank'],

		// How tags stand.
		['a break that is open', speak('a <break time="1s"> b'), 'has <break> that is not closed before </speak> in line 1 ("<speak>a <break time="1s"> b</speak>"): end it with "/>" instead of ">"'],
		['no end', '<speak>a', 'has <speak> that is not closed in line 1 ("<speak>a"): add </speak>'],
		['no end within', '<p>\n<s>a', 'has <s> that is not closed in line 2 ("<s>a"): add </s>, or write &lt; if no tag is meant'],
		['a placeholder', speak('Hi <Name>!'), 'has <Name> that is not closed before </speak> in line 1 ("<speak>Hi <Name>!</speak>"): add </Name>, or write &lt; if no tag is meant'],
		['ends in the wrong order', '<p><s>a</p></s>', 'has <s> that is not closed before </p> in line 1 ("<p><s>a</p></s>"): add </s>, or write &lt; if no tag is meant'],
		['an end too many', 'a</b>', 'has </b> without a <b> that it closes in line 1 ("a</b>"): remove it, or add the tag that begins there'],
		['other letters', '<Speak>a</speak>', 'has </speak> for <Speak> in line 1 ("<Speak>a</speak>"): write both in the same letters, small ones for tags of SSML'],
		['text before', `a${speak('b')}`, 'has text outside of <speak> in line 1 ("a<speak>b</speak>"): put it between <speak> and </speak>, or remove it'],
		['text behind', `${speak('a')}\nb`, 'has text outside of <speak> in line 2 ("b"): put it between <speak> and </speak>, or remove it'],
		['CDATA behind', `${speak('a')}<![CDATA[ ]]>`, 'has text outside of <speak> in line 1 ("<speak>a</speak><![CDATA[ ]]>"): put it between <speak> and </speak>, or remove it'],
		['a tag behind', `${speak('a')}<break/>`, 'has <break> outside of <speak> in line 1 ("<speak>a</speak><break/>"): put it between <speak> and </speak>, or remove it'],
		['a tag before', `<break/>${speak('a')}`, 'has <break> outside of <speak> in line 1 ("<break/><speak>a</speak>"): put it between <speak> and </speak>, or remove it'],
		['what no one sees outside', `${speak('a')}\u200B`, 'has the character U+200B outside of <speak> in line 1 ("<speak>a</speak>\u200B"): put it between <speak> and </speak>, or remove it'],
		['two of them', `${speak('a')} ${speak('b')}`, 'has a second <speak> in line 1 ("<speak>a</speak> <speak>b</speak>"): put everything into one'],
		['one within itself', speak(speak('a')), 'has <speak> within <speak> in line 1 ("<speak><speak>a</speak></speak>"): it stands around everything, once'],
		['one within another tag', `<p>${speak('a')}</p>`, 'has <speak> within <p> in line 1 ("<p><speak>a</speak></p>"): it stands around everything, once'],

		// Other marks.
		['an open comment', 'a <!-- b', 'has a comment without its "-->" in line 1 ("a <!-- b"): add it'],
		['a comment with --', '<!-- a -- b -->', 'has a comment with "--" in it, or with one more "-" at its end in line 1 ("<!-- a -- b -->"): XML allows single ones only'],
		['a comment with - at its end', '<!-- a --->', 'has a comment with "--" in it, or with one more "-" at its end in line 1 ("<!-- a --->"): XML allows single ones only'],
		['open CDATA', '<![CDATA[a', 'has a CDATA section without its "]]>" in line 1 ("<![CDATA[a"): add it'],
		['an open instruction', '<?x a', 'has a "<?" without its "?>" in line 1 ("<?x a"): add it'],
		['an instruction without a name', '<? ?>', 'has a "<?" without a name behind it in line 1 ("<? ?>"): remove it'],
		['a late prolog', ` <?xml version="1.0"?>${speak('a')}`, 'has an <?xml that is not at the very start of the text in line 1 ("<?xml version="1.0"?><speak>a</speak>"): move it there, or remove it'],
		['a prolog without a version', `<?xml ?>${speak('a')}`, 'has an <?xml without its version in line 1 ("<?xml ?><speak>a</speak>"): write <?xml version="1.0"?>, or remove it'],
		['an open DOCTYPE', '<!DOCTYPE speak', 'has a <!DOCTYPE without its ">" in line 1 ("<!DOCTYPE speak"): add it'],
		['a DOCTYPE with entities', `<!DOCTYPE speak [<!ENTITY a "b">]>${speak('a')}`, 'has a <!DOCTYPE with declarations of its own in line 1 ("<!DOCTYPE speak [<!ENTITY a"): remove them'],
		['two DOCTYPEs', `<!DOCTYPE a><!DOCTYPE b>${speak('a')}`, 'has a second <!DOCTYPE in line 1 ("<!DOCTYPE a><!DOCTYPE b><speak>a</speak>"): remove it'],
		['a late DOCTYPE', speak('<!DOCTYPE speak>'), 'has a <!DOCTYPE behind the start of the text in line 1 ("<speak><!DOCTYPE speak></speak>"): move it above the first tag'],
		['an unknown mark', '<!x>', 'has a "<" that begins no tag in line 1 ("<!x>"): write &lt; instead; the name of a tag follows its "<" without a blank'],
		[
			'a fence',
			`\n\`\`\`xml\n${speak('a')}\n\`\`\``,
			'has a fence of Markdown in line 2 ("```xml"): give the SSML alone, without the fence and without what stands outside of it',
		],
		[
			'tags that were escaped',
			'&lt;speak&gt;Hello&lt;/speak&gt;',
			'has tags whose signs are replaced by &lt; and &gt; in line 1 ("&lt;speak&gt;Hello&lt;/speak&gt;"): give the text with < and >',
		],
	])('%s', (_what, text, problem) => {
		expect(ssmlProblem(text)).toBe(problem);
	});

	it('with the line as people write its number, and a short piece of it', () => {
		const line = `${'word '.repeat(30)}& ${'more '.repeat(30)}`;
		expect(ssmlProblem(`${'\n'.repeat(1_233)}${line}`)).toBe('has a "&" in line 1,234 ("word word word & more more more more more more more"): write &amp; instead');
	});

	it('without half a character in what is shown', () => {
		expect(ssmlProblem(`a${'😀'.repeat(40)}&${'😀'.repeat(40)}`)).toBe(`has a "&" in line 1 ("${'😀'.repeat(10)}&${'😀'.repeat(18)}"): write &amp; instead`);
	});
});

describe('random marks', () => {
	/** Well-formed SSML by the way it is made. */
	const INSIDE = fc.letrec<{ node: string; nodes: string }>((tie) => ({
		node: fc.oneof(
			{ depthSize: 'small', withCrossShrink: true },
			fc.constantFrom('Hello', 'a > b', '&amp;', '&#x41;', '<break/>', "<break time='1s' />", '<!-- x -->', '<![CDATA[<&]]>', '\n', '😀'),
			fc.tuple(fc.constantFrom('p', 's', 'voice', 'a:b', 'é'), fc.constantFrom('', ' x="1"', " x='\"' y=\"&lt;\""), tie('nodes')).map(([name, attributes, inside]) => `<${name}${attributes}>${inside}</${name}>`),
		),
		nodes: fc.array(tie('node'), { maxLength: 4 }).map((nodes) => nodes.join('')),
	})).nodes;

	it('that are made as they should be go through', () => {
		fc.assert(
			fc.property(INSIDE, fc.boolean(), (inside, isWhole) => {
				expect(ssmlProblem(isWhole ? speak(inside) : inside)).toBeUndefined();
			}),
			{ seed: 20_261, numRuns: 1_000 },
		);
	});

	it('with a sign too many are refused', () => {
		fc.assert(
			fc.property(INSIDE, fc.constantFrom('<', '&', ' & ', '</x>', '<x>', '<x', '\0', '<speak/>'), (inside, fault) => {
				expect(ssmlProblem(speak(inside + fault))).toMatch(/^has .* in line \d+ \(".*"\): .*[a-z"?>]/);
			}),
			{ seed: 20_261, numRuns: 500 },
		);
	});

	it('of any kind are looked at from start to end, without a gap', () => {
		const PIECE = fc.constantFrom('<', '>', '/', '"', "'", '=', ' ', '\n', 'a', '<p', '</p>', '<!--', '-->', '<![CDATA[', ']]>', '<?', '?>', '<!DOCTYPE', '&', '&amp;', '[', '-', '😀', '\uD800');
		fc.assert(
			fc.property(fc.array(PIECE, { maxLength: 20 }), (pieces) => {
				const text = pieces.join('');
				let next = 0;
				for (const { at, end } of ssmlTokens(text)) {
					expect(at).toBe(next);
					expect(end).toBeGreaterThan(at);
					next = end;
				}
				expect(next).toBe(text.length);
				expect(ssmlProblem(text) ?? 'has ').toMatch(/^has /);
			}),
			{ seed: 20_261, numRuns: 1_000 },
		);
	});
});

describe('half a million characters are checked at once:', () => {
	const many = (text: string) => text.repeat(Math.ceil(500_000 / text.length));

	it.each([
		['open tags', many('<p>')],
		['open tags, and the end of another one', `${many('<p>')}</s>`],
		['breaks', speak(many('<break time="1s"/>'))],
		['attributes', `<p ${Array.from({ length: 40_000 }, (_, at) => `a${at}="1" `).join('')}>a</p>`],
		['blanks within a tag', `<p${many(' ')}x`],
		['a name', `<${many('a')}`],
		['a value', `<p x="${many('x')}`],
		['entities', many('&amp;')],
		['lines', `${many('a\n')}&`],
		['one line', `${many('a')}&`],
		['backticks', many(' `')],
		['comments', many('<!-- a -->')],
		['brackets', many(']]')],
		['quotes of a DOCTYPE', `<!DOCTYPE ${many('"\'" ')}`],
	])('%s', (_what, text) => {
		expect(onProcessor(() => ssmlProblem(text)).cpuMs).toBeLessThan(2_000);
	});
});
