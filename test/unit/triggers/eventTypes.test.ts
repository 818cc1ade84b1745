import type { IDataObject, IHttpRequestOptions, ILoadOptionsFunctions } from 'n8n-workflow';

import { EngineError } from '../../../nodes/engine/basics/errors';
import type { Client, Connection } from '../../../nodes/engine/request/client';
import { eventsToRegister } from '../../../nodes/engine/request/eventList';
import { Gate } from '../../../nodes/engine/request/pacing/gate';
import { clientWith } from '../../../nodes/engine/request/send';
import { chosenEvents } from '../../../nodes/engine/triggers/eventTypes';
import { eventsField } from '../../../nodes/fields/events';
import { getEventTypes, getSingleEventTypes } from '../../../nodes/fields/listSearch/events';
import { isChosen, readOneEvent } from '../../../nodes/heygen/eventChoice';
import { EVENT_TYPES, eventName } from '../../../nodes/heygen/events';

/** Which events there are to choose from, and what is made of the choice. */

/** What HeyGen's list of event types is answered with. */
interface Answer {
	statusCode: number;
	body: unknown;
}

const refused: Answer = { statusCode: 403, body: { error: { code: 'insufficient_api_key_scope', message: 'No.' } } };
const listing = (...types: IDataObject[]): Answer => ({ statusCode: 200, body: { data: types } });

/** The editor's context; notes what is asked. */
function editor(answer: Answer, credentials: IDataObject = { apiKey: 'k', baseUrl: '' }) {
	const asked: IHttpRequestOptions[] = [];
	const context = {
		getCredentials: async () => credentials,
		getNode: () => ({ id: 'n', name: 'HeyGen Trigger' }),
		helpers: {
			httpRequestWithAuthentication: async (_name: string, options: IHttpRequestOptions) => {
				asked.push(options);
				return { headers: {}, ...answer };
			},
		},
	} as unknown as ILoadOptionsFunctions;
	return { asked, choices: async () => await getEventTypes.call(context) };
}

/** A client that gets one answer to whatever it asks. */
function client(answer: Answer): Client & { asked: IHttpRequestOptions[] } {
	const asked: IHttpRequestOptions[] = [];
	const connection: Connection = {
		account: { baseUrl: 'https://api.heygen.com', gate: new Gate(), version: 0 },
		queueTimeout: 1_000,
		transport: {},
		request: async (options) => {
			asked.push(options);
			return { headers: {}, ...answer } as Awaited<ReturnType<Connection['request']>>;
		},
	};
	return { ...clientWith(connection), asked };
}

describe('the list in the editor', () => {
	const GROUPS = ['*', '*.success', '*.fail'];
	const listed = listing(
		{ event_type: 'batch.finished', description: 'A batch is done' },
		{ event_type: 'video_agent.fail', description: 'The agent failed' },
		{ event_type: 'brand_new.success', description: '' },
		{ event_type: 'avatar_video.success', description: 'A video is ready' },
		{ event_type: 'avatar_video.fail' },
		{ event_type: 'dubbing.success', description: 'Dubbed' },
	);

	it("is HeyGen's own, below the groups: successes, failures, others, each by name", async () => {
		const { asked, choices } = editor(listed);
		const given = await choices();
		expect(given.slice(0, 3).map(({ name, value }) => [name, value])).toEqual([
			['All Events', '*'],
			['All Successes', '*.success'],
			['All Failures', '*.fail'],
		]);
		expect(given.slice(3)).toEqual([
			{ name: 'Avatar Video Succeeded', value: 'avatar_video.success', description: 'A video is ready' },
			{ name: 'Brand New Succeeded', value: 'brand_new.success' },
			{ name: 'Dubbing Succeeded', value: 'dubbing.success', description: 'Dubbed' },
			{ name: 'Avatar Video Failed', value: 'avatar_video.fail' },
			{ name: 'Video Agent Failed', value: 'video_agent.fail', description: 'The agent failed' },
			{ name: 'Batch Finished', value: 'batch.finished', description: 'A batch is done' },
		]);
		expect(asked).toHaveLength(1);
		expect(asked[0]).toMatchObject({ method: 'GET', url: '/v3/webhooks/event-types' });
	});

	it('has every group described', async () => {
		const given = await editor(listed).choices();
		for (const { description } of given.slice(0, 3)) expect(description).toMatch(/^[A-Z].{10,}[^.]$/);
	});

	it.each<[string, Answer]>([
		['HeyGen refuses', refused],
		['the list is empty', listing()],
		['the list names nothing', listing({ event_type: '' }, { description: 'x' })],
		['the answer holds no list', { statusCode: 200, body: { data: {} } }],
	])('is the known one when %s', async (_name, answer) => {
		const values = (await editor(answer).choices()).map(({ value }) => String(value));
		expect(values.slice(0, 3)).toEqual(GROUPS);
		expect(values.slice(3).sort()).toEqual(EVENT_TYPES);
	});

	it('is the known one when the credential cannot be used', async () => {
		const { asked, choices } = editor(listed, { apiKey: 'k', baseUrl: 'http://elsewhere.example' });
		expect((await choices()).map(({ value }) => String(value)).slice(3).sort()).toEqual(EVENT_TYPES);
		expect(asked).toEqual([]);
	});

	it('has the default of the parameter', async () => {
		const values = (await editor(listed).choices()).map(({ value }) => value);
		expect(eventsField.default).toEqual(['*']);
		expect(values).toContain('*');
	});
});

describe('the list of single event types', () => {
	it('has no groups', async () => {
		const context = { getCredentials: async () => Promise.reject(new Error('none')), getNode: () => ({ id: 'n', name: 'HeyGen Usage' }), helpers: {} };
		const values = (await getSingleEventTypes.call(context as unknown as ILoadOptionsFunctions)).map(({ value }) => String(value));
		expect(values.sort()).toEqual(EVENT_TYPES);
	});
});

describe('readOneEvent', () => {
	it.each<[unknown, string | undefined]>([
		['avatar_video.success', 'avatar_video.success'],
		['Avatar Video Succeeded', 'avatar_video.success'],
		[['batch.finished'], 'batch.finished'],
		[{ event_type: 'brand_new.success' }, 'brand_new.success'],
		['*', undefined],
		['All Events', undefined],
		['', undefined],
		[null, undefined],
	])('reads %j', (given, expected) => {
		expect(readOneEvent(given)).toEqual({ value: expected });
	});

	it.each([
		['*.success', /^takes one event, or none for all, but was given "\*\.success"/],
		['batch.finished, avatar_video.fail', /^takes one event, or none for all/],
		['finished', /^takes names of events, such as avatar_video\.success, but was given "finished"/],
		[7, /^takes names of events/],
	])('refuses %j', (given, problem) => {
		expect(readOneEvent(given).problem).toMatch(problem);
	});
});

describe('chosenEvents', () => {
	it.each<[unknown, string[]]>([
		[['*'], ['*']],
		[['avatar_video.success', 'avatar_video.fail'], ['avatar_video.success', 'avatar_video.fail']],
		['avatar_video.success', ['avatar_video.success']],
		[[' avatar_video.success ', '', null, 'avatar_video.success'], ['avatar_video.success']],
	])('reads %j', (value, expected) => {
		expect(chosenEvents(value)).toEqual(expected);
	});

	it.each([[[]], [''], [' '], [null], [undefined], [['', ' ', null]]])('refuses %j', (value) => {
		expect(() => chosenEvents(value)).toThrow(EngineError);
		expect(() => chosenEvents(value)).toThrow("'Event Names or IDs' is empty");
	});

	it('calls the parameter as the editor does', () => {
		expect(() => chosenEvents([])).toThrow(`'${eventsField.displayName}' is empty`);
	});
});

describe('isChosen', () => {
	it.each<[string[], string, boolean]>([
		[['*'], 'avatar_video.success', true],
		[['*'], 'something.new', true],
		[['avatar_video.success'], 'avatar_video.success', true],
		[['avatar_video.success'], 'avatar_video.fail', false],
		[['avatar_video.success'], 'avatar_video_gif.success', false],
		[['avatar_video'], 'avatar_video.success', false],
		[['*.success'], 'avatar_video.success', true],
		[['*.success'], 'something.success', true],
		[['*.success'], 'personalized_video', true],
		[['*.success'], 'avatar_video.fail', false],
		[['*.success'], 'batch.finished', false],
		[['*.fail'], 'avatar_video.fail', true],
		[['*.fail'], 'video_translate.preflight.download_failed', true],
		[['*.fail'], 'avatar_video.success', false],
		[['*.fail'], 'batch.finished', false],
		[['*.success', '*.fail'], 'batch.finished', false],
		[['*.fail', 'batch.finished'], 'batch.finished', true],
		[[], 'avatar_video.success', false],
		[['Avatar_Video.Success'], 'avatar_video.success', false],
		[['constructor'], 'avatar_video.success', false],
	])('%j and %s: %s', (chosen, type, expected) => {
		expect(isChosen(chosen, type)).toBe(expected);
	});
});

describe('eventsToRegister', () => {
	const few = listing({ event_type: 'b.success' }, { event_type: 'a.success' }, { event_type: 'a.fail' }, { event_type: 'c.finished' });

	it.each([[['*']], [['avatar_video.fail', '*']], [['*.success', '*']]])('is all for %j, without a list', async (chosen) => {
		const one = client(few);
		expect(await eventsToRegister(one, chosen)).toBeUndefined();
		expect(one.asked).toEqual([]);
	});

	it('is the chosen ones in order, without a list, and leaves the choice as it is', async () => {
		const one = client(few);
		const chosen = ['video_agent.fail', 'avatar_video.success', 'unknown.event'];
		expect(await eventsToRegister(one, chosen)).toEqual(['avatar_video.success', 'unknown.event', 'video_agent.fail']);
		expect(chosen[0]).toBe('video_agent.fail');
		expect(one.asked).toEqual([]);
	});

	it.each<[string[], string[]]>([
		[['*.success'], ['a.success', 'b.success']],
		[['*.fail'], ['a.fail']],
		[['*.success', '*.fail'], ['a.fail', 'a.success', 'b.success']],
		[['*.fail', 'b.success'], ['a.fail', 'b.success']],
		[['*.fail', 'a.fail'], ['a.fail']],
		[['*.fail', 'unknown.event', 'c.finished'], ['a.fail', 'c.finished', 'unknown.event']],
	])("is what HeyGen's list has for %j", async (chosen, expected) => {
		const one = client(few);
		expect(await eventsToRegister(one, chosen)).toEqual(expected);
		expect(one.asked).toHaveLength(1);
	});

	it('names no type twice that HeyGen lists twice', async () => {
		expect(await eventsToRegister(client(listing({ event_type: 'a.fail' }, { event_type: 'a.fail' })), ['*.fail'])).toEqual(['a.fail']);
	});

	it('takes the known types when HeyGen does not give its own', async () => {
		expect(await eventsToRegister(client(refused), ['*.success'])).toEqual(
			EVENT_TYPES.filter((type) => type.endsWith('.success') || type === 'personalized_video'),
		);
	});

	it('only ever registers what is let in later', async () => {
		for (const chosen of [['*.success'], ['*.fail'], ['*.success', 'batch.finished']]) {
			const registered = (await eventsToRegister(client(refused), chosen)) ?? [];
			expect(registered.length).toBeGreaterThan(5);
			expect(registered.filter((type) => !isChosen(chosen, type))).toEqual([]);
			expect(EVENT_TYPES.filter((type) => isChosen(chosen, type))).toEqual(registered);
		}
	});
});

describe('events as people and models name them', () => {
	it.each<[unknown, string[]]>([
		['All Events', ['*']],
		[['all events'], ['*']],
		['*.Success', ['*.success']],
		['All Failures', ['*.fail']],
		['AVATAR_VIDEO.SUCCESS', ['avatar_video.success']],
		['“avatar_video.success”', ['avatar_video.success']],
		[eventName('avatar_video.success'), ['avatar_video.success']],
		[[{ event_type: 'avatar_video.success' }], ['avatar_video.success']],
		['avatar_video.success video_translate.fail', ['avatar_video.success', 'video_translate.fail']],
		['All Successes, avatar_video.fail\navatar_video.fail', ['*.success', 'avatar_video.fail']],
		['Something_New.Finished', ['something_new.finished']],
	])('%j', (given, chosen) => {
		expect(chosenEvents(given)).toEqual(chosen);
	});

	it.each(['nonsense', 'avatar_video', true, 5, '[object Object]', 'a..b', 'https://e.com/a.b'])('%j is none', (given) => {
		expect(() => chosenEvents(given)).toThrow(/^'Event Names or IDs' takes names of events, such as avatar_video\.success, but was given /);
	});
});
