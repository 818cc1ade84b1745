import type { IDataObject } from 'n8n-workflow';
import { z, type ZodTypeAny } from 'zod';

import { EngineError } from '../../../../nodes/engine/basics/errors';
import { checkBody as checkNamedBody } from '../../../../nodes/engine/item/checkBody';
import { AGENT_FILE, FileToUpload, InlineFile, RENDER_IMAGE, SPEECH, UPLOAD } from '../../../../nodes/heygen/fileUses';
import { AGENT_FILES_MAX, FOLDER_NAME_MAX_CHARACTERS } from '../../../../nodes/heygen/limits';
import { avatarVideo } from '../../../../nodes/heygen/schemas/avatarVideo';
import {
	changedBrandGlossary,
	changedBrandKit,
	newBrandGlossary,
	newBrandKit,
} from '../../../../nodes/heygen/schemas/brand';
import { assetId, assetInput, assetInputs, binaryFile, fileUrl } from '../../../../nodes/heygen/schemas/files';
import { newFolder } from '../../../../nodes/heygen/schemas/folder';
import { validateAgainstContract } from '../../../sandbox/server/contract';

/** Files in bodies, and the small bodies of brands and folders, as `checkBody` passes or refuses them. */

/** Checks a body whose places go by their names in the API. */
function checkBody(schema: ZodTypeAny, body: IDataObject): IDataObject {
	return checkNamedBody(schema, body, new Map());
}

/** The message of a body that is not right. */
function refusal(schema: ZodTypeAny, body: IDataObject): string {
	try {
		checkBody(schema, body);
	} catch (error) {
		expect(error).toBeInstanceOf(EngineError);
		expect((error as EngineError).kind).toBe('input');
		return (error as EngineError).message;
	}
	throw new Error(`accepted: ${JSON.stringify(body)}`);
}

/** A body as the engine fills it: files in it are objects. */
const body = (fields: Record<string, unknown>) => fields as IDataObject;
const file = new FileToUpload('data', 'Image Binary Field');

describe('a binary field', () => {
	const schema = z.object({ file: binaryFile(RENDER_IMAGE) });

	it('keeps its source, its parameter and its name, and gets what HeyGen takes it for', () => {
		const named = new FileToUpload('data', 'Logo', UPLOAD, 'logo.png');
		const { file: passed } = checkBody(schema, body({ file: named })) as unknown as { file: FileToUpload };
		expect(passed).toBeInstanceOf(FileToUpload);
		expect({ ...passed }).toEqual({ source: 'data', parameter: 'Logo', use: RENDER_IMAGE, name: 'logo.png' });
		// The one that was given may go to other places too.
		expect(named.use).toBe(UPLOAD);
	});

	it.each([undefined, 'data', {}])('is not %j', (value) => {
		expect(refusal(schema, body({ file: value }))).toMatch(/^'File' /);
	});
});

describe('an asset id', () => {
	const schema = z.object({ audio_asset_id: assetId(SPEECH) });

	it('is text, a number or a binary field', () => {
		expect(checkBody(schema, { audio_asset_id: 'a1' })).toEqual({ audio_asset_id: 'a1' });
		expect(checkBody(schema, { audio_asset_id: 17 })).toEqual({ audio_asset_id: '17' });
		expect(checkBody(schema, body({ audio_asset_id: file }))).toEqual({ audio_asset_id: file.for(SPEECH) });
	});

	it('is nothing else', () => {
		expect(refusal(schema, { audio_asset_id: true })).toBe(`'Audio Asset ID' must be an ID, but it is "true"`);
		expect(refusal(schema, {})).toBe("'Audio Asset ID' is empty");
	});
});

describe('the address of a file', () => {
	const schema = z.object({ audio_url: fileUrl(SPEECH) });

	it('passes as it is', () => {
		const audio = { audio_url: 'https://example.com/a.mp3?signature=a%2Fb' };
		expect(checkBody(schema, audio)).toEqual(audio);
	});

	it('loses the blanks that copying brought along', () => {
		const sent = checkBody(schema, { audio_url: ' https://example.com/a.mp3\n' });
		expect(sent).toEqual({ audio_url: 'https://example.com/a.mp3' });
	});

	it.each<[unknown, string]>([
		['http://example.com/a.mp3', `'Audio URL' must be an address that starts with https://, but it is "http://example.com/a.mp3"`],
		[5, `'Audio URL' must be an address that starts with https://, but it is "5"`],
		['https://example.com/a.png', "'Audio URL' is a PNG image, but HeyGen takes only MP3 or WAV here"],
		['https://localhost/a.mp3', "'Audio URL' points into a private network, which HeyGen cannot reach: fetch the file with n8n's HTTP Request node (Response Format: File) and hand it over as a binary file"],
		['data:audio/mpeg;base64,AAAA', "'Audio URL' holds the file itself, which HeyGen does not take here: make a file of it with n8n's Convert to File node and hand it over as a binary file"],
		['DATA:,x', "'Audio URL' holds the file itself, which HeyGen does not take here: make a file of it with n8n's Convert to File node and hand it over as a binary file"],
		[file, "'Audio URL' must be an address that starts with https://, but it is an object"],
		[undefined, "'Audio URL' is empty"],
	])('%j is refused', (url, message) => {
		expect(refusal(schema, body({ audio_url: url }))).toBe(message);
	});
});

describe('a file as a union', () => {
	const schema = z.object({ image: assetInput(RENDER_IMAGE) });
	const ONE_OF = "'Image' takes exactly one of a URL, an asset ID and a binary field";
	const NOT_BASE64 = "'Image' is a data URL that is not in base64, or empty";

	it('comes by URL, by id or in a binary field', () => {
		const image = (input: Record<string, unknown>) => (checkBody(schema, body({ image: input })) as { image: unknown }).image;
		expect(image({ url: 'https://example.com/a.png' })).toEqual({ type: 'url', url: 'https://example.com/a.png' });
		expect(image({ asset_id: 'a1' })).toEqual({ type: 'asset_id', asset_id: 'a1' });
		expect(image({ file })).toEqual({ type: 'asset_id', asset_id: file.for(RENDER_IMAGE) });
	});

	it.each<[string, string, string]>([
		['data:image/png;base64,AAEC', 'image/png', 'AAEC'],
		['data:;base64,AAEC', '', 'AAEC'],
		['data:image/jpeg;charset=utf-8;base64,AAE=', 'image/jpeg', 'AAE='],
		['DATA:image/png;BASE64,AA==', 'image/png', 'AA=='],
		['data:image/png;base64,AA\nEC AA\r\nEC\n', 'image/png', 'AAECAAEC'],
	])('comes within the request: %j', (url, mediaType, data) => {
		const { image } = checkBody(schema, { image: { url } }) as unknown as { image: InlineFile };
		expect(image).toBeInstanceOf(InlineFile);
		expect({ ...image }).toEqual({ mediaType, data, use: RENDER_IMAGE });
	});

	it('comes within the request, however large', () => {
		const data = 'AAEC'.repeat(5_000_000);
		const { image } = checkBody(schema, { image: { url: `data:image/png;base64,${data}` } }) as unknown as { image: InlineFile };
		expect(image.data).toHaveLength(data.length);
	});

	it.each<[Record<string, unknown>, string]>([
		[{}, ONE_OF],
		[{ url: 'https://example.com/a.png', asset_id: 'a1' }, ONE_OF],
		[{ url: 'https://example.com/a.png', file }, ONE_OF],
		[{ asset_id: 'a1', file }, ONE_OF],
		[{ url: 'https://example.com/a.png', asset_id: 'a1', file }, ONE_OF],
		[{ url: 'https://example.com/a.gif' }, "'Image' is a GIF image, but HeyGen takes only PNG or JPEG here"],
		[{ url: 'data:image/png;base64,' }, NOT_BASE64],
		[{ url: 'data:image/png;base64, \n' }, NOT_BASE64],
		[{ url: 'data:image/png,%89PNG' }, NOT_BASE64],
		[{ url: 'data:image/png;base64,AA-_' }, NOT_BASE64],
		[{ url: 'data:,' }, NOT_BASE64],
		[{ url: 'https://example.com/a.png', name: 'a' }, "'Image' is not a field of this request"],
	])('%j is refused', (image, message) => {
		expect(refusal(schema, body({ image }))).toBe(message);
	});
});

describe('a list of files', () => {
	const schema = z.object({ files: assetInputs(AGENT_FILE, AGENT_FILES_MAX) });
	const files = (count: number) => Array.from({ length: count }, (_, index) => ({ asset_id: `a${index}` }));

	it('may have as many as HeyGen takes, of every kind', () => {
		expect(checkBody(schema, { files: files(20) })).toMatchObject({ files: { length: 20 } });
		const mixed = [{ url: 'https://example.com/a.pdf' }, { asset_id: 'a' }, { file }, { url: 'data:application/pdf;base64,AAAA' }];
		expect(checkBody(schema, body({ files: mixed }))).toEqual({
			files: [
				{ type: 'url', url: 'https://example.com/a.pdf' },
				{ type: 'asset_id', asset_id: 'a' },
				{ type: 'asset_id', asset_id: file.for(AGENT_FILE) },
				new InlineFile('application/pdf', 'AAAA', AGENT_FILE),
			],
		});
	});

	it('may not have more', () => {
		expect(refusal(schema, { files: files(21) })).toBe("'Files' may hold at most 20 files, but holds 21");
	});

	it('names the one that is not right', () => {
		expect(refusal(schema, { files: [...files(2), { url: 'https://example.com/a.zip' }] })).toBe(
			"'Files → 3' is a ZIP archive, but HeyGen takes only PNG, JPEG, MP4, WebM, MP3, WAV or PDF here",
		);
	});
});

describe('files in an avatar video', () => {
	const least = { type: 'avatar', avatar_id: 'look_1' };

	it('stand where their asset ids will be', () => {
		const sent = checkBody(
			avatarVideo,
			body({ ...least, audio_asset_id: file, background: { file }, watermark: { image: { file } } }),
		);
		expect(sent).toEqual({
			...least,
			audio_asset_id: file.for(SPEECH),
			background: { type: 'image', asset_id: file.for(RENDER_IMAGE) },
			watermark: { image: { type: 'asset_id', asset_id: file.for(RENDER_IMAGE) } },
		});
	});

	it.each<[Record<string, unknown>, string]>([
		[{ script: 'Hi', audio_asset_id: file }, "'Audio Asset ID' cannot be combined with another source of speech: use either a script or a recording"],
		[{ script: 'Hi', background: { file, value: '#ffffff' } }, "'Background' takes exactly one of a color, an image URL, an image asset and an image file"],
		[{ script: 'Hi', background: { file, asset_id: 'a' } }, "'Background' takes exactly one of a color, an image URL, an image asset and an image file"],
		[{ script: 'Hi', watermark: { image: { file, url: 'https://example.com/a.png' } } }, "'Watermark → Image' takes exactly one of a URL, an asset ID and a binary field"],
		[{ script: 'Hi', background: { url: 'data:image/png;base64,AAAA' } }, "'Background → URL' holds the file itself, which HeyGen does not take here: make a file of it with n8n's Convert to File node and hand it over as a binary file"],
	])('%j is refused', (fields, message) => {
		expect(refusal(avatarVideo, body({ ...least, ...fields }))).toBe(message);
	});
});

describe('brand kits', () => {
	it('are made of a website, and renamed', () => {
		expect(checkBody(newBrandKit, { url: 'https://example.com' })).toEqual({ url: 'https://example.com' });
		expect(checkBody(newBrandKit, { url: 'https://example.com', name: 7 })).toEqual({ url: 'https://example.com', name: '7' });
		expect(checkBody(changedBrandKit, { name: 'New' })).toEqual({ name: 'New' });
	});

	it.each<[ZodTypeAny, IDataObject, string]>([
		[newBrandKit, {}, "'URL' is empty"],
		[newBrandKit, { url: 'example.com' }, `'URL' must be an address that starts with https://, but it is "example.com"`],
		[newBrandKit, { url: 'https://example.com', colour: 'red' }, "'Colour' is not a field of this request"],
		[changedBrandKit, {}, "'Name' is empty"],
	])('%#: are refused otherwise', (schema, fields, message) => {
		expect(refusal(schema, fields)).toBe(message);
	});
});

describe('brand glossaries', () => {
	const terms = [
		{ term: 'Kubernetes', pronunciation: 'koo-ber-net-eez' },
		{ term: 'n8n', translation: 'n8n' },
		{ term: 'HeyGen', pronunciation: 'hey-jen', translation: 'HeyGen' },
	];

	it('have a name and terms', () => {
		expect(checkBody(newBrandGlossary, { name: 'A' })).toEqual({ name: 'A' });
		expect(checkBody(newBrandGlossary, { name: 'A', terms })).toEqual({ name: 'A', terms });
		expect(checkBody(newBrandGlossary, { name: 1, terms: [{ term: 2, translation: 3 }] })).toEqual({ name: '1', terms: [{ term: '2', translation: '3' }] });
		expect(checkBody(changedBrandGlossary, { terms })).toEqual({ terms });
		expect(checkBody(changedBrandGlossary, { name: 'B' })).toEqual({ name: 'B' });
		for (const fields of [{ name: 'A', terms }, { terms }]) {
			expect(validateAgainstContract('PATCH', '/v3/brand-glossaries/{brand_glossary_id}', { body: fields })).toEqual([]);
		}
	});

	it.each<[ZodTypeAny, IDataObject, string]>([
		[newBrandGlossary, { terms }, "'Name' is empty"],
		[newBrandGlossary, { name: 'A', terms: [{ term: 'x' }] }, "'Terms → 1' (\"x\") needs a pronunciation or a translation"],
		[newBrandGlossary, { name: 'A', terms: [...terms, { pronunciation: 'y' }] }, "'Terms → 4 → Term' is empty"],
		[newBrandGlossary, { name: 'A', terms: [{ term: 'x', translation: 'y', language: 'de' }] }, "'Terms → 1' is not a field of this request"],
		[changedBrandGlossary, {}, "'Name' and the terms are both empty: there is nothing to change"],
		[changedBrandGlossary, { terms: [{ term: 'x' }] }, "'Terms → 1' (\"x\") needs a pronunciation or a translation"],
	])('%#: are refused otherwise', (schema, fields, message) => {
		expect(refusal(schema, fields)).toBe(message);
	});
});

describe('folders', () => {
	const fits = (folder: IDataObject) => {
		expect(checkBody(newFolder, folder)).toEqual(folder);
		expect(validateAgainstContract('POST', '/v3/folders', { body: folder })).toEqual([]);
	};

	it('have a name, and may have a parent and a type', () => {
		fits({ name: 'A' });
		fits({ name: 'x'.repeat(FOLDER_NAME_MAX_CHARACTERS), parent_id: 'f1' });
		for (const type of ['mixed', 'video', 'video_translate']) fits({ name: 'A', type });
	});

	it('have names of characters, however many bytes these take', () => {
		// The contract counts an emoji as one, as HeyGen does in scripts.
		fits({ name: '📁'.repeat(FOLDER_NAME_MAX_CHARACTERS) });
	});

	it.each<[IDataObject, string]>([
		[{}, "'Name' is empty"],
		[{ name: 'x'.repeat(FOLDER_NAME_MAX_CHARACTERS + 1) }, "'Name' may have at most 256 characters"],
		[{ name: '📁'.repeat(FOLDER_NAME_MAX_CHARACTERS + 1) }, "'Name' may have at most 256 characters"],
		[{ name: 'A', type: 'audio' }, `'Type' must be one of mixed, video, video_translate, but it is "audio"`],
	])('%#: are refused otherwise', (fields, message) => {
		expect(refusal(newFolder, fields)).toBe(message);
	});
});
