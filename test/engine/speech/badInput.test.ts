/** What is wrong with an item is told before any request is made, by the name that the editor has for the field. */
import type { INodeParameters } from 'n8n-workflow';
import { itemWith } from '../support/assetSupport';
import { errorOf, expression, locator, useSandbox, useTiming, VOICE } from '../support/support';
import { longText, runSpeech } from '../support/speechSupport';

useTiming();
const sandbox = useSandbox();

type Case = [what: string, parameters: INodeParameters, message: string];

/** Runs an operation that must be refused before anything is asked of HeyGen. @returns the error's sentence */
async function messageOf(resource: string, operation: string, parameters: INodeParameters, options: Parameters<typeof runSpeech>[4] = {}): Promise<string> {
	const error = errorOf(await runSpeech(sandbox(), resource, operation, parameters, options));
	expect(sandbox().stats().requestsTotal).toBe(0);
	expect(error.message).toMatch(/ \(item 1\)$/);
	return error.message.replace(/ \(item 1\)$/, '');
}

const option = (name: string, value: unknown): INodeParameters => ({ options: { [name]: value } as INodeParameters });
const voice = (value: unknown): INodeParameters => ({ voiceId: { __rl: true, mode: 'id', value: expression(value) } });
const ssml = (text: string): INodeParameters => ({ text });
const FLAG = 'must be true or false (yes, no, on, off, 1 and 0 are taken too), but it is';

const SPEECH: Case[] = [
	['no text', { text: '={{ undefined }}' }, "'Text' is empty"],
	['a blank text', { text: '  \n\t ' }, "'Text' is empty"],
	['a record for a text', { text: expression({ a: 1 }) }, '\'Text\' must be text, but it is {"a":1}'],
	['a list for a text', { text: expression(['a', 'b']) }, '\'Text\' must be text, but it is ["a","b"]'],
	[
		'what is left of a record',
		{ text: '=Say {{ $json }}' },
		'\'Text\' holds "[object Object]", which is all that is left of a record within a text: take a field of it, such as {{ $json.person.name }}',
	],
	['signs that nobody speaks', { text: '… !!! 😀' }, "'Text' has no word in it that could be spoken"],
	[
		'half of an emoji',
		{ text: '={{ "Hi \\ud83d" }}' },
		"'Text' holds half a character: the text was cut in the middle of an emoji or the like. Cut it with [...text].slice(0, 100).join(\"\"), which counts whole characters",
	],
	['too long a text', { text: longText(5_080) }, "'Text' may have at most 5,000 characters, but has 5,120: shorten it, or switch the option 'Split Long Text' on"],
	['a tag that is not closed', ssml('<speak>Hi <break time="1s"> Ada</speak>'), '\'Text\' has <break> that is not closed before </speak> in line 1 ("<speak>Hi <break time="1s"> Ada</speak>"): end it with "/>" instead of ">"'],
	['a bare ampersand', ssml('<speak>\nTom & Jerry</speak>'), '\'Text\' has a "&" in line 2 ("Tom & Jerry</speak>"): write &amp; instead'],
	['a fence of Markdown', ssml('```xml\n<speak>Hi</speak>\n```'), '\'Text\' has a fence of Markdown in line 1 ("```xml"): give the SSML alone, without the fence and without what stands outside of it'],
	['tags without a word', ssml('<speak><break time="1s"/></speak>'), "'Text' has no word in it that could be spoken"],
	['two roots', ssml('<speak>a</speak><speak>b</speak>'), '\'Text\' has a second <speak> in line 1 ("<speak>a</speak><speak>b</speak>"): put everything into one'],
	['an attribute without quotes', ssml('Hi <break time=1s/> Ada'), '\'Text\' has <break> with the attribute time without quotes in line 1 ("Hi <break time=1s/> Ada"): write time="1s"'],
	[
		'plain text that is called SSML',
		{ text: 'a < b', ...option('inputType', 'ssml') },
		'\'Text\' has a "<" that begins no tag in line 1 ("a < b"): write &lt; instead; the name of a tag follows its "<" without a blank',
	],
	[
		'tags whose signs are replaced',
		{ text: '&lt;speak&gt;Hi&lt;/speak&gt;', ...option('inputType', 'ssml') },
		'\'Text\' has tags whose signs are replaced by &lt; and &gt; in line 1 ("&lt;speak&gt;Hi&lt;/speak&gt;"): give the text with < and >',
	],
	['no voice', voice(null), "'Voice' is empty"],
	['two voices', voice(['a', 'b']), '\'Voice\' takes one ID, but 2 were given: ["a","b"]'],
	['the name of a voice', voice('Ann – Calm'), '\'Voice\' is not an ID: "Ann – Calm" has a blank in it'],
	['a record of something else', voice({ name: 'Ann' }), '\'Voice\' must be an ID, but it is a record without voice_id or id: {"name":"Ann"}'],
	[
		"an address that is none of HeyGen's",
		voice('https://example.com/ann.mp3'),
		'\'Voice\' must be an ID, but it is an address: "https://example.com/ann.mp3". Only addresses of HeyGen\'s own pages are taken, such as https://app.heygen.com/videos/… with the ID at its end',
	],
	['too slow', option('speed', 0.49), "'Speed' must be a number from 0.5 to 2, but it is \"0.49\""],
	['too fast', option('speed', 2.01), "'Speed' must be a number from 0.5 to 2, but it is \"2.01\""],
	['a word for a speed', option('speed', '={{ "fast" }}'), "'Speed' must be a number from 0.5 to 2, but it is \"fast\""],
	['a language for a locale', option('locale', 'English'), "'Locale' must be the code of a language and its region, such as en-GB, but is \"English\""],
	['several languages', option('language', expression(['English', 'German'])), '\'Language\' must be text, but it is ["English","German"]'],
	['a list of input types', option('inputType', expression(['ssml'])), '\'Input Type\' must be one word, such as text, ssml, but it is ["ssml"]'],
	['an input type without its name', { options: { inputType: 'byName', inputTypeName: '={{ "" }}' } }, "'Input Type Name' is empty"],
	['a split that is neither on nor off', option('splitLongText', '={{ "perhaps" }}'), `'Split Long Text' ${FLAG} "perhaps"`],
	['a join that is neither on nor off', { options: { splitLongText: true, joinParts: '={{ "perhaps" }}' } }, `'Join Parts' ${FLAG} "perhaps"`],
	['a join of one text', { options: { splitLongText: '={{ false }}', joinParts: true } }, "'Join Parts' needs 'Split Long Text'"],
	['a check that is neither on nor off', option('checkBeforePaying', '={{ "x" }}'), `'Check Before Paying' ${FLAG} "x"`],
	['fields that are no JSON', option('additionalFields', '{"a":'), "'Additional Fields (JSON)' is no valid JSON: it ends too early: a closing bracket is missing"],
	['a field that is set already', { options: { speed: 1.5, additionalFields: '{"speed": 2}' } }, "'Speed' is 1.5, but 'Additional Fields (JSON) → speed' is 2"],
	['another text', option('additionalFields', '{"text": "Other"}'), "'Text' is \"Hi Ada\", but 'Additional Fields (JSON) → text' is \"Other\""],
	['a file that there is not', { download: expression(['video']) }, "'Download' has an unknown value: \"video\""],
	['a limit that is none', option('maximumCostPerItem', '={{ "a lot" }}'), "'Maximum Cost per Item' must be a number of 0 or more, but it is \"a lot\""],
	['an empty limit', option('minimumBalance', '={{ null }}'), "'Minimum Balance' is empty"],
	['a rate that is none', option('rate', 'cheap'), "'Rate' must be a number of 0 or more, but it is \"cheap\""],
	[
		'a key that HeyGen would not take',
		{ requestOptions: { idempotencyKey: 'row 7!' } },
		"'Idempotency Key' may hold only letters, digits and the signs _-:. and have 255 characters at most, but it is \"row 7!\"",
	],
	['a key that is neither on nor off', { requestOptions: { sendIdempotencyKey: '={{ "x" }}' } }, `'Send Idempotency Key' ${FLAG} "x"`],
	['no patience', { requestOptions: { queueTimeoutMinutes: -1 } }, "'Queue Timeout (Minutes)' must be a number above 0, but it is \"-1\""],
];

describe('Speech → Create', () => {
	it.each(SPEECH)('%s', async (_what, parameters, message) => {
		expect(await messageOf('speech', 'create', { voiceId: locator(VOICE), text: 'Hi Ada', ...parameters })).toBe(message);
	});

	it.each([
		['it has tags of SSML', ssml('<speak>Tom & Jerry</speak>')],
		["'Input Type' says that it is SSML", { text: 'a < b', ...option('inputType', 'ssml') }],
	])('says why a text is taken for SSML: %s', async (why, parameters) => {
		const error = errorOf(await runSpeech(sandbox(), 'speech', 'create', { voiceId: locator(VOICE), ...parameters }));
		expect(error.description).toBe(`The text is taken for SSML, since ${why}. If it is none, choose 'Plain Text' in the option 'Input Type'.`);
	});

	it('stops all items before the first one is paid for', async () => {
		const items = ['One', 'Two', ''].map((text) => ({ json: { text } }));
		const error = errorOf(await runSpeech(sandbox(), 'speech', 'create', { voiceId: locator(VOICE), text: '={{ $json.text }}' }, { items }));
		expect(error.message).toBe("'Text' is empty (item 3)");
		expect(sandbox().stats().requestsTotal).toBe(0);
	});
});

const audioUrl = (url: string): INodeParameters => ({ audioUrl: url });
const BY_FILE = "fetch the file with n8n's HTTP Request node (Response Format: File) and hand it over as a binary file";

const CLONE: Case[] = [
	['no name', { voiceName: '={{ undefined }}' }, "'Voice Name' is empty"],
	['several names', { voiceName: expression(['Ada', 'Bob']) }, '\'Voice Name\' must be text, but it is ["Ada","Bob"]'],
	['no address', audioUrl('={{ "" }}'), "'Audio URL' is empty"],
	['an address without encryption', audioUrl('http://example.com/a.mp3'), "'Audio URL' must be an address that starts with https://, but it is \"http://example.com/a.mp3\""],
	['a film', audioUrl('https://example.com/a.mp4'), "'Audio URL' is an MP4 video, but HeyGen takes only MP3 or WAV here"],
	['an address within the own network', audioUrl('https://10.0.0.1/a.mp3'), `'Audio URL' points into a private network, which HeyGen cannot reach: ${BY_FILE}`],
	['a page', audioUrl('https://example.com/listen'), `'Audio URL' does not say what file it is: the address must end in the extension of an MP3 or WAV file. Otherwise ${BY_FILE}`],
	[
		'a share link of Google Drive',
		audioUrl('https://drive.google.com/file/d/abc/view'),
		"'Audio URL' is a Google Drive page, which HeyGen cannot use as a file: fetch the file with n8n's Google Drive node (Download) and hand it over as a binary file",
	],
	['a picture in a data URL', audioUrl('data:image/png;base64,iVBORw0KGgo='), "'Audio URL' is a PNG image, but HeyGen takes only MP3 or WAV here"],
	['a broken data URL', audioUrl('data:audio/mpeg;base64,###'), "'Audio URL' is a data URL that is not in base64, or empty"],
	['no asset', { audioSource: 'assetId', audioAssetId: '={{ null }}' }, "'Audio Asset ID' is empty"],
	['no binary field', { audioSource: 'binary', audioBinaryPropertyName: '={{ "" }}' }, "'Audio Binary Field' is empty"],
	['a binary field that is not there', { audioSource: 'binary' }, "'Audio Binary Field': the item has no binary field \"data\""],
	['noise that is neither on nor off', option('removeBackgroundNoise', '={{ "x" }}'), `'Remove Background Noise' ${FLAG} "x"`],
	['a language that is none', option('language', expression({ a: 1 })), '\'Language\' must be text, but it is {"a":1}'],
	['a wait that is none', { waitForCompletion: true, ...option('timeoutMinutes', -5) }, "'Wait Timeout (Minutes)' must be a number of 0 or more, but it is \"-5\""],
];

describe('Voice → Clone', () => {
	it.each(CLONE)('%s', async (_what, parameters, message) => {
		const given = { voiceName: 'Ada', audioSource: 'url', audioUrl: 'https://example.com/ada.mp3', waitForCompletion: false, ...parameters };
		expect(await messageOf('voice', 'clone', given)).toBe(message);
	});

	it.each<[string, Buffer, string, string]>([
		['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'a.png', '\'Audio Binary Field\': "a.png" is a PNG image, but HeyGen takes only MP3 or WAV here'],
		['nothing', Buffer.alloc(0), 'a.mp3', '\'Audio Binary Field\': "a.mp3" is empty'],
	])('a file with %s', async (_what, content, fileName, message) => {
		const items = [await itemWith({ data: { fileName, mimeType: '', content } })];
		expect(await messageOf('voice', 'clone', { voiceName: 'Ada', audioSource: 'binary', waitForCompletion: false }, { items })).toBe(message);
	});
});

const WHOLE = 'must be a whole number of 1 or more, but it is';
const LIMIT = 'from 0 to 9,007,199,254,740,991';
const OTHERS: Array<[string, string, string, INodeParameters, string]> = [
	['no description', 'voice', 'design', { prompt: '={{ "" }}' }, "'Prompt' is empty"],
	['a seed below zero', 'voice', 'design', { prompt: 'calm', ...option('seed', -1) }, `'Seed' must be a whole number ${LIMIT}, but it is "-1"`],
	['no voices to find', 'voice', 'design', { prompt: 'calm', voiceCount: 0 }, `'Voices to Find' must be a whole number from 1 to 60, but it is "0"`],
	['half a voice', 'voice', 'design', { prompt: 'calm', voiceCount: '={{ 2.5 }}' }, `'Voices to Find' must be a whole number from 1 to 60, but it is "2.5"`],
	['an accent that is none', 'voice', 'design', { prompt: 'calm', ...option('locale', 'British') }, "'Locale' must be the code of a language and its region, such as en-GB, but is \"British\""],
	['no voice to delete', 'voice', 'delete', voice(null), "'Voice' is empty"],
	['a name to delete', 'voice', 'delete', voice('Jonas Bright'), '\'Voice\' is not an ID: "Jonas Bright" has a blank in it'],
	['no voice to read', 'voice', 'get', voice(''), "'Voice' is empty"],
	['no voice to wait for', 'voice', 'wait', voice(null), "'Voice' is empty"],
	['no records', 'voice', 'getAll', { limit: 0 }, `'Limit' ${WHOLE} "0"`],
	['a gender that HeyGen has not', 'voice', 'getAll', { filters: { gender: '={{ "they" }}' } }, "'Gender' must be one of female, male, but it is \"they\""],
	['an owner that HeyGen has not', 'voice', 'getAll', { filters: { ownership: '={{ "mine" }}' } }, "'Ownership' must be one of private, public, but it is \"mine\""],
	['several languages', 'voice', 'getAll', { filters: { language: expression(['a', 'b']) } }, '\'Language\' must be text, but it is ["a","b"]'],
	['no query', 'sound', 'getAll', { query: '={{ undefined }}' }, "'Query' is empty"],
	['a blank query', 'sound', 'getAll', { query: '   ' }, "'Query' is empty"],
	['a score above 1', 'sound', 'getAll', { query: 'rain', filters: { minScore: 1.5 } }, "'Minimum Score' must be a number from 0 to 1, but it is \"1.5\""],
	['a list of types', 'sound', 'getAll', { query: 'rain', type: expression(['music', 'rain']) }, '\'Type\' must be one word, such as music, sound_effects, but it is ["music","rain"]'],
];

describe('other operations', () => {
	it.each(OTHERS)('%s', async (_what, resource, operation, parameters, message) => {
		expect(await messageOf(resource, operation, parameters)).toBe(message);
	});
});
