import { agentSessionJob } from '../../../../nodes/heygen/jobs/agentSession';
import { askingState } from '../../../../nodes/heygen/jobs/kind';
import { failureIn } from '../../../../nodes/heygen/reasons';

type Fields = Record<string, unknown>;

const user = (content: unknown, at: unknown = null): Fields => ({ role: 'user', type: 'text', content, created_at: at });
const model = (content: unknown, at: unknown = null, more: Fields = {}): Fields => ({ role: 'model', type: 'text', content, created_at: at, ...more });
const asking = (messages: unknown, status: unknown = 'waiting_for_input'): Fields => ({ session_id: 's1', status, messages });
const { talk, derived } = agentSessionJob;
if (talk === undefined || derived === undefined) throw new Error('The video agent talks');

const WORDLESS = 'The video agent waits for an answer. Its session does not say what it asks.';

it.each<[string, unknown, string]>([
	['the newest message', [model('Which?', 20), user('A film', 10)], 'Which?'],
	['the newest by its date, where the oldest comes first', [user('A film', 10), model('Which?', 20)], 'Which?'],
	['the first of several of one second', [model('Which?', 10), model('Let me see.', 10), user('A film', 10)], 'Which?'],
	['the first where nothing has a date', [model('Which?'), model('Let me see.'), user('A film')], 'Which?'],
	['the first where one has no date', [model('Which?'), user('A film', 30)], 'Which?'],
	['a date in milliseconds', [user('A film', 1_760_000_000_000), model('Which?', 1_760_000_001_000)], 'Which?'],
	['a date as ISO 8601', [user('A film', '2026-11-28T10:00:00Z'), model('Which?', '2026-11-28T10:00:05Z')], 'Which?'],
	['words beside a picture', [model('A picture', 20, { type: 'resource', resource_ids: ['image_1'] }), model('Do you like it?', 19), user('A film', 10)], 'Do you like it?'],
	['the caption of a picture', [model('Do you like it?', 20, { type: 'resource' }), user('A film', 10)], 'Do you like it?'],
	['no words of before the answer', [model('', 30), user('Red', 20), model('Which colour?', 10)], WORDLESS],
	['blanks around words', [model('  Which?\n', 20)], 'Which?'],
	['a message that is none', [null, 7, 'x', model('Which?', 20)], 'Which?'],
	['words that are no text', [model({ text: 'Which?' }, 20)], WORDLESS],
	['no messages', [], WORDLESS],
	['messages that are no list', 'none', WORDLESS],
	['no list at all', undefined, WORDLESS],
	['an assistant, as others call it', [{ role: 'assistant', type: 'text', content: 'Which?', created_at: 20 }, user('A film', 10)], 'Which?'],
])('takes for the question: %s', (_what, messages, question) => {
	const record = asking(messages);
	expect(talk.questionIn(record)).toBe(question);
	expect(derived(record).question).toBe(question);
	expect(askingState(agentSessionJob, record)).toBe('asking');
});

it.each<[string, Fields, string | undefined]>([
	['waits', asking([model('Which?', 2), user('A film', 1)]), 'asking'],
	['shows a draft', asking([model('Good?', 2), user('A film', 1)], 'reviewing'), 'asking'],
	['waits in capitals', asking([model('Which?', 2)], ' WAITING_FOR_INPUT '), 'asking'],
	['has the answer already', asking([user('Red', 3), model('Which?', 2), user('A film', 1)]), 'answered'],
	['thinks', asking([user('A film', 1)], 'thinking'), undefined],
	['generates', asking([model('On it', 1)], 'generating'), undefined],
	['is over', asking([model('Done', 1)], 'completed'), undefined],
	['says nothing', asking([model('Which?', 1)], null), undefined],
])('a session that %s', (_what, record, state) => {
	expect(askingState(agentSessionJob, record)).toBe(state);
	if (state !== 'asking') expect(derived(record).question).toBeNull();
});

it('tells what was said last, without what the user said', () => {
	expect(derived(asking([user('Red', 3), model('Which?', 2)], 'thinking'))).toEqual({ question: null, last_message: 'Which?' });
	expect(derived(asking([], 'thinking'))).toEqual({ question: null, last_message: null });
});

it('names the last word, the same until somebody says something', () => {
	const one = asking([model('Which?', 2), user('A film', 1)]);
	expect(talk.lastWord(one)).toBe(talk.lastWord({ ...one, status: 'thinking', progress: 7 }));
	expect(talk.lastWord(one)).not.toBe(talk.lastWord(asking([user('Red', 3), model('Which?', 2), user('A film', 1)])));
	// The same words again are another message.
	expect(talk.lastWord(one)).not.toBe(talk.lastWord(asking([model('Which?', 2), model('Which?', 2), user('A film', 1)])));
	const signed = (url: string) => asking([model('Which?', 2, { resource_ids: ['image_1'], resources: [{ url }] })]);
	expect(talk.lastWord(signed('https://example.com/1'))).toBe(talk.lastWord(signed('https://example.com/2')));
	expect(talk.lastWord(signed('x'))).not.toBe(talk.lastWord(asking([model('Which?', 2, { resource_ids: ['image_2'] })])));
	expect(talk.lastWord({})).toBe(talk.lastWord({ messages: null }));
});

it.each<[string, Fields, boolean]>([
	['a draft', asking([model('Approve?', 3, { resource_ids: ['draft_1'] })], 'generating'), true],
	['a draft among others', asking([model('Approve?', 3, { resource_ids: ['image_1', 'draft_1'] })], 'thinking'), true],
	['a draft that was answered', asking([user('Yes', 4), model('Approve?', 3, { resource_ids: ['draft_1'] })], 'generating'), false],
	['a picture', asking([model('See', 3, { resource_ids: ['image_1'] })], 'generating'), false],
	['no resources', asking([model('See', 3, { resource_ids: null })], 'generating'), false],
	['a draft at the end', asking([model('Approve?', 3, { resource_ids: ['draft_1'] })], 'completed'), false],
	['nothing', asking([], 'generating'), false],
])('may wait behind %s', (_what, record, may) => {
	expect(talk.mayAsk(record)).toBe(may);
});

it.each<[string, unknown, boolean]>([
	['words after a message', [model('No', 3), user('Red', 2), model('Which?', 1)], true],
	['words after the prompt', [model('Which?', 2), user('A film', 1)], true],
	['nothing yet', [user('Red', 2), model('Which?', 1)], false],
	['a picture without words', [model('', 3, { resource_ids: ['image_1'] }), user('Red', 2)], false],
	['words to nobody', [model('Done', 2)], false],
	['no messages', null, false],
])('has replied: %s', (_what, messages, replied) => expect(talk.hasReplied(asking(messages))).toBe(replied));

describe('the film of an earlier round', () => {
	const { mayBeEarlier, isEarlier } = agentSessionJob.next ?? {};
	const session = (status: string, ...messages: Fields[]) => asking(messages, status);
	const again = session('thinking', user('Shorter', 300), model('Done', 200), user('A film', 100));

	it.each<[string, Fields, boolean]>([
		['while the agent works on a second message', again, true],
		['not in the first round', session('generating', user('A film', 100)), false],
		['not when the session is over', { ...again, status: 'completed' }, false],
		['when the session is over with words', session('completed', model('No', 310), user('Shorter', 300), model('Done', 200), user('A film', 100)), true],
		['not when the session is over with the words of its first round', session('completed', model('Done', 200), user('A film', 100)), false],
		['not when the session has failed', session('failed', model('No', 310), user('Shorter', 300), user('A film', 100)), false],
	])('is looked for %s', (_what, record, may) => expect(mayBeEarlier?.(record)).toBe(may));

	it.each<[string, Fields, boolean]>([
		['it was finished before the message', { status: 'completed', completed_at: 250 }, true],
		['it had failed before the message', { status: 'failed', completed_at: null, created_at: 150 }, true],
		['not when it was finished afterwards', { status: 'completed', completed_at: 350, created_at: 310 }, false],
		['not when only its start is known', { status: 'completed', completed_at: null, created_at: 150 }, false],
		['not when it goes on', { status: 'processing', created_at: 150 }, false],
		['not when it has no dates', { status: 'completed' }, false],
	])('is known: %s', (_what, video, earlier) => expect(isEarlier?.(again, video)).toBe(earlier));
});

it.each<[Fields, string | undefined]>([
	[{ status: 'failed', messages: [model('No avatar fits', 3, { type: 'error' }), user('A film', 1)] }, 'No avatar fits'],
	[{ status: 'failed', failure_message: 'Out of ideas', messages: [model('x', 3, { type: 'error' })] }, 'Out of ideas'],
	[{ status: 'failed', messages: [model('Sorry', 3)] }, undefined],
	[{ status: 'failed', messages: null }, undefined],
])('says why it failed: %j', (record, message) => {
	expect(failureIn(record, agentSessionJob).message).toBe(message);
});
