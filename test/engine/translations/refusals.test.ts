/** What is wrong with a translation is told before any request is made, by the name that the editor has for the field. */
import type { INodeParameters } from 'n8n-workflow';
import { itemWith } from '../support/assetSupport';
import { itemWithFilm } from '../support/postSupport';
import { errorOf, expression, useSandbox, useTiming } from '../support/support';
import { into, LIST_LANGUAGES, runTranslation } from '../support/translationSupport';

useTiming();
const sandbox = useSandbox();

/** The error of a create, and what was asked of HeyGen for it. */
async function refused(parameters: INodeParameters, options: Parameters<typeof runTranslation>[4] = {}): Promise<{ error: Error & { description?: string | null }; asked: string[] }> {
	const error = errorOf(await runTranslation(sandbox(), 'translation', 'create', into('German', parameters), options));
	return { error, asked: sandbox().requests().map(({ method, template }) => `${method} ${String(template)}`) };
}

const option = (name: string, value: unknown): INodeParameters => ({ options: { [name]: value } as INodeParameters });
const url = (videoUrl: string): INodeParameters => ({ videoUrl });
const text = (words: string): INodeParameters => option('srt', { content: { text: expression(words) } });

const CUE = '1\n00:00:01,000 --> 00:00:02,000\nHi';

/** What is wrong, and how the message goes. */
const WRONG: Array<[string, INodeParameters, string]> = [
	['no address', url("={{ '' }}"), "'Video URL' is empty"],
	['no binary field', { videoSource: 'binary', videoBinaryPropertyName: "={{ '' }}" }, "'Video Binary Field' is empty"],
	['a binary field that is not there', { videoSource: 'binary' }, "'Video Binary Field': the item has no binary field \"data\""],
	['no asset', { videoSource: 'assetId', videoAssetId: '={{ undefined }}' }, "'Video Asset ID' is empty"],
	['an address that is none', url('webinar.mp4'), "'Video URL' "],
	['an address without encryption', url('http://example.com/a.mp4'), "'Video URL' "],
	['an address within the own network', url('https://192.168.1.5/a.mp4'), "'Video URL' points into a private network"],
	['an address with a login', url('https://me:secret@example.com/a.mp4'), "'Video URL' carries a login"],
	['a share link of Google Drive', url('https://drive.google.com/file/d/abc/view?usp=sharing'), "'Video URL' is a Google Drive page, which HeyGen cannot use as a file: fetch the file with n8n's Google Drive node (Download) and hand it over as a binary file"],
	['a share link of Dropbox', url('https://www.dropbox.com/s/abc/a.mp4?dl=0'), "'Video URL' is a Dropbox page, which HeyGen cannot use as a file: end the address in ?raw=1"],
	['a page', url('https://example.com/watch.html'), "'Video URL' is a web page, which HeyGen cannot use as a file"],
	['an image', url('https://example.com/a.png'), "'Video URL' is a PNG image, but HeyGen takes only MP4 or WebM here"],
	['an address without an extension', url('https://example.com/video'), "'Video URL' does not say what file it is"],
	['no language', { outputLanguages: '={{ [] }}' }, "'Output Language Names or IDs' is empty"],
	['blanks for languages', { outputLanguages: '={{ " , " }}' }, "'Output Language Names or IDs' is empty"],
	['a record for a language', { outputLanguages: expression([{ row: 7 }]) }, "'Output Language Names or IDs' takes names of languages, but holds {\"row\":7}"],
	['no mode', { mode: 'byName', modeName: '' }, "'Mode Name' is empty"],
	['a start that is no number', option('startTime', '={{ "soon" }}'), "'Start Time (Seconds)' must be"],
	['a start before the beginning', option('startTime', -1), "'Start Time (Seconds)' must be"],
	['a time of day', option('endTime', '={{ "1:30" }}'), "'End Time (Seconds)' must be"],
	['an end before the start', { options: { startTime: 9, endTime: 3 } }, "'End Time (Seconds)' must be after the start, which is at 9 s, but is at 3 s"],
	['an end at the start', { options: { startTime: 3, endTime: 3 } }, "'End Time (Seconds)' must be after the start"],
	['an end at the beginning', option('endTime', 0), "'End Time (Seconds)' must be more than 0"],
	['no speaker', option('speakerNum', 0), "'Number of Speakers' must be a whole number of 1 or more, but it is \"0\""],
	['half a speaker', option('speakerNum', 1.5), "'Number of Speakers' must be a whole number of 1 or more"],
	['a flag that is none', option('enableCaption', '={{ "perhaps" }}'), "'Captions' must be true or false"],
	['a role without subtitles', option('srtRole', 'input'), "'Subtitles Role' says what the subtitles are in, but 'Subtitles' holds none"],
	['frame timing without own audio', option('fpsMode', 'cfr'), "'Frame Timing' works with 'Own Audio' only"],
	['preferred voices that are not to be used', { options: { useStockVoice: false, preferredStockVoiceIds: 'v1' } }, "'Preferred Stock Voice IDs' names voices, but 'Use Stock Voice' is off"],
	['subtitles by several ways', option('srt', { address: { url: 'https://example.com/a.srt' }, asset: { assetId: 'a1' } }), "'Subtitles' has more than one source: a text, a URL, an asset ID or a binary field"],
	['subtitles of another kind', option('srt', { address: { url: 'https://example.com/a.vtt' } }), "'Subtitles → Subtitles URL' is a WebVTT subtitle file, but HeyGen takes only SRT here"],
	['subtitles that are none', text('Hello there'), "'Subtitles → Subtitles Text' is no SRT"],
	['subtitles with a wrong number', text(`${CUE}\n\n3\n00:00:03,000 --> 00:00:04,000\nHo`), "'Subtitles → Subtitles Text' has the number 3 in line 5 where 2 should be"],
	['subtitles with an overlap', text(`${CUE}\n\n2\n00:00:01,500 --> 00:00:04,000\nHo`), "'Subtitles → Subtitles Text' has cues that overlap"],
	['audio of another kind', option('audio', { address: { url: 'https://example.com/a.mp4' } }), "'Own Audio → Audio URL' is an MP4 video, but HeyGen takes only MP3 or WAV here"],
	['a share link for audio', option('audio', { address: { url: 'https://drive.google.com/file/d/abc/view' } }), "'Own Audio → Audio URL' is a Google Drive page"],
	['a file that is not made', { download: ['subtitles'] }, "'Download' asks for the file 'Subtitles', but 'Captions' is off"],
	['another file that is not made', { download: ['webVtt'], options: { enableCaption: false } }, "'Download' asks for the file 'WebVTT Subtitles', but 'Captions' is off"],
	['a file that there is not', { download: expression(['thumbnail']) }, "'Download' has an unknown value: \"thumbnail\""],
	['a webhook that cannot be called', { requestOptions: { callbackUrl: 'http://localhost/hook' } }, "'Callback URL' "],
	['a key that HeyGen would not take', { requestOptions: { idempotencyKey: 'row 7!' } }, "'Idempotency Key' may hold only"],
	['a key for a batch', { requestOptions: { idempotencyKey: 'row-7', sendAsBatch: true } }, "'Idempotency Key' cannot be combined with 'Send as Batch'"],
	['fields that are no JSON', option('additionalFields', '{"a":'), "'Additional Fields (JSON)' "],
	['a field that is set already', option('additionalFields', '{"mode":"precision"}'), "'Mode' is \"speed\", but 'Additional Fields (JSON) → mode' is \"precision\""],
	['a wait that is none', option('timeoutMinutes', -5), "'Wait Timeout (Minutes)' must be"],
	['a limit that is none', option('maximumCostPerItem', '={{ "a lot" }}'), "'Maximum Cost per Item' must be"],
];

it.each(WRONG)('%s', async (_what, parameters, message) => {
	const { error, asked } = await refused(parameters);
	expect(error.message).toContain(message);
	expect(error.message).toMatch(/\(item 1\)$/);
	expect(asked).toEqual([]);
});

describe('what only HeyGen knows, or the files', () => {
	it.each<[string, unknown, string]>([
		['a typing error', 'Spanish (Spian)', 'holds "Spanish (Spian)", which HeyGen does not have: did you mean Spanish (Spain)?'],
		['a language that there is not', 'Klingon', 'holds "Klingon", which is not one of HeyGen\'s languages'],
		['a country that HeyGen does not name', 'es-CO', 'did you mean'],
	])('is refused with one look into its list: %s', async (_what, outputLanguages, message) => {
		const { error, asked } = await refused({ outputLanguages: outputLanguages as string });
		expect(error.message).toContain(message);
		expect(asked).toEqual([LIST_LANGUAGES]);
	});

	it('is a part that begins after the end', async () => {
		const { error, asked } = await refused({ videoSource: 'binary', options: { startTime: 90 } }, { items: [await itemWithFilm()] });
		expect(error.message).toMatch(/^'Start Time \(Seconds\)' is 90, but the video is only \d+(\.\d)? seconds long/);
		expect(asked).toEqual([]);
	});

	it.each<[string, string, string]>([
		['audio', 'Audio', 'data'],
		['srt', 'Subtitles', ' data '],
	])('is one binary field for the film and its %s', async (name, label, binaryPropertyName) => {
		const parameters = { videoSource: 'binary', ...option(name, { file: { binaryPropertyName } }) };
		const { error, asked } = await refused(parameters, { items: [await itemWithFilm()] });
		expect(error.message).toBe(`'Video Binary Field' and '${label} Binary Field' both name the binary field "data", but take different kinds of files (item 1)`);
		expect(asked).toEqual([]);
	});

	it('is own sound for several languages', async () => {
		const audio = { audio: { address: { url: 'https://example.com/german.mp3' } } };
		const { error } = await refused({ outputLanguages: 'German, French', options: audio });
		expect(error.message).toContain("'Own Audio' is in one language, but the item asks for 2 languages");
		expect(error.description).toContain('Give every language an item of its own');
	});

	it('is subtitles in the output language for several languages', async () => {
		const options = { srt: { content: { text: CUE } }, srtRole: 'output' };
		expect((await refused({ outputLanguages: 'German, French', options })).error.message).toContain("'Subtitles' is in one language, but the item asks for 2 languages");
	});

	it.each<[string, Buffer, string, string]>([
		['an image', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'a.png', 'is a PNG image, but HeyGen takes only MP4 or WebM here'],
		['nothing', Buffer.alloc(0), 'a.mp4', 'is empty: '],
		['another format', Buffer.from('1a45dfa3', 'hex'), 'a.mp4', ''],
	])('is a file with %s', async (_what, content, fileName, message) => {
		const item = await itemWith({ data: { fileName, mimeType: '', content } });
		const { error, asked } = await refused({ videoSource: 'binary' }, { items: [item] });
		expect(error.message).toContain(`'Video Binary Field': "${fileName}"`);
		expect(error.message).toContain(message.replace(': ', ''));
		expect(asked).toEqual([]);
	});

	it('stops all items before the first one is paid for', async () => {
		const items = ['German', 'French', 'Klingon'].map((language) => ({ json: { language } }));
		const { error, asked } = await refused({ outputLanguages: '={{ $json.language }}' }, { items });
		expect(error.message).toContain('(item 3)');
		expect(asked).toEqual([LIST_LANGUAGES]);
	});
});
