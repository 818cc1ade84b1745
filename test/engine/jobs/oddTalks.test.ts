/** Sessions of the video agent as the sandbox never tells them: gone, silent, without dates, with states of before. */
import type { IDataObject } from 'n8n-workflow';
import { answerByPath, filmRecord as film, onlyItem, runAgent, sessionRecord as session } from '../support/agentSupport';
import { usePlainServer } from '../support/plainServer';
import { errorOf, useTiming } from '../support/support';

useTiming({ catchUpTime: 400 });
const server = usePlainServer();

const answerWith = (records: Parameters<typeof answerByPath>[1]) => answerByPath(server(), records);
const asks = (content: string, more: IDataObject = {}) => session('waiting_for_input', { messages: [{ role: 'model', type: 'text', content }], ...more });

const SESSION = 'GET /v3/video-agents/s1';
const VIDEOS = 'GET /v3/video-agents/s1/videos';
const SEND = 'POST /v3/video-agents/s1';
const sent = () => ({ session_id: 's1', run_id: 'r1' });

const wait = async (options: IDataObject = {}) => await runAgent(server(), 'wait', { sessionId: 's1', options } as never);
const send = async (options: IDataObject = {}) => await runAgent(server(), 'sendMessage', { sessionId: 's1', message: 'Red', options } as never);

describe('a session that cannot be read', () => {
	it('is looked for in the list of its videos, the newest of which counts', async () => {
		answerWith({
			[VIDEOS]: () => [film('old', { created_at: 10 }), film('new', { created_at: 20 })],
			'GET /v3/videos/new': () => film('new'),
		});
		expect(onlyItem(await wait())).toMatchObject({ session_id: 's1', video_id: 'new', status: 'completed' });
	});

	it.each<[string, IDataObject | IDataObject[] | number]>([
		['is empty', []],
		['is not there either', 404],
		['is no list', { videos: 1 }],
		['cannot be read', 503],
	])('is an error when that list %s', async (_what, videos) => {
		answerWith({ [VIDEOS]: () => videos });
		const error = errorOf(await wait({ timeoutMinutes: 0.05 }));
		expect(error.message).toMatch(/Could not get the agent session s1|The agent session s1 was not finished/);
	});

	it('is found by the video that its create has named, in a chat as well', async () => {
		answerWith({
			'POST /v3/video-agents': () => session('thinking', { video_id: 'v1' }),
			'GET /v3/videos/v1': () => film('v1'),
		});
		const result = await runAgent(server(), 'create', { prompt: 'A film', options: { mode: 'chat' } });
		expect(onlyItem(result)).toMatchObject({ session_id: 's1', video_id: 'v1', status: 'completed' });
	});
});

describe('a session that never gets on', () => {
	it('hands on the film that is finished all the same, when the time is up', async () => {
		answerWith({ [SESSION]: () => session('thinking'), [VIDEOS]: () => [film('v1')], 'GET /v3/videos/v1': () => film('v1') });
		expect(onlyItem(await wait({ timeoutMinutes: 0.01 }))).toMatchObject({ session_id: 's1', video_id: 'v1', status: 'completed' });
	});

	it('is named in the error when there is no film', async () => {
		answerWith({ [SESSION]: () => session('thinking', { progress: 40 }), [VIDEOS]: () => [] });
		const error = errorOf(await wait({ timeoutMinutes: 0.01 }));
		expect(error.message).toMatch(/^The agent session s1 was not finished within 0\.01 minutes/);
		expect(error.description).toMatch(/Its status is 'thinking', and 40 % of the work are done/);
	});

	it('is named with its film when neither is finished', async () => {
		answerWith({ [SESSION]: () => session('thinking'), [VIDEOS]: () => [film('v1', { status: 'processing' })], 'GET /v3/videos/v1': () => ({ id: 'v1', status: 'processing' }) });
		expect(onlyItem(await wait({ timeoutMinutes: 0.01, onTimeout: 'continue' }))).toMatchObject({ session_id: 's1', video_id: 'v1', status: 'processing' });
	});
});

describe('a session that is over without a film', () => {
	it('says what the agent has said last', async () => {
		answerWith({ [SESSION]: () => session('completed', { messages: [{ role: 'model', type: 'text', content: 'You stopped me.' }] }), [VIDEOS]: () => [] });
		const error = errorOf(await wait());
		expect(error.message).toMatch(/^The agent session s1 is over, but names no video/);
		expect(error.description).toMatch(/The last that it says: "You stopped me\."/);
	});

	it('fails with what the agent says', async () => {
		answerWith({ [SESSION]: () => session('failed', { messages: [{ role: 'model', type: 'error', content: 'No avatar fits' }] }), [VIDEOS]: () => [] });
		expect(errorOf(await wait()).message).toMatch(/could not finish the agent session s1: No avatar fits/);
	});

	it('leads to the film that its list has', async () => {
		answerWith({ [SESSION]: () => session('failed'), [VIDEOS]: () => [film('v1')], 'GET /v3/videos/v1': () => film('v1') });
		expect(onlyItem(await wait())).toMatchObject({ video_id: 'v1', status: 'completed' });
	});
});

describe('what HeyGen says after an answer', () => {
	it('is not the question of before, though its messages have no dates', async () => {
		answerWith({
			[SESSION]: (count) => (count < 4 ? asks('Which colour?') : session('generating', { video_id: 'v1' })),
			[SEND]: sent,
			'GET /v3/videos/v1': () => film('v1'),
		});
		expect(onlyItem(await send())).toMatchObject({ video_id: 'v1', status: 'completed' });
	});

	it('is the next question, though the state is the same', async () => {
		answerWith({ [SESSION]: (count) => asks(count < 3 ? 'Which colour?' : 'Which shape?'), [SEND]: sent });
		expect(onlyItem(await send())).toMatchObject({ question: 'Which shape?' });
	});

	it('is the same question again, after a while', async () => {
		answerWith({ [SESSION]: () => asks('Which colour?'), [SEND]: sent });
		expect(onlyItem(await send())).toMatchObject({ question: 'Which colour?' });
	});

	it('is not a new question because another field of its message differs at every read', async () => {
		const signed = (count: number) => asks('Which colour?', { messages: [{ role: 'model', type: 'text', content: 'Which colour?', resources: [{ url: `https://example.com/?sig=${count}` }] }] });
		answerWith({
			[SESSION]: (count) => (count < 4 ? signed(count) : session('generating', { video_id: 'v1' })),
			[SEND]: sent,
			'GET /v3/videos/v1': () => film('v1'),
		});
		expect(onlyItem(await send())).toMatchObject({ video_id: 'v1', status: 'completed' });
	});

	it('is not a state that does not know of the answer beside it', async () => {
		const answered = asks('Which colour?', {
			messages: [
				{ role: 'user', type: 'text', content: 'Red' },
				{ role: 'model', type: 'text', content: 'Which colour?' },
			],
		});
		answerWith({
			[SESSION]: (count) => (count === 1 ? asks('Which colour?') : count < 4 ? answered : session('generating', { video_id: 'v1' })),
			[SEND]: sent,
			'GET /v3/videos/v1': () => film('v1'),
		});
		expect(onlyItem(await send())).toMatchObject({ video_id: 'v1', status: 'completed' });
	});

	it('is not the end of the round before, with the answer beside it already', async () => {
		const done = session('completed', { video_id: 'v1' });
		answerWith({
			[SESSION]: (count) => {
				if (count === 1) return done;
				if (count < 4) return { ...done, messages: [{ role: 'user', type: 'text', content: 'Red' }] };
				return count < 6 ? session('thinking', { video_id: 'v1' }) : session('generating', { video_id: 'v2' });
			},
			[SEND]: sent,
			'GET /v3/videos/v1': () => film('v1'),
			'GET /v3/videos/v2': () => film('v2'),
		});
		expect(onlyItem(await send())).toMatchObject({ video_id: 'v2', status: 'completed' });
	});

	it('may be asked for without having been read before', async () => {
		answerWith({
			[SESSION]: (count) => (count === 1 ? 404 : session('generating', { video_id: 'v1' })),
			[SEND]: sent,
			'GET /v3/videos/v1': () => film('v1'),
		});
		expect(onlyItem(await send())).toMatchObject({ video_id: 'v1', status: 'completed' });
	});

	it('is not a film of before, for a node that only attaches', async () => {
		const at = (role: string, time: number) => ({ role, type: 'text', content: 'x', created_at: time });
		const again = session('thinking', { video_id: 'v1', messages: [at('model', 310), at('user', 300), at('model', 200), at('user', 100)] });
		answerWith({
			[SESSION]: (count) => (count < 3 ? again : session('generating', { video_id: 'v2' })),
			'GET /v3/videos/v1': () => film('v1', { created_at: 150, completed_at: 200 }),
			'GET /v3/videos/v2': () => film('v2'),
		});
		expect(onlyItem(await wait())).toMatchObject({ video_id: 'v2', status: 'completed' });
	});
});

it('an answer of HeyGen that does not name the session again counts all the same', async () => {
	answerWith({ [SESSION]: (count) => asks(count < 3 ? 'Which colour?' : 'Which shape?'), [SEND]: () => ({ run_id: 'r1' }) });
	expect(onlyItem(await send({}))).toMatchObject({ session_id: 's1', question: 'Which shape?' });
	expect(server().count('POST', '/v3/video-agents/s1')).toBe(1);
});
