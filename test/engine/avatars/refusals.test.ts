/** What is wrong with an avatar is told before any request is made, by the name that the editor has for the field. */
import type { INodeParameters } from 'n8n-workflow';
import { itemWith } from '../support/assetSupport';
import { pdf, png, webp } from '../support/sampleFiles';
import { errorOf, expression, locator, useSandbox, useTiming, type NodeRunOptions } from '../support/support';
import { itemWithPhoto, look, OWN_GROUP, OWN_LOOK, photo, prompted, runAvatar, twin } from './avatarSupport';

useTiming();
const sandbox = useSandbox();

/** The error of a run, which must not have asked HeyGen for anything. */
async function refused(operation: string, parameters: INodeParameters, options: NodeRunOptions = {}): Promise<Error & { description?: string | null }> {
	const error = errorOf(await runAvatar(sandbox(), operation, parameters, options));
	expect(sandbox().requests()).toEqual([]);
	return error;
}

const option = (name: string, value: unknown): INodeParameters => ({ options: { [name]: value } as INodeParameters });
const requestOption = (name: string, value: unknown): INodeParameters => ({ requestOptions: { [name]: value } as INodeParameters });
const address = (fileUrl: string) => photo({ fileUrl });
const rows = (...files: INodeParameters[]): INodeParameters => prompted({ referenceImages: { files } });
const nothing = "={{ '' }}";
const GROUP_RECORD = { id: OWN_GROUP, name: 'Edda', looks_count: 4, group_id: OWN_GROUP };

/** What is wrong, and how the message goes. */
const WRONG: Array<[string, string, INodeParameters, string]> = [
	['no name', 'createPhoto', photo({ name: nothing }), "'Name' is empty"],
	['a name of blanks', 'createPhoto', photo({ name: "={{ '   ' }}" }), "'Name' is empty"],
	['a record for a name', 'createPhoto', photo({ name: expression({ first: 'Ada' }) }), "'Name' must be text, but it is {\"first\":\"Ada\"}"],
	['a record within a name', 'createPhoto', photo({ name: '=Ada {{ ({}) }}' }), "'Name' holds \"[object Object]\", which is all that is left of a record within a text: take a field of it, such as {{ $json.person.name }}"],
	['no address', 'createPhoto', address(nothing), "'Photo URL' is empty"],
	['no binary field', 'createPhoto', photo({ fileSource: 'binary', fileBinaryPropertyName: nothing }), "'Photo Binary Field' is empty"],
	['a binary field that is not there', 'createPhoto', photo({ fileSource: 'binary', fileBinaryPropertyName: 'picture' }), "'Photo Binary Field': the item has no binary field \"picture\""],
	['no asset', 'createPhoto', photo({ fileSource: 'assetId', fileAssetId: '={{ undefined }}' }), "'Photo Asset ID' is empty"],
	['an asset that is none', 'createPhoto', photo({ fileSource: 'assetId', fileAssetId: 'my photo.png' }), "'Photo Asset ID' is not an ID: \"my photo.png\" has a blank in it"],
	['a way that there is not', 'createPhoto', photo({ fileSource: '={{ "mail" }}', fileAssetId: 'asset_1' }), "'Photo Source' must be one of assetId, binary, url, but it is \"mail\""],
	['an address that is none', 'createPhoto', address('ada.png'), "'Photo URL' must be an address that starts with https://, but it is \"ada.png\""],
	['an address without encryption', 'createPhoto', address('http://example.com/ada.png'), "'Photo URL' must be an address that starts with https://, but it is \"http://example.com/ada.png\""],
	['an address in the own network', 'createPhoto', address('https://10.0.0.4/ada.png'), "'Photo URL' points into a private network"],
	['an address of this machine', 'createPhoto', address('https://localhost/ada.png'), "'Photo URL' points into a private network"],
	['an address with a login', 'createPhoto', address('https://me:secret@example.com/ada.png'), "'Photo URL' carries a login"],
	['a share link of Google Drive', 'createPhoto', address('https://drive.google.com/file/d/abc/view?usp=sharing'), "'Photo URL' is a Google Drive page, which HeyGen cannot use as a file: fetch the file with n8n's Google Drive node (Download) and hand it over as a binary file"],
	['a page', 'createPhoto', address('https://example.com/ada.html'), "'Photo URL' is a web page, which HeyGen cannot use as a file"],
	['a film for a photo', 'createPhoto', address('https://example.com/ada.mp4'), "'Photo URL' is an MP4 video, but HeyGen takes only PNG or JPEG here"],
	['a photo for footage', 'createDigitalTwin', twin({ fileUrl: 'https://example.com/ada.png' }), "'Footage URL' is a PNG image, but HeyGen takes only MP4 or WebM here"],
	['a sound for footage', 'createDigitalTwin', twin({ fileUrl: 'https://example.com/ada.mp3' }), "'Footage URL' is an MP3 file, but HeyGen takes only MP4 or WebM here"],
	['no footage', 'createDigitalTwin', twin({ fileUrl: nothing }), "'Footage URL' is empty"],
	['a data URL with nothing in it', 'createPhoto', address('data:image/png;base64,'), "'Photo URL' is a data URL that is not in base64, or empty"],
	['a data URL in another form', 'createPhoto', address('data:image/svg+xml,%3Csvg/%3E'), "'Photo URL' is a data URL that is not in base64, or empty"],
	['a data URL of another file', 'createPhoto', address(`data:image/png;base64,${pdf().toString('base64')}`), "'Photo URL' is a PDF document, but HeyGen takes only PNG or JPEG here"],
	['no prompt', 'createFromPrompt', prompted({ prompt: nothing }), "'Prompt' is empty"],
	['a record for a prompt', 'createFromPrompt', prompted({ prompt: expression({ text: 'x' }) }), "'Prompt' must be text, but it is {\"text\":\"x\"}"],
	['four pictures', 'createFromPrompt', rows({ source: 'url', url: [1, 2, 3, 4].map((number) => `https://example.com/${number}.png`).join('\n') }), "'Reference Images' may hold at most 3 images, but holds 4"],
	['an empty row', 'createFromPrompt', rows({ source: 'url', url: nothing }), "'Reference Images → 1' is empty"],
	['a film for a picture', 'createFromPrompt', rows({ source: 'assetId', assetId: 'asset_1' }, { source: 'url', url: 'https://example.com/a.mp4' }), "'Reference Images → 2 → URL' is an MP4 video, but HeyGen takes only PNG or JPEG here"],
	['a group for the look to be made after', 'createFromPrompt', prompted(option('avatarId', expression(GROUP_RECORD))), "'Reference Avatar' was given an avatar with all of its looks, but takes one look: list them with the operation 'Get Many' of looks"],
	['two looks to be made after', 'createFromPrompt', prompted(option('avatarId', expression([OWN_LOOK, 'look_2']))), `'Reference Avatar' takes one ID, but 2 were given: ["${OWN_LOOK}","look_2"]`],
	['a look that is none', 'createFromPrompt', prompted(option('avatarId', locator('Ada, Bea'))), "'Reference Avatar' is not an ID: \"Ada, Bea\" has a comma in it"],
	['a group that is none', 'createPhoto', photo(option('avatarGroupId', locator('my group'))), "'Avatar Group' is not an ID: \"my group\" has a blank in it"],
	['a record without an ID for a group', 'createPhoto', photo(option('avatarGroupId', expression({ name: 'Edda' }))), "'Avatar Group' must be an ID, but it is a record without avatar_group_id or group_id or id: {\"name\":\"Edda\"}"],
	['the address of another site', 'createPhoto', photo(option('avatarGroupId', 'https://example.com/avatars/1')), "'Avatar Group' must be an ID, but it is an address: \"https://example.com/avatars/1\""],
	['a wait that is none', 'createPhoto', photo(option('timeoutMinutes', -5)), "'Wait Timeout (Minutes)' must be a number of 0 or more, but it is \"-5\""],
	['an end of the wait that there is not', 'createPhoto', photo(option('onTimeout', '={{ "shrug" }}')), "'On Wait Timeout' must be one of continue, error, but it is \"shrug\""],
	['a consent that is no yes and no no', 'createDigitalTwin', twin(option('waitForConsent', '={{ "perhaps" }}')), "'Wait for Consent' must be true or false (yes, no, on, off, 1 and 0 are taken too), but it is \"perhaps\""],
	['fields that are no JSON', 'createPhoto', photo(option('additionalFields', '{"a":')), "'Additional Fields (JSON)' "],
	['a field that is set already', 'createPhoto', photo(option('additionalFields', '{"name":"Bea"}')), "'Name' is \"Ada\", but 'Additional Fields (JSON) → name' is \"Bea\""],
	['another type', 'createPhoto', photo(option('additionalFields', '{"type":"prompt"}')), "'Additional Fields (JSON) → type' is \"prompt\", but the operation itself sends \"photo\" there"],
	['a key that HeyGen would not take', 'createPhoto', photo(requestOption('idempotencyKey', 'row 7!')), "'Idempotency Key' may hold only letters, digits and the signs _-:. and have 255 characters at most, but it is \"row 7!\""],
	['a limit that is none', 'createPhoto', photo(option('maximumCostPerItem', '={{ "a lot" }}')), "'Maximum Cost per Item' must be a number"],
	['a rate that is none', 'createPhoto', photo(option('rate', -1)), "'Rate' must be a number"],
	['no look to wait for', 'wait', { lookId: '={{ undefined }}' }, "'Look' is empty"],
	['a look to wait for that is none', 'wait', { lookId: locator('my look') }, "'Look' is not an ID: \"my look\" has a blank in it"],
	['a film\'s page to wait for', 'wait', { lookId: locator('https://www.youtube.com/watch?v=abc') }, "'Look' must be an ID, but it is an address: \"https://www.youtube.com/watch?v=abc\""],
	['a record without an ID to wait for', 'wait', { lookId: expression({ name: 'Ada' }) }, "'Look' must be an ID, but it is a record without look_id or id: {\"name\":\"Ada\"}"],
	['a group of the look that is none', 'wait', { lookId: locator(OWN_LOOK), options: { groupId: 'my group' } }, "'Avatar Group ID' is not an ID: \"my group\" has a blank in it"],
	['a record for the group of the look', 'wait', { lookId: locator(OWN_LOOK), options: { groupId: expression({ name: 'Ada' }) } }, "'Avatar Group ID' must be an ID, but it is a record without group_id or id: {\"name\":\"Ada\"}"],
	['no time to wait', 'wait', { lookId: locator(OWN_LOOK), options: { timeoutMinutes: '={{ "soon" }}' } }, "'Wait Timeout (Minutes)' must be a number of 0 or more, but it is \"soon\""],
	['no group to read', 'get', { groupId: '={{ null }}' }, "'Avatar Group' is empty"],
	['no group to delete', 'delete', { groupId: '={{ "" }}' }, "'Avatar Group' is empty"],
	['no look to delete', 'delete', look({ lookId: '={{ "" }}' }), "'Look' is empty"],
	['a last look that is neither', 'delete', look({ lookId: locator(OWN_LOOK), onLastLook: '={{ "ask" }}' }), "'If It Is the Last Look' must be one of delete, error, but it is \"ask\""],
	['a number of records that is none', 'getAll', look({ limit: '={{ "many" }}' }), "'Limit' must be a whole number of 1 or more, but it is \"many\""],
	['half a record', 'getAll', { limit: 0.5 }, "'Limit' must be a whole number of 1 or more, but it is \"0.5\""],
	['a type that there is not', 'getAll', look({ filters: { avatarType: '={{ "hologram" }}' } }), "'Avatar Type' must be one of digital_twin, photo_avatar, studio_avatar, but it is \"hologram\""],
	['an owner that there is not', 'getAll', { filters: { ownership: '={{ "ours" }}' } }, "'Ownership' must be one of private, public, but it is \"ours\""],
];

it.each(WRONG)('%s', async (_what, operation, parameters, message) => {
	const error = await refused(operation, parameters);
	expect(error.message.slice(0, message.length)).toBe(message);
	expect(error.message).toMatch(/\(item 1\)$/);
});

describe('what only the file tells', () => {
	it.each<[string, string, Buffer, string, string]>([
		['a document', 'createPhoto', pdf(), 'ada.pdf', "'Photo Binary Field': \"ada.pdf\" is a PDF document, but HeyGen takes only PNG or JPEG here"],
		['a document that calls itself a picture', 'createPhoto', pdf(), 'ada.png', "'Photo Binary Field': \"ada.png\" is a PDF document, but HeyGen takes only PNG or JPEG here"],
		['a picture of another format', 'createPhoto', webp(), 'ada.webp', "'Photo Binary Field': \"ada.webp\" is a WebP image, but HeyGen takes only PNG or JPEG here"],
		['nothing', 'createPhoto', Buffer.alloc(0), 'ada.png', "'Photo Binary Field': \"ada.png\" is empty"],
		['a picture for footage', 'createDigitalTwin', png(), 'ada.mp4', "'Footage Binary Field': \"ada.mp4\" is a PNG image, but HeyGen takes only MP4 or WebM here"],
	])('is %s', async (_what, operation, content, fileName, message) => {
		const item = await itemWith({ data: { fileName, mimeType: '', content } });
		const error = await refused(operation, { name: 'Ada', fileSource: 'binary' }, { items: [item] });
		expect(error.message.slice(0, message.length)).toBe(message);
	});
});

describe('a mistake in one of several items', () => {
	it('keeps all of them from being made', async () => {
		const items = ['Ada', 'Bea', ''].map((name) => ({ json: { name } }));
		const error = await refused('createPhoto', photo({ name: '={{ $json.name }}' }), { items });
		expect(error.message).toBe("'Name' is empty (item 3)");
	});

	it('keeps files from being uploaded', async () => {
		const item = await itemWithPhoto();
		const items = [item, item, { json: {} }];
		const error = await refused('createPhoto', photo({ fileSource: 'binary' }), { items });
		expect(error.message).toBe("'Photo Binary Field': the item has no binary field \"data\" (item 3)");
	});

	it('is one key for two of them', async () => {
		const items = ['Ada', 'Bea'].map((name) => ({ json: { name } }));
		const error = await refused('createPhoto', photo({ name: '={{ $json.name }}', ...requestOption('idempotencyKey', 'row-7') }), { items });
		expect(error.message).toContain("'Idempotency Key'");
	});
});
