/** Request Consent: a page on which somebody consents, or a film in which somebody does. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { sampleFile, validateAgainstContract } from '../../sandbox';
import type { RunResult } from '../support/harness';
import { countOf, errorOf, expression, FAST_JOBS, jsonOf, linksOf, locator, requestsTo, useSandbox, useTiming, type NodeRunOptions } from '../support/support';
import { avatarIn, CONSENT, CONSENTS, detailsOf, FOOTAGE_URL, itemWithFootage, onlyOf, OWN_GROUP, PUBLIC_GROUP, runAvatar, twinFields } from './avatarSupport';

useTiming();
const sandbox = useSandbox(FAST_JOBS);

const consent = async (parameters: INodeParameters = {}, options: NodeRunOptions = {}): Promise<RunResult> =>
	await runAvatar(sandbox(), 'requestConsent', { groupId: locator(OWN_GROUP), ...parameters }, options);

/** The body of the only request, which must fit the contract. */
function sentBody(): IDataObject {
	const [request, ...others] = requestsTo(sandbox(), CONSENT);
	expect(others).toEqual([]);
	const body = (request?.body ?? {}) as IDataObject;
	expect(validateAgainstContract('POST', `/v3/avatars/${OWN_GROUP}/consent`, { body })).toEqual([]);
	return body;
}

const video = (more: INodeParameters = {}): INodeParameters => ({ consentBy: 'video', consentVideoSource: 'url', consentVideoUrl: FOOTAGE_URL, ...more });

describe('a page', () => {
	it('is asked for without more', async () => {
		const asked = onlyOf(await consent());
		expect(sentBody()).toEqual({});
		expect(asked).toMatchObject({ group_id: OWN_GROUP, name: 'Edda', consent_url: expect.stringMatching(/^https?:\/\//) });
		expect(asked).not.toHaveProperty('error');
		expect(asked).not.toHaveProperty('url');
		expect(asked).not.toHaveProperty('avatar_group');
	});

	it('leads on to an address, after a text of one\'s own', async () => {
		await consent({ rerouteUrl: 'https://example.com/thank-you?x=1', consentText: 'I, Edda, agree.\nToday.' });
		expect(sentBody()).toEqual({ reroute_url: 'https://example.com/thank-you?x=1', consent_text: 'I, Edda, agree.\nToday.' });
	});

	it.each<[string, unknown]>([
		['the output of a create', { look_id: 'look_1', group_id: OWN_GROUP, status: 'pending_consent' }],
		['the record of the group', { id: OWN_GROUP, looks_count: 4 }],
		['the address of its page', `https://app.heygen.com/avatars/${OWN_GROUP}`],
	])('is asked for of a group by %s', async (_what, groupId) => {
		expect(onlyOf(await consent({ groupId: expression(groupId) })).group_id).toBe(OWN_GROUP);
	});

	it('has what somebody has chosen before, and is not asked for a film', async () => {
		await consent({ rerouteUrl: 'https://example.com/done', consentVideoSource: 'url', consentVideoUrl: FOOTAGE_URL });
		expect(sentBody()).toEqual({ reroute_url: 'https://example.com/done' });
	});

	it('is one for each item', async () => {
		const others = await Promise.all([avatarIn(sandbox(), twinFields), avatarIn(sandbox(), twinFields)]);
		const items = others.map(({ groupId }) => ({ json: { groupId } }));
		const result = await consent({ groupId: '={{ $json.groupId }}' }, { items });
		expect(jsonOf(result).map(({ group_id: id }) => id)).toEqual(others.map(({ groupId }) => groupId));
		expect(new Set(jsonOf(result).map(({ consent_url: url }) => url)).size).toBe(2);
		expect(linksOf(result)).toEqual([0, 1]);
	});

	it('is asked for again with the same key when the answer got lost', async () => {
		sandbox().addFault({ match: CONSENTS, kind: 'drop_after', times: 2 });
		expect(onlyOf(await consent()).consent_url).toEqual(expect.any(String));
		expect(new Set(requestsTo(sandbox(), CONSENT).map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
		expect(requestsTo(sandbox(), CONSENT).at(-1)?.replayed).toBe(true);
	});

	it('has the fields that the user adds', async () => {
		sandbox().configure({ contract: 'open' });
		onlyOf(await consent({ options: { additionalFields: '{"language":"de"}' } }));
		expect(requestsTo(sandbox(), CONSENT)[0]?.body).toEqual({ language: 'de' });
	});

	it('may come without an address', async () => {
		sandbox().addFault({ match: CONSENTS, kind: 'answer', body: { data: { avatar_group: { id: OWN_GROUP, name: 'Edda' }, url: null } } });
		expect(onlyOf(await consent())).toMatchObject({ group_id: OWN_GROUP, consent_url: null });
	});

	it('may come without the group', async () => {
		sandbox().addFault({ match: CONSENTS, kind: 'answer', body: { data: { avatar_group: null, url: 'https://example.com/consent' } } });
		expect(onlyOf(await consent())).toEqual({ group_id: OWN_GROUP, consent_url: 'https://example.com/consent' });
	});
});

describe('a film', () => {
	it('at an address is the consent', async () => {
		const { groupId, lookId } = await avatarIn(sandbox(), twinFields);
		const asked = onlyOf(await consent(video({ groupId: locator(groupId) })));
		expect(requestsTo(sandbox(), CONSENT)[0]?.body).toEqual({ consent_video: { type: 'url', url: FOOTAGE_URL } });
		expect(asked).toMatchObject({ group_id: groupId, consent_url: null, consent_status: 'completed' });
		expect(onlyOf(await runAvatar(sandbox(), 'wait', { lookId: locator(lookId) })).status).toBe('completed');
	});

	it('in a binary field is uploaded', async () => {
		await consent(video({ consentVideoSource: 'binary' }), { items: [await itemWithFootage()] });
		expect(sentBody()).toEqual({ consent_video: { type: 'asset_id', asset_id: sandbox().assets[0]?.id } });
		expect(sandbox().assets.map(({ filename }) => filename)).toEqual(['ada.mp4']);
	});

	it('may be an asset', async () => {
		await consent(video({ consentVideoSource: 'assetId', consentVideoAssetId: 'asset_1' }));
		expect(sentBody()).toEqual({ consent_video: { type: 'asset_id', asset_id: 'asset_1' } });
	});

	it('may be a data URL', async () => {
		const data = sampleFile('mp4').toString('base64');
		onlyOf(await consent(video({ consentVideoUrl: `data:video/mp4;base64,${data}` })));
		expect(countOf(sandbox(), CONSENT)).toBe(1);
		expect(sandbox().assets).toEqual([]);
	});

	it('leaves out what goes with a page alone', async () => {
		await consent(video({ rerouteUrl: 'https://example.com/done', consentText: 'I agree' }));
		expect(sentBody()).toEqual({ consent_video: { type: 'url', url: FOOTAGE_URL } });
	});
});

describe('what is wrong', () => {
	it.each<[string, INodeParameters, string]>([
		['no group', { groupId: '={{ undefined }}' }, "'Avatar Group' is empty (item 1)"],
		['an address that is none', { rerouteUrl: 'thank-you' }, '\'Reroute URL\' must be an address that starts with https://, but it is "thank-you" (item 1)'],
		['an address without encryption', { rerouteUrl: 'http://example.com' }, '\'Reroute URL\' must be an address that starts with https://, but it is "http://example.com" (item 1)'],
		['an address in the own network', { rerouteUrl: 'https://192.168.0.7/done' }, '\'Reroute URL\' points to this machine or into a private network, where HeyGen cannot reach it: "https://192.168.0.7/done" (item 1)'],
		['an address of this machine', { rerouteUrl: 'https://localhost:5678/done' }, '\'Reroute URL\' points to this machine or into a private network, where HeyGen cannot reach it: "https://localhost:5678/done" (item 1)'],
		['an address with a login', { rerouteUrl: 'https://me:secret@example.com' }, "'Reroute URL' carries a login, but HeyGen calls addresses without one (item 1)"],
		['a text with <', { consentText: 'I <b>agree' }, "'Consent Text' must not have < or > in it, which HeyGen refuses there (item 1)"],
		['a text with >', { consentText: 'I agree ->' }, "'Consent Text' must not have < or > in it, which HeyGen refuses there (item 1)"],
		['no film in the field', video({ consentVideoSource: 'binary' }), "'Consent Video Binary Field': the item has no binary field \"data\" (item 1)"],
		['no address of a film', video({ consentVideoUrl: "={{ '' }}" }), "'Consent Video URL' is empty (item 1)"],
		['no asset', video({ consentVideoSource: 'assetId', consentVideoAssetId: "={{ '' }}" }), "'Consent Video Asset ID' is empty (item 1)"],
		['an image for a film', video({ consentVideoUrl: 'https://example.com/a.png' }), "'Consent Video URL' is a PNG image, but HeyGen takes only MP4 or WebM here (item 1)"],
		['a way that there is not', { consentBy: '={{ "letter" }}' }, '\'Consent By\' must be one of page, video, but it is "letter" (item 1)'],
		['a group\'s picture of the page', { groupId: expression('https://example.com/avatars/1') }, '\'Avatar Group\' must be an ID, but it is an address: "https://example.com/avatars/1". Only addresses of HeyGen\'s own pages are taken, such as https://app.heygen.com/videos/… with the ID at its end (item 1)'],
	])('%s', async (_what, parameters, message) => {
		expect(errorOf(await consent(parameters)).message).toBe(message);
		expect(sandbox().requests()).toEqual([]);
	});

	it('is a film and a page at once, by an added field', async () => {
		const error = errorOf(await consent(video({ options: { additionalFields: '{"reroute_url":"https://example.com"}' } })));
		expect(error.message).toContain('Could not request the consent');
		expect(detailsOf(error)).toMatchObject({ httpCode: '400', param: 'consent_video' });
	});

	it('is a group of HeyGen\'s', async () => {
		const error = errorOf(await consent({ groupId: locator(PUBLIC_GROUP) }));
		expect(error.message).toBe('Could not request the consent: Avatar group group_ann does not belong to the account (item 1)');
		expect(detailsOf(error)).toMatchObject({ httpCode: '403', code: 'resource_access_denied' });
		expect(countOf(sandbox(), CONSENT)).toBe(1);
	});

	it('is a group that there is not', async () => {
		expect(detailsOf(errorOf(await consent({ groupId: locator('group_nobody') })))).toMatchObject({ httpCode: '404', code: 'avatar_group_not_found' });
	});

	it('is to ask somebody who has consented', async () => {
		sandbox().configure({ consentOnce: true });
		const error = errorOf(await consent());
		expect(error.message).toContain('has given consent already');
		expect(detailsOf(error)).toMatchObject({ httpCode: '409', code: 'conflict' });
		expect(countOf(sandbox(), CONSENT)).toBe(1);
	});
});
