import { withoutSecrets } from '../../../nodes/heygen/secrets';

describe('withoutSecrets', () => {
	it.each<[unknown, unknown]>([
		[{ endpoint_id: 'e', secret: 's' }, { endpoint_id: 'e' }],
		[{ data: [{ client_secret: 's', id: 1 }] }, { data: [{ id: 1 }] }],
		[{ api_key: 'k', apiKey: 'k', access_token: 't', token: 't', 'X-Api-Key': 'k', password: 'p' }, {}],
		[{ asset_id: 'a', upload_url: 'u', upload_headers: { a: 'b' } }, { asset_id: 'a' }],
	])('takes them out of %j', (value, expected) => {
		expect(withoutSecrets(value)).toEqual({ value: expected, isPartial: true });
	});

	it.each<[unknown]>([
		[{ data: { audio_url: 'https://example.com/a.mp3?Signature=s' } }],
		[{ next_token: 'n', has_more: true, secret: null, tokens: 5 }],
		[[1, 'secret', null]],
		['secret'],
	])('leaves %j as it is', (value) => {
		expect(withoutSecrets(value)).toEqual({ value, isPartial: false });
	});
});
