/** What conversations with the video agent count for in limits on costs: films, and neither questions nor what has failed. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { answerByPath, filmRecord as film, onlyItem, runAgent, sessionRecord as session } from '../support/agentSupport';
import type { RunResult } from '../support/harness';
import { sendJson, usePlainServer } from '../support/plainServer';
import { errorOf, jsonOf, type NodeRunOptions, useTiming } from '../support/support';

useTiming({ catchUpTime: 400 });
const server = usePlainServer();

/** Answers by path, for an account that has so many credits. */
function answerWith(balance: number, records: Parameters<typeof answerByPath>[1]): void {
	const account = { username: 'u', billing_type: 'wallet', wallet: { currency: 'credits', remaining_balance: balance, auto_reload: null } };
	answerByPath(server(), { 'GET /v3/users/me': () => account, ...records });
}

const failedFilm = (id: string): IDataObject => ({ id, status: 'failed', failure_message: 'No' });
const asks = (content: string): IDataObject => session('waiting_for_input', { messages: [{ role: 'model', type: 'text', content }] });
const messages = () => server().count('POST', '/v3/video-agents/s1');
const sessions = () => server().count('POST', '/v3/video-agents');

const CREATE = 'POST /v3/video-agents';
const SEND = 'POST /v3/video-agents/s1';
const SESSION = 'GET /v3/video-agents/s1';

/** A minute of film: 4.002 credits by HeyGen's price list. */
const MINUTE = { expectedSeconds: 60 };
const FLOOR = { ...MINUTE, minimumBalance: 0 };

const create = async (options: INodeParameters, settings: NodeRunOptions = {}, more: INodeParameters = {}): Promise<RunResult> =>
	await runAgent(server(), 'create', { prompt: 'A film', options, ...more }, settings);
const send = async (options: INodeParameters = {}, settings: NodeRunOptions = {}, more: INodeParameters = {}): Promise<RunResult> =>
	await runAgent(server(), 'sendMessage', { sessionId: 's1', message: 'Yes', options, ...more }, settings);
const wait = async (): Promise<RunResult> => await runAgent(server(), 'wait', { sessionId: 's1' });
const hintOf = (result: RunResult) => result.runData[0]?.hints?.[0]?.message ?? '';
const keys = () => server().requests.filter(({ method }) => method === 'POST').map(({ headers }) => headers['idempotency-key']);

describe("a session's film that fails", () => {
	/** Each create makes a session of its own, whose film fails the first time. */
	const failsOnce = (balance: number) =>
		answerWith(balance, {
			[CREATE]: (count) => session('generating', { session_id: `s${count}`, video_id: `v${count}` }),
			'GET /v3/videos/v1': () => failedFilm('v1'),
			'GET /v3/videos/v2': () => film('v2'),
		});

	it('is no longer kept of the balance', async () => {
		failsOnce(5);
		expect(errorOf(await create(FLOOR)).message).toMatch(/^HeyGen could not finish the video v1: No \(agent session s1\)/);
		expect(onlyItem(await create(FLOOR))).toMatchObject({ session_id: 's2', video_id: 'v2' });
	});

	it('does not count in its execution', async () => {
		failsOnce(5);
		const result = await create({ ...MINUTE, maximumCostPerExecution: 5 }, { times: 2, onError: 'continueRegularOutput' });
		expect(result.runData[1]?.data?.main?.[0]?.map(({ json }) => json)).toMatchObject([{ session_id: 's2', status: 'completed' }]);
	});

	it('is stepped over by the next execution with Same Input, Same Video', async () => {
		const made: unknown[] = [];
		server().answer = (request, response) => {
			const key = request.headers['idempotency-key'];
			if (request.method === 'POST' && !made.includes(key)) made.push(key);
			const number = made.indexOf(key) + 1;
			if (request.method === 'POST') sendJson(response, { data: session('generating', { session_id: `s${number}`, video_id: `v${number}` }) });
			else if (request.path === '/v3/videos/v1') sendJson(response, { data: failedFilm('v1') });
			else if (request.path === '/v3/videos/v2') sendJson(response, { data: film('v2') });
			else sendJson(response, { error: { code: 'not_found', message: 'None' } }, 404);
		};
		const same = { requestOptions: { sameInputSameVideo: true } };
		expect(errorOf(await create({}, {}, same)).message).toMatch(/^HeyGen could not finish the video v1/);
		expect(onlyItem(await create({}, {}, same))).toMatchObject({ session_id: 's2', video_id: 'v2' });
		expect(made).toHaveLength(2);
	});

	it('makes room for the one that is made in its place, and no more', async () => {
		const made: unknown[] = [];
		answerWith(5, {
			[CREATE]: () => {
				const key = keys().at(-1);
				if (!made.includes(key)) made.push(key);
				const number = made.indexOf(key) + 1;
				return session('generating', { session_id: `s${number}`, video_id: `v${number}` });
			},
			'GET /v3/videos/v1': () => failedFilm('v1'),
			'GET /v3/videos/v2': () => ({ id: 'v2', status: 'processing' }),
		});
		const same = { requestOptions: { sameInputSameVideo: true } };
		const options = { ...FLOOR, timeoutMinutes: 0.01 };
		expect(errorOf(await create(options, {}, same)).message).toMatch(/could not finish the video v1/);
		expect(errorOf(await create(options, {}, same)).message).toMatch(/^The video v2 was not finished within/);
		expect(errorOf(await create(options)).message).toMatch(/jobs that may still go on will take 4\.002 credits/);
		expect(made).toHaveLength(2);
	});

	it('is found out by a node that waits for the session, or for the film alone', async () => {
		for (const waiting of ['videoAgent', 'video']) {
			failsOnce(5);
			server().requests.length = 0;
			const left = onlyItem(await create(FLOOR, {}, { waitForCompletion: false }));
			expect(errorOf(await create(FLOOR)).message).toMatch(/jobs that may still go on will take 4\.002 credits/);
			const ids = waiting === 'video' ? { videoId: 'v1' } : { sessionId: String(left.session_id) };
			const { answer } = server();
			server().answer = (request, response) =>
				request.path === '/v3/video-agents/s1' ? sendJson(response, { data: session('generating', { video_id: 'v1' }) }) : answer(request, response);
			expect(errorOf(await runAgent(server(), 'wait', { resource: waiting, ...ids })).message).toMatch(/^HeyGen could not finish the video v1/);
			expect(onlyItem(await create(FLOOR))).toMatchObject({ session_id: 's2', video_id: 'v2' });
		}
	});
});

describe('a question', () => {
	/** Each look at the session finds another question. */
	const asksOn = (balance: number) => {
		let number = 0;
		answerWith(balance, { [CREATE]: () => session('thinking'), [SESSION]: () => asks(`Question ${++number}`), [SEND]: () => ({ session_id: 's1' }) });
	};

	it('gives back what was kept of the balance, however often there is one', async () => {
		asksOn(5);
		expect(onlyItem(await create({ ...FLOOR, mode: 'chat' }))).toHaveProperty('question', 'Question 1');
		for (let round = 0; round < 3; round++) expect(onlyItem(await send(FLOOR))).toMatchObject({ question: expect.any(String) as string });
		expect(messages()).toBe(3);
	});

	it('does not count in its execution', async () => {
		asksOn(5);
		const result = await send({ ...MINUTE, maximumCostPerExecution: 5 }, { times: 4 });
		expect(result.originalError).toBeUndefined();
		expect(messages()).toBe(4);
	});

	it('is nothing that will cost something', async () => {
		asksOn(5);
		expect(hintOf(await create({ ...MINUTE, mode: 'chat' }))).toMatch(/1 waiting for an answer\.$/);
		expect(hintOf(await send(MINUTE))).toMatch(/1 waiting for an answer\.$/);
	});

	it('gives back as well when another node has found it', async () => {
		asksOn(5);
		for (let round = 0; round < 3; round++) {
			expect(onlyItem(await send(FLOOR, {}, { waitForCompletion: false }))).toHaveProperty('session_id', 's1');
			expect(onlyItem(await wait())).toHaveProperty('question');
		}
		expect(messages()).toBe(3);
	});

	it('leaves the films of other items counted', async () => {
		answerWith(10, {
			[CREATE]: (count) => session('thinking', { session_id: `s${count}` }),
			[SESSION]: () => asks('Which?'),
			'GET /v3/video-agents/s2': () => session('generating', { session_id: 's2', video_id: 'v2' }),
			'GET /v3/videos/v2': () => film('v2'),
		});
		const two = { items: [{ json: {} }, { json: {} }], times: 2, credentials: { concurrency: 1 } };
		const error = errorOf(await create({ ...MINUTE, mode: 'chat', maximumCostPerExecution: 10 }, two));
		expect(error.message).toMatch(/would cost 8\.004 credits; other runs of this execution have ordered 4\.002 credits/);
	});
});

describe('a session', () => {
	it('is kept of the balance once, though it is written to while it goes on', async () => {
		answerWith(9, { [CREATE]: () => session('thinking', { session_id: sessions() === 1 ? 's1' : 's2' }), [SESSION]: () => session('thinking'), [SEND]: () => ({ session_id: 's1' }) });
		const unwaited = { waitForCompletion: false };
		await create({ ...FLOOR, mode: 'chat' }, {}, unwaited);
		for (let round = 0; round < 3; round++) expect(onlyItem(await send(FLOOR, {}, unwaited))).toHaveProperty('session_id');
		expect(onlyItem(await create({ ...FLOOR, mode: 'chat' }, {}, unwaited))).toHaveProperty('session_id', 's2');
		expect(errorOf(await create(FLOOR)).message).toMatch(/jobs that may still go on will take 8\.004 credits/);
	});

	it('counts each of its films', async () => {
		answerWith(9, {
			[SESSION]: () => (messages() === 0 ? asks('Which?') : session('generating', { video_id: `v${messages()}`, messages: [{ role: 'user', content: `${messages()}` }] })),
			[SEND]: () => ({ session_id: 's1' }),
			'GET /v3/videos/v1': () => film('v1'),
			'GET /v3/videos/v2': () => film('v2'),
		});
		const result = await send({ ...MINUTE, maximumCostPerExecution: 8 }, { times: 2 });
		expect(errorOf(result).message).toMatch(/other runs of this execution have ordered 4\.002 credits/);
		expect(messages()).toBe(1);
	});
});

describe('an answer with the same words as before', () => {
	/** HeyGen: a key that it knows is answered as before, and the agent hears nothing. */
	const replaying = () => {
		const heard = new Set<unknown>();
		server().answer = (request, response) => {
			if (request.method === 'POST') heard.add(request.headers['idempotency-key']);
			sendJson(response, { data: request.method === 'POST' ? { session_id: 's1' } : asks(`Question ${heard.size}`) });
		};
	};
	const questions = (result: RunResult) => result.runData.map(({ data }) => data?.main?.[0]?.[0]?.json.question);

	it('is another message in each round of a loop', async () => {
		replaying();
		expect(questions(await send({}, { times: 3 }))).toEqual(['Question 1', 'Question 2', 'Question 3']);
		expect(new Set(keys()).size).toBe(3);
	});

	it('is another message also where a workflow still has the option Same Input, Same Video', async () => {
		replaying();
		const same = { requestOptions: { sameInputSameVideo: true } };
		expect(questions(await send({}, { times: 2 }, same))).toEqual(['Question 1', 'Question 2']);
	});

	it('needs a key of its own where the user gives the keys', async () => {
		replaying();
		const error = errorOf(await send({}, { times: 2 }, { requestOptions: { idempotencyKey: 'order-7' } }));
		expect(error.message).toMatch(/^'Idempotency Key' is "order-7", with which an earlier run of this node in this execution has made something else/);
		expect(messages()).toBe(1);
	});

	it('is the same message when n8n tries a run again', async () => {
		answerWith(9, {
			[SESSION]: () => (messages() === 0 ? asks('Which?') : session('thinking', { messages: [{ role: 'user', content: 'Yes' }] })),
			[SEND]: () => ({ session_id: 's1' }),
		});
		const own = { requestOptions: { idempotencyKey: 'order-7' } };
		for (const more of [{}, own]) {
			server().requests.length = 0;
			const result = await send({ timeoutMinutes: 0.005 }, { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 }, more);
			expect(errorOf(result).message).toMatch(/^The agent session s1 was not finished/);
			expect([messages(), new Set(keys()).size]).toEqual([2, 1]);
		}
	});
});

it('a message to a session that an earlier run has made is new, and is charged', async () => {
	answerWith(9, {
		[CREATE]: () => session('thinking'),
		[SESSION]: () => (messages() === 0 ? asks('Which?') : session('generating', { video_id: 'v1' })),
		[SEND]: () => ({ session_id: 's1' }),
		'GET /v3/videos/v1': () => film('v1'),
	});
	await create({ mode: 'chat' }, {}, { requestOptions: { sameInputSameVideo: true } });
	const result = await send({}, {}, { requestOptions: { sameInputSameVideo: true } });
	expect(jsonOf(result)).toMatchObject([{ cost: { credits: 0.6003 } }]);
	expect(hintOf(result)).toMatch(/^Made 1 video in .+, 1 finished\. Cost about 0\.6 credits\.$/);
});
