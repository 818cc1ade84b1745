import fc from 'fast-check';

import { textEnds } from '../../../../nodes/heygen/speech/sentenceEnds';

const SIGNS = { paragraph: '¶', sentence: '‖', clause: '|' } as const;

/** The text with a sign at each of its ends. */
function marked(text: string): string {
	let from = 0;
	const parts = textEnds(text).map(({ at, of }) => {
		const part = text.slice(from, at) + SIGNS[of];
		from = at;
		return part;
	});
	return parts.join('') + text.slice(from);
}

describe('a text ends', () => {
	it.each([
		// Sentences.
		'He came.‖ She left!‖ Did they?‖ Yes.¶',
		'Really?!‖ No...‖ Well…‖ Then.¶',
		'It waits...| and goes on…| still.¶',
		'what?‖ no!‖ yes.| and so on.¶',
		'He (that is, I) left.‖ (She too.)‖ [All.]‖ Fine.¶'.replace('is,', 'is,|'),
		'**Bold.**‖ _All._‖ `Code.`‖ Next.¶',
		'¿Qué?‖ ¡Sí!‖ ¿Y tú?¶',
		'First line‖\nSecond line‖\n- third line‖\n– fourth line',
		'A line that\ngoes on here.‖\nNext.¶',
		'A title¶\n\nA text¶\r\n\r\nmore¶\u2029more.¶',
		'one¶\n \n\t\ntwo¶\n',
		// Quotes.
		'"Stop!"‖ Then: "Go."‖ He said "no."‖ Bye.¶'.replace('Then:', 'Then:|'),
		'"Stop!"| he said.‖ “Why?”| she asked.¶',
		'„Halt!“| rief er.‖ „Warum?“‖ Er ging.‖ »Gut.«‖ Ende.¶',
		'« Bonjour ! »| dit-il.‖ « Oui. »‖ Il part.¶',
		// Clauses.
		'One,| two;| three:| four –| five —| six—|seven.¶',
		'a,b c;d 1,000 10:30 3.5 1–2',
		// Abbreviations, initials and numbers.
		'Dr. Smith and Mrs. Jones met Prof. Lee at St. Paul.¶',
		'Use it, e.g. this one, i.e. that one, etc.| and so on.¶'.replaceAll(',', ',|'),
		'They came, etc.‖ The others left.¶'.replace(',', ',|'),
		'Das ist z. B. so, d. h. gut, bzw. Montag, z.B. Dienstag.¶'.replaceAll(',', ',|'),
		'Nr. 5 lebt.‖ Siehe Abs. 3, Art. 7 und S. 12.¶'.replace(',', ',|'),
		'The answer is no.‖ Then we go.‖ No. 5 is alive.‖ It is his Art.‖ So.¶',
		'The U.S. Army, the U.S.A. and J. R. R. Tolkien at 5 p.m. on Monday.¶'.replace(',', ',|'),
		'Am 5. Mai, im 19. Jahrhundert, seit 2020.‖ Dann.¶'.replaceAll(',', ',|'),
		'1. Open the box.‖ 2. Close the box.¶',
		'It costs 3.50.‖ Or $5.‖ Or 5%.‖ Or 100.‖ Yes.¶',
		'Elizabeth II. was there.‖ Ludwig XIV. König war da.¶',
		'Sra. López vive en Avda. Central.‖ M. Dupont et Mme Curie.¶',
		'Ул. Ленина, д. 5, т. е. там.‖ Привет!‖ Да.¶'.replaceAll(',', ',|'),
		// Addresses.
		'See www.example.com.‖ Or https://example.com/a.b?c=d&e=f!g.‖ Write to a.b@example.com, please.¶'.replace(',', ',|'),
		'Node.js is fine.‖ I use v1.2.3.‖ And file.txt.¶',
		// Other writings.
		'你好。‖我是小明！‖你呢？‖好，|走吧；|快：|来、|去。¶',
		'他说：|“好的。”‖然后走了。‖「はい。」‖終わり。¶',
		'真的吗?‖我不知道1,000元，|３．５倍，|１０：３０。¶',
		'네. 알겠습니다.‖ 좋아요.¶'.replace('네.', '네.‖'),
		'यह है।‖ वह है।‖यहाँ?¶',
		'كيف الحال؟‖ جيد،| شكرا؛| نعم.¶',
		'ភាសាខ្មែរ។‖ ភាសា៕‖ថ្មី។¶',
		'የት ነው።‖ እዚህ፣| ነው።¶',
		'สวัสดีครับ วันนี้อากาศดี',
		'Τι κάνεις;| Καλά.¶',
		'Բարև։‖ Ինչպես ես։¶',
		'— Yes.‖\n— No.¶',
		':)| ok ...| and‖\n***‖\nNext',
		'',
		' ',
	])('%s', (expected) => {
		expect(marked(expected.replace(/[¶‖|]/g, ''))).toBe(expected);
	});

	it('in order, behind what is no blank, whatever it is', () => {
		const PIECE = fc.constantFrom('a', 'B', '5', ' ', '\n', '\r\n', '.', '!', '…', ',', '–', '—', '"', '»', '«', '(', ')', '。', '，', '你', '😀', '\u00A0', '\u2029', '|', '*', 'e\u0301');
		fc.assert(
			fc.property(fc.array(PIECE, { maxLength: 30 }), (pieces) => {
				const text = pieces.join('');
				let last = 0;
				for (const { at } of textEnds(text)) {
					expect(at).toBeGreaterThan(last);
					expect(text.charAt(at - 1)).toMatch(/\S/);
					last = at;
				}
				expect(last).toBeLessThanOrEqual(text.length);
			}),
			{ seed: 20_261, numRuns: 1_000 },
		);
	});
});
