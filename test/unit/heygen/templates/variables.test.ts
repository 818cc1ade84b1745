/** Values for variables of all types, in whatever form the template has them. */
import cloneDeep from 'lodash/cloneDeep';

import { FileToUpload, TEMPLATE_AUDIO, TEMPLATE_IMAGE } from '../../../../nodes/heygen/fileUses';
import { templateIn } from '../../../../nodes/heygen/templates/template';
import { recordWith } from '../../../../nodes/heygen/templates/variableRecords';
import { readVariable } from '../../../../nodes/heygen/templates/variableValues';

/** Names of the binary fields of the item. */
const FILES = ['logo', 'asset_1'];
const UPLOADED = new FileToUpload('logo', 'Variables → x', TEMPLATE_IMAGE);

/** What is sent for the variable x of a template; siblings are its other variables. */
function sent(record: unknown, type: string, given: unknown, siblings: Record<string, unknown> = {}): unknown {
	const template = { variables: { x: record, ...siblings }, scenes: [{ scene_id: 's1', variables: [{ name: 'x', variable_type: type }] }] };
	const before = cloneDeep(template);
	const { variables } = templateIn(template);
	const [variable] = variables;
	if (variable === undefined) throw new Error('There is no variable');
	const { value, problem } = readVariable(variable, given, { label: 'Variables → x', hasFile: (name) => FILES.includes(name) });
	if (problem !== undefined) return { problem };
	const result = value === undefined ? 'left out' : recordWith(variable, value, variables);
	expect(template).toEqual(before);
	return result;
}

const text = (properties: object) => ({ name: 'x', type: 'text', properties });
const image = (properties: object) => ({ name: 'x', type: 'image', properties });

describe('a text', () => {
	it.each<[record: unknown, given: unknown, result: unknown]>([
		[text({ content: 'Hi', size: 3 }), 'Yo', text({ content: 'Yo', size: 3 })],
		[text({ text: 'Hi' }), 'Yo', text({ text: 'Yo' })],
		[text({ content: null }), 'Yo', text({ content: 'Yo' })],
		[text({}), 'Yo', text({ content: 'Yo' })],
		[{ type: 'text' }, 'Yo', { type: 'text', properties: { content: 'Yo' } }],
		[{ type: 'text', value: 'Hi' }, 'Yo', { type: 'text', value: 'Yo' }],
		[{ type: 'text', value: { content: 'Hi' } }, 'Yo', { type: 'text', value: { content: 'Yo' } }],
		[{ content: 'Hi' }, 'Yo', { content: 'Yo' }],
		[{}, 'Yo', { content: 'Yo' }],
		['Hi', 'Yo', 'Yo'],
		[5, 'Yo', 'Yo'],
		[null, 'Yo', text({ content: 'Yo' })],
		[undefined, 'Yo', text({ content: 'Yo' })],
		// Digits are text, and blanks around a text are the user's.
		['Hi', 12.5, '12.5'],
		['Hi', 0, '0'],
		['Hi', ' Yo\n', ' Yo\n'],
		['Hi', '{"a": 1}', '{"a": 1}'],
		['Hi', new Date('2026-05-01T10:00:00Z'), '2026-05-01T10:00:00.000Z'],
		// Emptied on purpose, and left out.
		['Hi', '', ''],
		['Hi', ' \n', ''],
		[text({ content: 'Hi' }), '', text({ content: '' })],
		['Hi', null, 'left out'],
		['Hi', undefined, 'left out'],
		['Hi', {}, 'left out'],
		// Records are properties.
		[text({ content: 'Hi', size: 3 }), { content: 'Yo', size: 4, color: 'red' }, text({ content: 'Yo', size: 4, color: 'red' })],
		[text({ content: 'Hi' }), { text: 'Yo' }, text({ content: 'Yo' })],
		[text({ content: 'Hi' }), { content: '' }, text({ content: '' })],
		[text({ content: 'Hi' }), { name: 'x', type: 'text', properties: { content: 'Yo' } }, text({ content: 'Yo' })],
		[text({ content: 'Hi' }), { type: 'text', content: 'Yo' }, text({ content: 'Yo' })],
		[text({ content: 'Hi', size: 3 }), { size: 4 }, text({ content: 'Hi', size: 4 })],
		[text({ content: 'Hi', size: 3 }), { name: 'x', type: 'text', properties: { size: 4 } }, text({ content: 'Hi', size: 4 })],
		[text({ content: 'Hi' }), { content: '', text: 'Yo' }, text({ content: 'Yo' })],
		[{ text: { content: 'Hi' }, size: 3 }, { text: { content: 'Yo' }, size: 4 }, { text: { content: 'Yo' }, size: 4 }],
		[text({ content: 'Hi' }), text({ content: null }), 'left out'],
		['Hi', { content: 'Yo', size: 4 }, text({ content: 'Yo', size: 4 })],
		// Refused.
		['Hi', ['Yo'], { problem: expect.stringMatching(/^must be text, but it is \["Yo"\]/) as string }],
		['Hi', { en: 'Sale', de: 'Angebot' }, { problem: 'must be text, but it is {"en":"Sale","de":"Angebot"}' }],
		[text({ content: 'Hi', size: 3 }), { size: 4, de: 'Angebot' }, { problem: expect.stringMatching(/^must be text, but it is \{/) as string }],
		[text({ content: 'Hi' }), { size: 4 }, { problem: 'must be text, but it is {"size":4}' }],
		[text({ content: 'Hi', size: 3 }), { text: { size: 4 } }, { problem: expect.stringMatching(/^must be text/) as string }],
		[text({ content: 'Hi' }), { text: { x: 1 } }, { problem: expect.stringMatching(/^must be text/) as string }],
		[text({ content: 'Hi' }), { content: {} }, { problem: expect.stringMatching(/^must be text/) as string }],
		[text({ content: 'Hi' }), { id: 'x', name: 'y' }, { problem: expect.stringMatching(/^must be text/) as string }],
		['Hi', true, { problem: expect.stringMatching(/^must be text/) as string }],
		['Hi', NaN, { problem: expect.stringMatching(/^must be text/) as string }],
		['Hi', '#N/A', { problem: expect.stringMatching(/^holds "#N\/A"/) as string }],
		['Hi', 'Dear [object Object]', { problem: expect.stringMatching(/\[object Object\]/) as string }],
		['Hi', '\ud83d', { problem: expect.stringMatching(/half a character/) as string }],
	])('%j given %j is %j', (record, given, result) => {
		expect(sent(record, 'text', given)).toEqual(result);
	});
});

describe('a file', () => {
	const url = 'https://example.com/b.webp';

	it.each<[record: unknown, given: unknown, result: unknown]>([
		// A URL in all forms of records, in the place of an asset and of a URL.
		[image({ url: 'https://example.com/a.png', fit: 'cover' }), url, image({ url, fit: 'cover' })],
		[image({ url: null, asset_id: 'a1', fit: 'cover' }), url, image({ url, fit: 'cover' })],
		[{ type: 'image', asset_id: 'a1', fit: 'crop' }, url, { type: 'image', url, fit: 'crop' }],
		[{ type: 'asset_id', asset_id: 'a1' }, url, { type: 'url', url }],
		[{ image: { type: 'asset_id', asset_id: 'a1' }, volume: 1 }, url, { image: { type: 'url', url }, volume: 1 }],
		[{ type: 'image', properties: { image: { type: 'asset_id', asset_id: 'a1' } } }, url, { type: 'image', properties: { image: { type: 'url', url } } }],
		[{ image_asset_id: 'a1', fit: 'crop' }, url, { image_url: url, fit: 'crop' }],
		[{ value: 'a1', fit: 'crop' }, url, { value: url, fit: 'crop' }],
		[image({ fit: 'crop' }), url, image({ fit: 'crop', url })],
		['a1', url, url],
		[null, url, image({ url })],
		// An asset.
		[image({ url: 'https://example.com/a.png', fit: 'cover' }), 'asset_2b', image({ asset_id: 'asset_2b', fit: 'cover' })],
		[{ type: 'url', url: 'https://example.com/a.png' }, 'asset_2b', { type: 'asset_id', asset_id: 'asset_2b' }],
		[{ image_url: 'https://example.com/a.png' }, 'asset_2b', { image_asset_id: 'asset_2b' }],
		[image({ url: 'x' }), 42, image({ asset_id: '42' })],
		[image({ url: 'x' }), 'https://app.heygen.com/assets/0123456789abcdef', image({ asset_id: '0123456789abcdef' })],
		// A file of the item, also where an asset could have the name.
		[image({ url: 'x', fit: 'cover' }), 'logo', image({ asset_id: UPLOADED, fit: 'cover' })],
		[image({ asset_id: 'a1' }), ' asset_1 ', image({ asset_id: new FileToUpload('asset_1', 'Variables → x', TEMPLATE_IMAGE) })],
		['a1', 'logo', UPLOADED],
		[null, 'logo', image({ asset_id: UPLOADED })],
		[image({ url: 'x' }), ['logo'], image({ asset_id: UPLOADED })],
		[
			image({ url: 'x' }),
			{ mimeType: 'image/png', fileName: 'a.png', id: 'f1' },
			image({ asset_id: new FileToUpload({ mimeType: 'image/png', fileName: 'a.png', id: 'f1' }, 'Variables → x', TEMPLATE_IMAGE) }),
		],
		// Records: properties, a union, HeyGen's form, HeyGen's asset, JSON text.
		[image({ url: 'x', fit: 'cover' }), { url, fit: 'none' }, image({ url, fit: 'none' })],
		[image({ url: 'x', fit: 'cover' }), { fit: 'none' }, image({ url: 'x', fit: 'none' })],
		[image({ url: 'x' }), { type: 'url', url }, image({ url })],
		[image({ url: 'x' }), { name: 'x', type: 'image', properties: { asset_id: 'asset_2b', fit: 'none' } }, image({ asset_id: 'asset_2b', fit: 'none' })],
		[image({ url: 'x' }), { asset_id: 'asset_2b', url, mime_type: 'image/png', size_bytes: 5 }, image({ asset_id: 'asset_2b' })],
		[image({ url: 'x' }), { json: { asset_id: 'asset_2b' } }, image({ asset_id: 'asset_2b' })],
		[image({ url: 'x' }), JSON.stringify({ url }), image({ url })],
		[image({ url: 'x' }), { asset_id: 'logo' }, image({ asset_id: UPLOADED })],
		[image({ url: 'x' }), { id: 'asset_123' }, image({ asset_id: 'asset_123' })],
		[image({ url: 'x' }), { id: 'asset_123', kind: 'file', fit: 'none' }, image({ asset_id: 'asset_123', fit: 'none' })],
		[image({ url: 'x' }), '{"id": "asset_123"}', image({ asset_id: 'asset_123' })],
		[image({ url: 'x' }), { data: { asset_id: 'asset_2b' } }, image({ asset_id: 'asset_2b' })],
		[{ value: 'a1', fit: 'crop' }, { value: url, fit: 'none' }, { value: url, fit: 'none' }],
		[{ type: 'image', name: 'x', url: 'x' }, { type: 'image', name: 'x', url, fit: 'none' }, { type: 'image', name: 'x', url, fit: 'none' }],
		// Records within records, as the template has them.
		[{ image: { type: 'asset_id', asset_id: 'a1' }, volume: 1 }, { image: { type: 'url', url }, volume: 0.5 }, { image: { type: 'url', url }, volume: 0.5 }],
		[{ image: { type: 'asset_id', asset_id: 'a1' }, volume: 1 }, { url, volume: 0.5 }, { image: { type: 'url', url }, volume: 0.5 }],
		[{ image: { type: 'asset_id', asset_id: 'a1' }, volume: 1 }, { volume: 0.5 }, { image: { type: 'asset_id', asset_id: 'a1' }, volume: 0.5 }],
		[{ image: { asset_id: 'a1' } }, { image: { asset_id: 'logo' } }, { image: { asset_id: UPLOADED } }],
		// The picture itself, and not the one that shows it.
		[
			{ type: 'image', properties: { thumbnail: { url: 'x' } } },
			url,
			{ type: 'image', properties: { thumbnail: { url: 'x' }, url } },
		],
		[{ type: 'url', url: 'x' }, { fit: 'none' }, { type: 'url', url: 'x', fit: 'none' }],
		// Empty: the template's own stays.
		[image({ url: 'x' }), '', 'left out'],
		[image({ url: 'x' }), null, 'left out'],
		[image({ url: 'x' }), {}, 'left out'],
		[image({ url: 'x' }), { url: '' }, 'left out'],
	])('%j given %j is %j', (record, given, result) => {
		expect(sent(record, 'image', given)).toEqual(result);
	});

	it.each<[given: unknown, problem: RegExp]>([
		['data:image/png;base64,iVBORw0KGgo=', /^holds the file itself, which HeyGen does not take here/],
		['http://example.com/a.png', /^must be an address that starts with https/],
		['https://localhost/a.png', /^points into a private network/],
		['https://drive.google.com/file/d/1/view', /^is a Google Drive page/],
		['https://example.com/page.html', /^is a web page/],
		['https://example.com/a.mp3', /^is an MP3 audio file, but HeyGen takes only PNG or JPEG here|^is .*, but HeyGen takes only/],
		['www.example.com/a.png', /^must be an address that starts with https/],
		['//example.com/a.png', /^must be an address/],
		['picture', /^must be the name of a binary field of the item, an address that starts with https:\/\/ or an asset ID, but it is "picture"/],
		['photo.png', /^must be the name of a binary field/],
		['a1, b2', /has a comma in it/],
		[['a1', 'b2'], /^must be one file/],
		[[], /^must be one file/],
		[true, /^must be an ID/],
		[{ url: 'ftp://example.com/a.png' }, /^must be an address that starts with https/],
		[{ url: { a: 1 } }, /^must be an address that starts with https/],
		['[object Object]', /\[object Object\]/],
		[{ link: 'https://example.com/b.png' }, /^must be the name of a binary field .*, but it is \{"link"/],
		['{"src": "https://example.com/b.png"}', /^must be the name of a binary field/],
		[{ fit: 'none', src: 'x' }, /^must be the name of a binary field/],
		[{ asset_id: { fit: 'none' } }, /^must be the name of a binary field/],
		[{ asset_id: {}, fit: 'none' }, /^must be the name of a binary field/],
		[{ filename: 'a.png', mimetype: 'image/png', size: 5 }, /^must be the name of a binary field/],
		[{ name: 'logo', mime_type: 'image/png' }, /^must be the name of a binary field/],
		[{ id: 'picture' }, /^must be the name of a binary field/],
	])('is not %j', (given, problem) => {
		expect(sent(image({ url: 'x' }), 'image', given)).toEqual({ problem: expect.stringMatching(problem) as string });
	});

	it('is checked for what it is', () => {
		expect(sent({ type: 'audio', url: 'x' }, 'audio', 'logo')).toEqual({ type: 'audio', asset_id: new FileToUpload('logo', 'Variables → x', TEMPLATE_AUDIO) });
		expect(sent({ type: 'audio', url: 'x' }, 'audio', 'https://example.com/a.ogg')).toEqual({ type: 'audio', url: 'https://example.com/a.ogg' });
	});

	it('of an unknown kind takes any address', () => {
		expect(sent({ type: 'url', url: 'x' }, '', 'https://example.com/file')).toEqual({ type: 'url', url: 'https://example.com/file' });
		expect(sent({ type: 'url', url: 'x' }, '', 'data:text/plain,x')).toEqual({ problem: expect.stringMatching(/^holds the file itself/) as string });
		expect(sent({ type: 'url', url: 'x' }, '', 'http://example.com/')).toEqual({ problem: expect.stringMatching(/^must be an address/) as string });
	});
});

describe('a voice or a character', () => {
	const voice = { type: 'voice', properties: { voice_id: 'v1', locale: 'en-US' } };
	const changed = (voice_id: string, more: object = {}) => ({ type: 'voice', properties: { voice_id, locale: 'en-US', ...more } });

	it.each<[type: string, record: unknown, given: unknown, result: unknown]>([
		['voice', voice, 'v2', changed('v2')],
		['voice', voice, ' v2 ', changed('v2')],
		['voice', voice, { voice_id: 'v2', locale: 'de-DE' }, changed('v2', { locale: 'de-DE' })],
		['voice', voice, { locale: 'de-DE' }, changed('v1', { locale: 'de-DE' })],
		['voice', voice, { voice_id: 'v2', name: 'Anna', language: 'German', type: 'public' }, changed('v2')],
		['voice', voice, { id: 'v2', name: 'Anna' }, changed('v2')],
		['voice', voice, { __rl: true, mode: 'id', value: 'v2' }, changed('v2')],
		['voice', voice, '{"voice_id": "v2"}', changed('v2')],
		['voice', voice, { id: 'v2' }, changed('v2')],
		['voice', voice, { id: 'v2', language: 'German' }, changed('v2')],
		['voice', voice, { id: 'v2', locale: 'de-DE' }, changed('v2', { locale: 'de-DE' })],
		['voice', voice, { name: 'x', type: 'voice', voice_id: 'v2', locale: 'de-DE' }, changed('v2', { locale: 'de-DE' })],
		[
			'voice',
			{ type: 'voice', properties: { voice_id: 'v1', name: 'Ann' } },
			{ name: 'x', type: 'voice', properties: { voice_id: 'v2', name: 'Bob', speed: 2 } },
			{ type: 'voice', properties: { voice_id: 'v2', name: 'Bob', speed: 2 } },
		],
		['voice', { voice_id: 'v1' }, { locale: 'de-DE' }, { voice_id: 'v1', locale: 'de-DE' }],
		['voice', voice, { __rl: true, mode: 'id', value: '' }, 'left out'],
		['voice', voice, { voice_id: null }, 'left out'],
		['voice', voice, { voice: 'v2' }, { problem: 'must be an ID, or a record with voice_id or id, but it is {"voice":"v2"}' }],
		['voice', voice, { locale: 'de-DE', voice: 'v2' }, { problem: expect.stringMatching(/^must be an ID/) as string }],
		['voice', voice, { name: 'Anna' }, { problem: expect.stringMatching(/^must be an ID/) as string }],
		['voice', voice, { voice_id: {} }, { problem: expect.stringMatching(/^must be an ID/) as string }],
		['voice', voice, '', 'left out'],
		['voice', 'v1', 'v2', 'v2'],
		['voice', null, 'v2', { name: 'x', type: 'voice', properties: { voice_id: 'v2' } }],
		['character', { character_id: 'c1', type: 'avatar', scale: 1 }, 'c2', { character_id: 'c2', type: 'avatar', scale: 1 }],
		['character', { avatar_id: 'c1' }, { avatar_id: 'c2' }, { avatar_id: 'c2' }],
		['character', { character_id: 'c1', type: 'avatar' }, { character_id: 'c2', type: 'talking_photo' }, { character_id: 'c2', type: 'talking_photo' }],
		['character', { character_id: 'c1' }, { look_id: 'c2', name: 'Ann in the office', group_id: 'g1' }, { character_id: 'c2' }],
		['character', { character_id: 'c1' }, 'https://app.heygen.com/avatars/0123456789abcdef', { character_id: '0123456789abcdef' }],
		// What the user names counts, and what names another character goes.
		['character', { type: 'avatar', avatar_id: 'a1' }, { talking_photo_id: 't9', type: 'talking_photo' }, { type: 'talking_photo', talking_photo_id: 't9' }],
		['character', { type: 'avatar', avatar_id: 'a1' }, { talking_photo_id: 't9' }, { type: 'talking_photo', talking_photo_id: 't9' }],
		['character', { type: 'avatar', avatar_id: 'a1' }, { character_id: 't9', type: 'talking_photo' }, { type: 'talking_photo', talking_photo_id: 't9' }],
		['character', { type: 'talking_photo', talking_photo_id: 'p1', scale: 2 }, { avatar_id: 'a9' }, { type: 'avatar', avatar_id: 'a9', scale: 2 }],
		['character', { type: 'talking_photo', character_id: 'p1' }, { avatar_id: 'a9' }, { type: 'talking_photo', character_id: 'a9' }],
		['character', { type: 'avatar', character_id: 'a1' }, { talking_photo_id: 't9' }, { type: 'talking_photo', character_id: 't9' }],
		['character', { type: 'avatar', avatar_id: 'a1', talking_photo_id: null }, 'a9', { type: 'avatar', avatar_id: 'a9' }],
		['character', { type: 'avatar', character_id: 'a1', avatar_id: 'a1' }, 'a9', { type: 'avatar', character_id: 'a9' }],
		['character', { type: 'avatar', avatar_id: 'a1' }, { id: 'a9', name: 'Ann', type: 'studio' }, { type: 'avatar', avatar_id: 'a9' }],
		['character', { type: 'avatar', avatar_id: 'a1' }, { type: 'talking_photo', scale: 2 }, { problem: expect.stringMatching(/^must be an ID/) as string }],
		['character', null, { talking_photo_id: 't9' }, { name: 'x', type: 'character', properties: { talking_photo_id: 't9' } }],
		['voice', voice, 'two words', { problem: expect.stringMatching(/has a blank in it/) as string }],
		['voice', voice, ['v1', 'v2'], { problem: expect.stringMatching(/^takes one ID/) as string }],
		['voice', voice, 'https://example.com/v2', { problem: expect.stringMatching(/^must be an ID, but it is an address/) as string }],
		['character', { character_id: 'c1' }, true, { problem: expect.stringMatching(/^must be an ID/) as string }],
	])('%s %j given %j is %j', (type, record, given, result) => {
		expect(sent(record, type, given)).toEqual(result);
	});
});

describe('a type that came later', () => {
	const mood = { type: 'mood', properties: { level: 3, color: 'red' } };

	it.each<[record: unknown, given: unknown, result: unknown]>([
		[mood, { level: 4 }, { type: 'mood', properties: { level: 4, color: 'red' } }],
		[mood, '{"level": 4}', { type: 'mood', properties: { level: 4, color: 'red' } }],
		[mood, { name: 'x', type: 'mood', level: 4 }, { type: 'mood', properties: { level: 4, color: 'red' } }],
		[mood, { name: 'wild', level: 4 }, { type: 'mood', properties: { name: 'wild', level: 4, color: 'red' } }],
		[mood, {}, 'left out'],
		[mood, [1, 2], [1, 2]],
		[mood, '[1, 2]', [1, 2]],
		[mood, 7, 7],
		[mood, false, false],
		[mood, '', 'left out'],
		[{ type: 'mood', content: 'calm' }, 'wild', { type: 'mood', content: 'wild' }],
		['calm', 'wild', 'wild'],
		[null, 'wild', { name: 'x', type: 'mood', properties: { content: 'wild' } }],
		[mood, NaN, { problem: expect.stringMatching(/must be text/) as string }],
	])('%j given %j is %j', (record, given, result) => {
		expect(sent(record, 'mood', given)).toEqual(result);
	});
});

describe('a variable without a record', () => {
	it.each<[siblings: Record<string, unknown>, type: string, result: unknown]>([
		[{}, 'text', text({ content: 'Yo1' })],
		[{}, 'image', image({ asset_id: 'Yo1' })],
		[{ y: 'Hi' }, 'text', 'Yo1'],
		[{ y: { content: 'Hi' } }, 'text', { content: 'Yo1' }],
		[{ y: { type: 'text', content: 'Hi' } }, 'text', { type: 'text', content: 'Yo1' }],
		[{ y: { name: 'y', type: 'text', content: 'Hi' } }, 'text', { name: 'x', type: 'text', content: 'Yo1' }],
		[{ y: text({ content: 'Hi' }) }, 'text', text({ content: 'Yo1' })],
		[{ y: { type: 'asset_id', asset_id: 'a1' } }, 'image', { type: 'asset_id', asset_id: 'Yo1' }],
		[{ y: null, z: { type: 'text', content: 'Hi' } }, 'image', { type: 'image', asset_id: 'Yo1' }],
		// One of the same type says more.
		[{ y: { type: 'url', url: 'x' }, z: 'Hi' }, 'text', 'Yo1'],
		[{ y: text({ content: 'Hi' }), z: { type: 'image', asset_id: 'a1' } }, 'image', { type: 'image', asset_id: 'Yo1' }],
	])('beside %j, as %s, is %j', (siblings, type, result) => {
		expect(sent(null, type, 'Yo1', siblings)).toEqual(result);
	});
});
