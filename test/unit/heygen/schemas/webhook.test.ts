import { changedWebhookEndpoint, newWebhookEndpoint } from '../../../../nodes/heygen/schemas/webhook';

/** What is taken for a webhook endpoint, and what is said of the rest. */

const URL = 'https://shop.example.com/heygen';

const problem = (schema: typeof newWebhookEndpoint | typeof changedWebhookEndpoint, body: object) => {
	const [issue] = schema.safeParse(body).error?.issues ?? [];
	return [issue?.path.join('.'), issue?.message];
};

it.each([
	[{ url: ` ${URL} ` }, { url: URL }],
	[{ url: URL, events: 'avatar_video.success, Batch Finished' }, { url: URL, events: ['avatar_video.success', 'batch.finished'] }],
	[{ url: URL, events: ['*.fail'], entity_id: ' p1 ' }, { url: URL, events: ['*.fail'], entity_id: 'p1' }],
	[{ url: URL, events: [{ event_type: 'brand_new.success' }] }, { url: URL, events: ['brand_new.success'] }],
])('a new endpoint is read: %j', (body, read) => {
	expect(newWebhookEndpoint.parse(body)).toEqual(read);
});

it.each([
	[{}, 'url', /is empty/],
	[{ url: 'http://shop.example.com' }, 'url', /^must be an address that starts with https:/],
	[{ url: 'https://localhost/hook' }, 'url', /^points to this machine or into a private network/],
	[{ url: 'https://10.0.0.7/hook' }, 'url', /private network/],
	[{ url: URL, events: ['finished'] }, 'events', /^takes names of events, such as avatar_video\.success, but was given "finished"/],
	[{ url: URL, events: [7] }, 'events', /^takes names of events/],
	[{ url: URL, entity_id: 'a b' }, 'entity_id', /^is not an ID/],
])('a new endpoint is refused: %j', (body, field, words) => {
	expect(problem(newWebhookEndpoint, body)).toEqual([field, expect.stringMatching(words)]);
});

it.each([[{ url: URL }], [{ events: ['*'] }], [{ url: URL, events: ['batch.finished'] }]])('a change may be of a part: %j', (body) => {
	expect(changedWebhookEndpoint.parse(body)).toEqual(body);
});

it('a change of nothing is refused, and an entity cannot be changed', () => {
	expect(problem(changedWebhookEndpoint, {})).toEqual(['url', "and 'Event Names or IDs' are both empty: there is nothing to change"]);
	expect(problem(changedWebhookEndpoint, { url: URL, entity_id: 'p1' })[1]).toMatch(/^Unrecognized/);
});
