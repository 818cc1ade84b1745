/**
 * Every trouble on the wire × the video agent: its sessions, the messages to it, and the looks at both. Whatever happens, the
 * result is right or the error is clear, and no session is made and no message is sent twice.
 */
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { timing } from '../../../nodes/engine/basics/timing';
import { SandboxClient } from '../../sandbox/client';
import { runAgent } from '../support/agentSupport';
import type { Trouble } from '../support/faultCells';
import { expectErrors, limited, useFaults, wireCells } from '../support/faultFrame';
import type { RunResult } from '../support/harness';
import { jsonOf, linksOf } from '../support/support';

const ITEMS = 3;

const { sandbox, arm, passing, lasting } = useFaults('The video agent');

const CREATES = { method: 'POST', path: '/v3/video-agents' };
const MESSAGES = { method: 'POST', path: '/v3/video-agents/{session_id}' };
const LOOKS = { method: 'GET', path: '/v3/video-agents/{session_id}' };

const texts: INodeExecutionData[] = Array.from({ length: ITEMS }, (_, row) => ({ json: { text: `Number ${row}` } }));

/** Sessions that wait for an answer. @returns an item for each */
async function askingSessions(): Promise<INodeExecutionData[]> {
	const client = new SandboxClient(sandbox().url);
	const ids = await Promise.all(texts.map(async () => await client.createSession({ mode: 'chat' })));
	await Promise.all(ids.map(async (id) => await client.waitForSession(id, ({ status }) => status === 'waiting_for_input')));
	return ids.map((session, row) => ({ json: { session, text: `Number ${row}` } }));
}

const create = async (more: INodeParameters = {}, options = {}) => await runAgent(sandbox(), 'create', { prompt: '={{ $json.text }}', ...more }, { items: texts, ...options });
const message = async (items: INodeExecutionData[], more: INodeParameters = {}, options = {}) =>
	await runAgent(sandbox(), 'sendMessage', { sessionId: '={{ $json.session }}', message: '={{ $json.text }}', ...more }, { items, ...options });

const counts = () => {
	const { agentSession = 0, agentMessage = 0 } = sandbox().stats().jobsCreated;
	return [agentSession, agentMessage];
};

function expectFilms(result: RunResult, made: number[]): void {
	expect(result.originalError).toBeUndefined();
	expect(jsonOf(result).map(({ status }) => status)).toEqual(Array(ITEMS).fill('completed'));
	expect(new Set(jsonOf(result).map((item) => item.video_id)).size).toBe(ITEMS);
	expect(linksOf(result)).toEqual([0, 1, 2]);
	expect(counts()).toEqual(made);
}

const passingTimes = ({ fault }: Trouble) => (fault.status === 429 ? 2 : 4);

describe.each(wireCells)('%s', (row, trouble) => {
	it('passes while sessions are asked for', async () => {
		passing.set(row, 'create', 'FAILED');
		arm(trouble, CREATES, passingTimes(trouble));
		expectFilms(await create(), [ITEMS, 0]);
		passing.set(row, 'create', 'ok');
	});

	it('passes while messages are sent', async () => {
		passing.set(row, 'message', 'FAILED');
		const items = await askingSessions();
		arm(trouble, MESSAGES, passingTimes(trouble));
		expectFilms(await message(items), [ITEMS, ITEMS]);
		passing.set(row, 'message', 'ok');
	});

	it('passes while sessions are looked at', async () => {
		passing.set(row, 'look', 'FAILED');
		const items = await askingSessions();
		arm(trouble, LOOKS, passingTimes(trouble));
		expectFilms(await message(items), [ITEMS, ITEMS]);
		passing.set(row, 'look', 'ok');
	});

	it('lasts where sessions are asked for', async () => {
		lasting.set(row, 'create', 'FAILED');
		arm(trouble, CREATES, -1);
		const result = await create({ ...limited(trouble), waitForCompletion: false }, { onError: 'continueErrorOutput' });
		expect(counts()).toEqual([trouble.done ? ITEMS : 0, 0]);
		expectErrors(result, trouble);
		lasting.set(row, 'create', 'error');
	});

	it('lasts where messages are sent', async () => {
		lasting.set(row, 'message', 'FAILED');
		const items = await askingSessions();
		arm(trouble, MESSAGES, -1);
		const result = await message(items, { ...limited(trouble), waitForCompletion: false }, { onError: 'continueErrorOutput' });
		expect(counts()).toEqual([ITEMS, trouble.done ? ITEMS : 0]);
		expectErrors(result, trouble);
		lasting.set(row, 'message', 'error');
	});

	it('lasts where sessions are looked at', async () => {
		lasting.set(row, 'look', 'FAILED');
		arm(trouble, LOOKS, -1);
		const result = await create({ ...limited(trouble), options: { timeoutMinutes: 0.02 } }, { onError: 'continueErrorOutput' });
		expect(counts()).toEqual([ITEMS, 0]);
		// The list of a session's videos names the film that the session does not tell of.
		expect([...linksOf(result), ...linksOf(result, 1)].sort()).toEqual([0, 1, 2]);
		for (const { status, session_id: id } of jsonOf(result)) expect([status, typeof id]).toEqual(['completed', 'string']);
		for (const { details } of jsonOf(result, 1)) expect(details).toHaveProperty('session_id');
		lasting.set(row, 'look', jsonOf(result).length === ITEMS ? 'found in the list' : 'error with the ID');
	});
});

it('replays with Retry On Fail after tries whose answers got lost', async () => {
	arm({ name: '', fault: { kind: 'drop_after' }, done: true }, CREATES, 3 * (timing.retryCount + 1));
	expectFilms(await create({}, { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 }), [ITEMS, 0]);
});

it('replays a message with Retry On Fail as well', async () => {
	const items = await askingSessions();
	arm({ name: '', fault: { kind: 'drop_after' }, done: true }, MESSAGES, 3 * (timing.retryCount + 1));
	expectFilms(await message(items, {}, { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 }), [ITEMS, ITEMS]);
});
