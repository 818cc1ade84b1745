import { appearancesIn } from '../../../../nodes/heygen/cast/parts';
import { findingsOfVoice } from '../../../../nodes/heygen/cast/voice';

type Fields = Record<string, unknown>;

const voice: Fields = { voice_id: 'v1', name: 'Ada', language: 'English', support_pause: true, status: null };
const GERMAN = 'Das ist der neue Laden, und wir sind für Sie da, mit allen Produkten.';

function found(record: Fields, body: Fields = {}) {
	const [appearance] = appearancesIn({ voice_id: 'v1', script: GERMAN, ...body });
	if (appearance === undefined) throw new Error('Nobody appears');
	const { refusal, hints } = findingsOfVoice(record, appearance);
	return { refused: refusal?.problem, hints };
}

it.each<[string, Fields, Fields, string[]]>([
	['another language', voice, {}, ['The voice "Ada" speaks English, but the script looks like German']],
	['another language by its tag', { ...voice, language: 'fr-CA' }, {}, ['The voice "Ada" speaks French, but the script looks like German']],
	['the same language', { ...voice, language: 'German (Austria)' }, {}, []],
	['many languages', { ...voice, language: 'Multilingual' }, {}, []],
	['a language that nobody knows', { ...voice, language: 'Klingon' }, {}, []],
	['no language', { ...voice, language: null }, {}, []],
	['with the locale of the script', voice, { voice_settings: { locale: 'de-AT' } }, []],
	['with a locale of another language', { ...voice, language: 'German' }, { voice_settings: { locale: 'en-GB' } }, ['The voice "Ada" speaks English, but the script looks like German']],
	['a short script', voice, { script: 'Hallo Ada, das ist neu.' }, []],
	['no script', voice, { script: undefined }, []],
	['Cantonese', { ...voice, language: 'yue' }, { script: '欢迎来到我们的新商店，所有商品都在这里。' }, []],
	['without pauses', { ...voice, language: 'German', support_pause: false }, { script: `${GERMAN} <break time="1s"/>` }, ['The voice "Ada" makes no pauses at <break> tags']],
	['with pauses', { ...voice, language: 'German' }, { script: `${GERMAN} <break time="1s"/>` }, []],
])('a voice: %s', (_what, record, body, hints) => {
	expect(found(record, body)).toEqual({ refused: undefined, hints });
});

it.each<[string, Fields, string]>([
	['is still made', { ...voice, status: 'processing' }, 'is "Ada", which HeyGen is still making'],
	['could not be made', { ...voice, status: 'failed', failure_message: 'Too much noise' }, 'is "Ada", which HeyGen could not make: Too much noise'],
	['could not be made, without a word', { ...voice, status: 'FAILED' }, 'is "Ada", which HeyGen could not make'],
])('a voice that %s is refused', (_what, record, refused) => {
	expect(found(record)).toEqual({ refused, hints: [] });
});

it.each(['complete', 'completed', 'ready', null, undefined, 7])('a voice whose status is %j is not', (status) => {
	expect(found({ ...voice, language: 'German', status }).refused).toBeUndefined();
});
