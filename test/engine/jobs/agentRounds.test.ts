/** Messages to one session of the video agent, one after the other: what comes of each, and of no other. */
import { parse, stringify } from 'flatted';
import type { IDataObject, IRunExecutionData } from 'n8n-workflow';
import { timing } from '../../../nodes/engine/basics/timing';
import { HeyGenVideo } from '../../../nodes/HeyGenVideo/HeyGenVideo.node';
import { answerByPath, filmRecord as film, onlyItem, runAgent, sessionRecord as session } from '../support/agentSupport';
import * as harness from '../support/harness';
import { usePlainServer } from '../support/plainServer';
import * as support from '../support/support';

const { errorOf, jsonOf, useTiming } = support;
useTiming({ catchUpTime: 400 });
const server = usePlainServer();

const answerWith = (records: Parameters<typeof answerByPath>[1]) => answerByPath(server(), records);
const rendering = (id: string, more: IDataObject = {}): IDataObject => ({ id, status: 'processing', ...more });
const model = (content: string, at?: number) => ({ role: 'model', type: 'text', content, ...(at === undefined ? {} : { created_at: at }) });
const user = (content: string, at?: number) => ({ ...model(content, at), role: 'user' });
const asks = (content: string) => session('waiting_for_input', { messages: [model(content)] });

const SESSION = 'GET /v3/video-agents/s1';
const VIDEOS = 'GET /v3/video-agents/s1/videos';
const SEND = 'POST /v3/video-agents/s1';
const sent = () => ({ session_id: 's1', run_id: 'r1' });
const messages = () => server().count('POST', '/v3/video-agents/s1');

const wait = async (options: IDataObject = {}) => await runAgent(server(), 'wait', { sessionId: 's1', options } as never);
const send = async (options: IDataObject = {}, settings = {}) => await runAgent(server(), 'sendMessage', { sessionId: 's1', message: 'Red', options } as never, settings);
const SHORT = { timeoutMinutes: 0.03 };

describe('a message that HeyGen refuses', () => {
	it('does not hide the film that there is', async () => {
		answerWith({
			[SESSION]: () => session('generating', { video_id: 'v1' }),
			[VIDEOS]: () => [film('v1')],
			'GET /v3/videos/v1': () => film('v1'),
			[SEND]: () => 400,
		});
		expect(errorOf(await send()).message).toMatch(/Busy/);
		expect(onlyItem(await wait(SHORT))).toMatchObject({ video_id: 'v1', status: 'completed' });
	});

	it('leaves what was known of the message before', async () => {
		const done = session('completed', { video_id: 'v1' });
		let looks = 0;
		answerWith({
			[SESSION]: () => (messages() < 2 || ++looks < 3 ? done : session('generating', { video_id: 'v2' })),
			'GET /v3/videos/v1': () => film('v1'),
			'GET /v3/videos/v2': () => film('v2'),
			[SEND]: (count) => (count === 1 ? sent() : 400),
		});
		onlyItem(await runAgent(server(), 'sendMessage', { sessionId: 's1', message: 'Red', waitForCompletion: false }));
		errorOf(await send());
		expect(onlyItem(await wait())).toMatchObject({ video_id: 'v2' });
	});

	it('is not taken for sent by the next try: the film that has ended meanwhile is one of before', async () => {
		let looks = 0;
		answerWith({
			[SESSION]: () => {
				if (messages() < 2) return session('generating', { video_id: 'v1', messages: [user('A film', 1)] });
				return ++looks < 3 ? session('completed', { video_id: 'v1', messages: [model('Done', 5)] }) : session('generating', { video_id: 'v2' });
			},
			[VIDEOS]: () => [film('v1')],
			'GET /v3/videos/v1': (count) => (count < 2 ? rendering('v1') : film('v1')),
			'GET /v3/videos/v2': () => film('v2'),
			[SEND]: (count) => (count === 1 ? 400 : sent()),
		});
		expect(onlyItem(await send({}, { retryOnFail: true, waitBetweenTries: 1, maxTries: 3 }))).toMatchObject({ video_id: 'v2' });
		expect(messages()).toBe(2);
	});
});

describe('a further try of a message that was sent', () => {
	it('hands on its film, though the session could not be read before', async () => {
		let isDone = false;
		answerWith({
			[SESSION]: (count) => (count === 1 ? 404 : session('generating', { video_id: 'v2', messages: [user('Red')] })),
			[SEND]: sent,
			[VIDEOS]: () => [film('v2')],
			'GET /v3/videos/v2': () => (isDone ? film('v2') : rendering('v2')),
		});
		const onTry = (which: number) => {
			isDone = which > 1;
		};
		expect(onlyItem(await send(SHORT, { retryOnFail: true, waitBetweenTries: 1, maxTries: 2, onTry }))).toMatchObject({ video_id: 'v2', status: 'completed' });
	});

	it.each(['this process', 'another process'])('hands on its film with Retry execution in %s', async (where) => {
		let isDone = false;
		answerWith({
			[SESSION]: () => (messages() === 0 ? asks('Which?') : session('generating', { video_id: 'v2', messages: [user('Red', 100)] })),
			[SEND]: sent,
			[VIDEOS]: () => [film('v2')],
			'GET /v3/videos/v2': () => (isDone ? film('v2', { created_at: 150, completed_at: 200 }) : rendering('v2')),
		});
		const parameters = { resource: 'videoAgent', operation: 'sendMessage', sessionId: 's1', message: 'Red', download: [], options: SHORT };
		const failed = await harness.runNode(support.nodeRun(new HeyGenVideo(), server(), parameters as never, { resumeToken: 'a'.repeat(64) }));
		expect(errorOf(failed).message).toMatch(/^The video v2 was not finished/);
		isDone = true;
		const data = parse(stringify(failed.data)) as IRunExecutionData;
		delete data.resultData.error;
		data.resultData.runData[String(data.resultData.lastNodeExecuted)]?.pop();
		const times = { ...timing };
		let parts = { runNode: harness.runNode, nodeRun: support.nodeRun, HeyGenVideo };
		if (where === 'another process') {
			jest.resetModules();
			parts = { ...(require('../support/harness') as typeof harness), ...(require('../support/support') as typeof support), HeyGenVideo: (require('../../../nodes/HeyGenVideo/HeyGenVideo.node') as { HeyGenVideo: typeof HeyGenVideo }).HeyGenVideo };
			Object.assign((require('../../../nodes/engine/basics/timing') as { timing: typeof timing }).timing, times);
		}
		const result = await parts.runNode({ ...parts.nodeRun(new parts.HeyGenVideo(), server(), parameters as never), data });
		expect(onlyItem(result)).toMatchObject({ video_id: 'v2', status: 'completed' });
	});
});

describe('the film of an earlier round', () => {
	it('is not handed on when the reply to the message names it and the session never gets on', async () => {
		answerWith({
			[SESSION]: () => (messages() === 0 ? session('completed', { video_id: 'v1' }) : session('thinking', { video_id: 'v1', messages: [user('Red')] })),
			[SEND]: () => ({ ...sent(), video_id: 'v1' }),
			[VIDEOS]: () => [film('v1')],
			'GET /v3/videos/v1': () => film('v1'),
		});
		expect(errorOf(await send(SHORT)).message).toMatch(/^The agent session s1 was not finished within 0\.03 minutes/);
	});

	it('is not handed on when the reply names it and the session is gone: the list has the new one', async () => {
		answerWith({
			[SESSION]: () => (messages() === 0 ? session('completed', { video_id: 'v1' }) : 404),
			[SEND]: () => ({ ...sent(), video_id: 'v1' }),
			[VIDEOS]: () => [film('v2', { created_at: 9 }), film('v1')],
			'GET /v3/videos/v1': () => film('v1'),
			'GET /v3/videos/v2': () => film('v2'),
		});
		expect(onlyItem(await send())).toMatchObject({ video_id: 'v2' });
	});

	it('is not handed on from the list when there is none after it', async () => {
		answerWith({
			[SESSION]: () => (messages() === 0 ? session('completed', { video_id: 'v1' }) : session('thinking', { video_id: 'v1' })),
			[SEND]: sent,
			[VIDEOS]: () => [film('v0', { created_at: 8 }), film('v1', { created_at: 9 })],
			'GET /v3/videos/v0': () => film('v0'),
			'GET /v3/videos/v1': () => film('v1'),
		});
		expect(errorOf(await send(SHORT)).message).toMatch(/^The agent session s1 was not finished/);
	});

	it('is not handed on from the list to a node that only attaches, when it was finished before the last message', async () => {
		const film1 = film('v1', { created_at: 150, completed_at: 200 });
		answerWith({
			[SESSION]: () => session('thinking', { messages: [user('Shorter', 300), model('Done', 200), user('A film', 100)] }),
			[VIDEOS]: () => [film1],
			'GET /v3/videos/v1': () => film1,
		});
		expect(errorOf(await wait(SHORT)).message).toMatch(/^The agent session s1 was not finished/);
	});

	it('is known by the list when the session could not be read before the message', async () => {
		answerWith({
			[SESSION]: (count) => (count === 1 ? 404 : count < 4 ? session('generating', { video_id: 'v1' }) : session('generating', { video_id: 'v2' })),
			[SEND]: sent,
			[VIDEOS]: () => [film('v1')],
			'GET /v3/videos/v1': () => film('v1'),
			'GET /v3/videos/v2': () => film('v2'),
		});
		expect(onlyItem(await send())).toMatchObject({ video_id: 'v2' });
	});

	it('is not taken from a server that lags behind one that did know the message', async () => {
		const done = session('completed', { video_id: 'v1', messages: [model('Done'), user('A film')] });
		const thinks = session('thinking', { video_id: 'v1', messages: [user('Red'), model('Done'), user('A film')] });
		answerWith({
			[SESSION]: (count) => (count === 2 ? thinks : count < 4 ? done : session('generating', { video_id: 'v2' })),
			[SEND]: sent,
			'GET /v3/videos/v1': () => film('v1'),
			'GET /v3/videos/v2': () => film('v2'),
		});
		expect(onlyItem(await send())).toMatchObject({ video_id: 'v2' });
	});
});

describe('an answer in words only', () => {
	const before = [model('Here', 200), user('A film', 100)];
	const after = (...more: IDataObject[]) => [...more, user('Red', 300), ...before];
	const film1 = () => film('v1', { created_at: 150, completed_at: 200 });

	it('is what the item says, and costs nothing', async () => {
		answerWith({
			[SESSION]: (count) => {
				if (messages() === 0) return session('completed', { video_id: 'v1', messages: before });
				return count < 4 ? session('thinking', { video_id: 'v1', messages: after() }) : session('completed', { video_id: 'v1', messages: after(model('I cannot do that', 310)) });
			},
			[SEND]: sent,
			[VIDEOS]: () => [film1()],
			'GET /v3/videos/v1': film1,
		});
		const result = await send();
		const item = onlyItem(result);
		expect(item).toMatchObject({ session_id: 's1', status: 'completed', question: 'I cannot do that', last_message: 'I cannot do that' });
		expect(item).not.toHaveProperty('cost');
		expect(result.runData[0]?.hints?.[0]?.message).toMatch(/1 waiting for an answer\.$/);
	});

	it('is what a node says that attaches later', async () => {
		answerWith({
			[SESSION]: () => session('completed', { video_id: 'v1', messages: after(model('I cannot do that', 310)) }),
			'GET /v3/videos/v1': film1,
		});
		expect(onlyItem(await wait())).toMatchObject({ question: 'I cannot do that' });
	});

	it('is not taken for one when the film was finished after the message, though under its old ID', async () => {
		answerWith({
			[SESSION]: () => (messages() === 0 ? session('completed', { video_id: 'v1', messages: before }) : session('completed', { video_id: 'v1', messages: after(model('Done', 410)) })),
			[SEND]: sent,
			'GET /v3/videos/v1': () => (messages() === 0 ? film1() : film('v1', { created_at: 150, completed_at: 400 })),
		});
		expect(onlyItem(await send())).toMatchObject({ video_id: 'v1', status: 'completed', cost: { credits: 0.6003 } });
	});

	it('is waited for as long as the agent has said nothing', async () => {
		answerWith({
			[SESSION]: (count) => session('completed', { video_id: 'v1', messages: messages() === 0 ? before : count < 15 ? after() : after(model('I cannot do that', 310)) }),
			[SEND]: sent,
			'GET /v3/videos/v1': film1,
		});
		expect(onlyItem(await send())).toMatchObject({ question: 'I cannot do that' });
	});
});

describe('several messages to one session', () => {
	const items = ['a', 'b', 'c'].map((text) => ({ json: { text } }));
	const led = () => {
		answerWith({
			[SESSION]: () => (messages() === 0 ? asks('Which?') : session('generating', { video_id: `v${messages()}`, messages: [user(String(messages()))] })),
			[SEND]: sent,
			...Object.fromEntries([1, 2, 3].map((n) => [`GET /v3/videos/v${n}`, () => film(`v${n}`)])),
		});
	};

	it.each<[string, IDataObject]>([
		['all at once', {}],
		['in groups of one', { batching: { batch: { batchSize: 1, batchInterval: 10 } } }],
	])('%s go one after the other, each to its own film', async (_how, requestOptions) => {
		led();
		const result = await runAgent(server(), 'sendMessage', { sessionId: 's1', message: '={{ $json.text }}', requestOptions } as never, { items });
		expect(jsonOf(result).map(({ video_id: id, cost }) => [id, (cost as IDataObject).credits])).toEqual([['v1', 0.6003], ['v2', 0.6003], ['v3', 0.6003]]);
		expect(messages()).toBe(3);
	});

	it('of several runs go one after the other as well', async () => {
		led();
		const results = await Promise.all([send(), send()]);
		expect(results.map((result) => onlyItem(result).video_id).sort()).toEqual(['v1', 'v2']);
	});

	it('that wait are not sent when the node stops at the first', async () => {
		answerWith({ [SESSION]: () => asks('Which?'), [SEND]: () => 400 });
		expect(errorOf(await runAgent(server(), 'sendMessage', { sessionId: 's1', message: '={{ $json.text }}' }, { items })).message).toMatch(/Busy/);
		expect(messages()).toBe(1);
	});

	it('do not take what comes late of one for what comes of the next', async () => {
		answerWith({
			[SESSION]: () => (messages() === 0 ? asks('Which?') : session('generating', { video_id: `v${messages()}`, messages: [user(String(messages()))] })),
			[SEND]: sent,
			'GET /v3/videos/v1': () => (messages() < 2 ? rendering('v1') : film('v1')),
			'GET /v3/videos/v2': () => film('v2'),
		});
		const parameters = { sessionId: 's1', message: '={{ $json.text }}', options: SHORT };
		const result = await runAgent(server(), 'sendMessage', parameters, { items: items.slice(0, 2), onError: 'continueRegularOutput' });
		expect(jsonOf(result).map(({ error, video_id: id }) => error ?? id)).toEqual([expect.stringMatching(/^The video v1 was not finished/), 'v2']);
	});
});

describe('a message that the agent has not taken up', () => {
	const unanswered = session('waiting_for_input', { messages: [user('Red', 20), model('Which?', 10)] });

	it('is no question: the wait goes on', async () => {
		answerWith({
			[SESSION]: (count) => (messages() === 0 ? asks('Which?') : count < 15 ? unanswered : session('generating', { video_id: 'v1' })),
			[SEND]: sent,
			'GET /v3/videos/v1': () => film('v1'),
		});
		expect(onlyItem(await send())).toMatchObject({ video_id: 'v1' });
	});

	it('is told of when the time is up', async () => {
		answerWith({ [SESSION]: () => (messages() === 0 ? asks('Which?') : unanswered), [SEND]: sent, [VIDEOS]: () => [] });
		expect(errorOf(await send(SHORT)).description).toMatch(/Its status is 'waiting_for_input'\. It has not taken up the last message yet\. Do not send that again\./);
		expect(onlyItem(await wait({ ...SHORT, onTimeout: 'continue' }))).toMatchObject({ question: null, note: 'It has not taken up the last message yet.' });
	});
});
