import fc from 'fast-check';

import { adviceFor, adviceOn, readHeyGenError, refusalWords } from '../../../nodes/heygen/errors';

describe('readHeyGenError', () => {
	it.each<[unknown, ReturnType<typeof readHeyGenError>]>([
		[
			{ error: { code: 'invalid_parameter', message: 'No such voice.', param: 'voice_id', doc_url: 'https://d' } },
			{ code: 'invalid_parameter', message: 'No such voice.', param: 'voice_id', docUrl: 'https://d' },
		],
		[{ error: { code: 'QUOTA_EXCEEDED', message: 'x' } }, { code: 'quota_exceeded', message: 'x' }],
		[{ error: { code: 'x', message: '', param: '' } }, { code: 'x', message: '' }],
		[{ error: { code: 7, message: null, param: {} } }, { code: '7', message: '' }],
		[{ error: ['Bad voice', 'Bad script'] }, { code: '', message: 'Bad voice; Bad script' }],
		[{ error: { message: { text: 'Bad voice' } } }, { code: '', message: 'Bad voice' }],
		[{ error: { code: 40001, detail: 'Bad voice' } }, { code: '40001', message: 'Bad voice' }],
		[{ error: { code: 'x', message: 'Bad', param: ['script'] } }, { code: 'x', message: 'Bad', param: 'script' }],
		[{ code: 40001, msg: 'Bad voice' }, { code: '40001', message: 'Bad voice' }],
		[{ detail: 'Bad voice' }, { code: '', message: 'Bad voice' }],
		[
			{ detail: [{ loc: ['body', 'voice_id'], msg: 'field required' }] },
			{ code: '', message: 'field required', param: 'voice_id' },
		],
		[
			{ detail: [{ loc: ['body', 'videos', 3, 'voice_settings', 'speed'], msg: 'too fast' }] },
			{ code: '', message: 'too fast', param: 'videos[3].voice_settings.speed' },
		],
		[{ detail: [{ loc: ['body', 'videos', 1, 'script'], msg: 'x' }] }, { code: '', message: 'x', param: 'videos[1].script' }],
		[{ detail: [{ loc: ['body'], msg: 'x' }] }, { code: '', message: 'x', param: 'body' }],
		[{ detail: [{ loc: [null, {}], msg: 'x' }] }, { code: '', message: 'x' }],
		[{ detail: [{ loc: ['body', 0], msg: 'x' }] }, { code: '', message: 'x', param: '[0]' }],
		[{ detail: [{ loc: ['body', null, {}], msg: 'x' }] }, { code: '', message: 'x', param: 'body' }],
		[{ errors: [{ message: 'Bad voice' }] }, { code: '', message: 'Bad voice' }],
		['Bad voice', { code: '', message: 'Bad voice' }],
		['a'.repeat(5_000_000), { code: '', message: `${'a'.repeat(500)}…` }],
		[{ error: { message: '😀'.repeat(600) } }, { code: '', message: `${'😀'.repeat(500)}…` }],
		[{ error: 'plain words' }, { code: '', message: 'plain words' }],
		[{ message: 'of a gateway' }, { code: '', message: 'of a gateway' }],
		[{ error: null, message: 'x' }, { code: '', message: 'x' }],
		['<html>', { code: '', message: '' }],
		['', { code: '', message: '' }],
		[undefined, { code: '', message: '' }],
		[null, { code: '', message: '' }],
		[[], { code: '', message: '' }],
	])('reads %j', (body, expected) => {
		expect(readHeyGenError(body)).toEqual(expected);
	});

	it('copes with anything', () => {
		fc.assert(
			fc.property(fc.anything(), (body) => {
				const { code, message } = readHeyGenError(body);
				expect([typeof code, typeof message]).toEqual(['string', 'string']);
			}),
		);
	});
});

describe('adviceFor', () => {
	it.each([
		[400, '', /field/],
		[401, 'unauthorized', /credential/],
		[402, 'insufficient_credit', /balance/],
		[402, '', /balance/],
		[403, 'forbidden', /scopes/],
		[403, 'insufficient_api_key_scope', /scope/],
		[404, 'not_found', /ID/],
		[404, 'avatar_not_found', /look/],
		[429, '', /Queue Timeout/],
		[429, 'quota_exceeded', /quota/],
		[500, '', /later/],
		[503, 'whatever', /later/],
	])('says what to do about %d %s', (status, code, expected) => {
		expect(adviceFor(status, code)).toMatch(expected);
	});

	it('sends nobody to a field that is not named', () => {
		expect(adviceFor(400, 'invalid_parameter')).not.toContain('named above');
		for (const status of [200, 400, 422]) expect(adviceFor(status, 'invalid_parameter', 'voice_id')).toBe('Check the field named above.');
		expect(adviceFor(422, '')).toContain('does not say which field');
	});

	it('speaks of nothing above it that may not be there', () => {
		for (const code of ['insufficient_api_key_scope', 'forbidden', '']) expect(adviceFor(403, code)).not.toContain('above');
	});

	it('says nothing where it knows nothing', () => {
		expect(adviceFor(418, 'teapot')).toBe('');
	});

	it.each(['constructor', 'toString', '__proto__'])('takes the code %s for an unknown one', (code) => {
		expect(adviceFor(404, code)).toBe(adviceFor(404, ''));
	});
});

describe('adviceOn', () => {
	it.each([400, 401, 403, 404])('a page with the status %d speaks of what stands in between, not of keys, fields or ids', (status) => {
		const advice = adviceOn(status, '\n<!DOCTYPE html><html><body>Attention Required!</body></html>');
		expect(advice).toMatch(/^A web page came instead of HeyGen's answer: a proxy or firewall/);
		expect(advice).not.toMatch(/scope|field|id:/);
	});

	it.each([[413, '<html>', /Send less/], [500, '<html>', /later/], [403, { error: { code: 'forbidden' } }, /scopes/], [403, 'Forbidden', /scopes/], [400, { error: { param: 'script' } }, /named above/]])(
		'%d with %j keeps its own',
		(status, body, expected) => {
			expect(adviceOn(status, body)).toMatch(expected);
		},
	);

	it('speaks of an id only as one that may have been given', () => {
		expect(adviceOn(404, {})).toMatch(/^Check the ID, if one was given: .*Otherwise, .*'Base URL'\.$/);
	});
});

describe('a scope that the key lacks', () => {
	const refused = (message: string, code = 'insufficient_api_key_scope') => ({ error: { code, message } });
	const ME = '/v3/users/me';

	it.each<[message: string, path: string, scope: string]>([
		['This API key lacks the scope videos:write', '/v3/videos', 'videos:write'],
		["Missing required scope: 'lipsync:write'.", '/v3/lipsyncs', 'lipsync:write'],
		['scope:assets:write is required', '/v3/assets', 'assets:write'],
		['Required scopes=brand-kits:read.', '/v3/brand-kits', 'brand-kits:read'],
		['See https://developers.heygen.com/docs: account:read', ME, 'account:read'],
		['videos:read is needed', ME, 'videos:read'],
		['Forbidden', ME, 'account:read'],
		['', ME, 'account:read'],
	])('is named: %j for %s', (message, path, scope) => {
		const body = refused(message);
		const words = refusalWords(readHeyGenError(body), path);
		expect(words).toContain(scope);
		expect(words).toContain(message.replace(/\.$/, ''));
		expect(adviceOn(403, body, path)).toBe(
			`The API key lacks the scope ${scope}. Create a key with that scope in HeyGen and put it into the credential.`,
		);
	});

	it('is not guessed where HeyGen names several, or none', () => {
		const several = refused('The key has videos:read, but needs videos:write');
		expect(adviceOn(403, several, ME)).toMatch(/^The API key lacks a scope\. HeyGen names videos:read, videos:write\. Create a key/);
		expect(refusalWords(readHeyGenError(several), ME)).toBe('The key has videos:read, but needs videos:write');
		for (const message of ['Forbidden', 'At 12:30, see https://heygen.com:443/a:b', 'a:b:c']) {
			const body = refused(message);
			expect(adviceOn(403, body, '/v3/videos')).toBe(adviceFor(403, 'insufficient_api_key_scope'));
			expect(refusalWords(readHeyGenError(body), '/v3/videos')).toBe(message);
		}
	});

	it('is not spoken of in other refusals', () => {
		const body = refused('account:read is a word', 'forbidden');
		expect(adviceOn(403, body, ME)).toBe(adviceFor(403, 'forbidden'));
		expect(refusalWords(readHeyGenError(body), ME)).toBe('account:read is a word');
	});
});
