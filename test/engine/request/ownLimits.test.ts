/** A limit that HeyGen has for one endpoint slows that endpoint alone. */
import type { INodeParameters, INodeType } from 'n8n-workflow';
import { HeyGenAvatar } from '../../../nodes/HeyGenAvatar/HeyGenAvatar.node';
import { HeyGenSpeech } from '../../../nodes/HeyGenSpeech/HeyGenSpeech.node';
import type { RateLimit } from '../../sandbox';
import { runNode } from '../support/harness';
import { FAST_JOBS, jsonOf, locator, manyScripts, nodeRun, until, useSandbox, useTiming, VOICE } from '../support/support';

useTiming();

/** Thirty a minute, in a test's time: the same thirty, in a window that a test can wait for. */
const THIRTY: RateLimit = { requests: 30, perSeconds: 4, kind: 'sliding' };
const sandbox = useSandbox({ ...FAST_JOBS, voices: 300 });

const run = async (node: INodeType, parameters: INodeParameters, count = 1) =>
	await runNode(nodeRun(node, sandbox(), parameters, { items: manyScripts(count) }));

const SPEECHES: INodeParameters = {
	...{ resource: 'speech', operation: 'create', voiceId: locator(VOICE), text: '={{ $json.script }}', download: [] },
	options: { checkBeforePaying: false },
};
const VOICES: INodeParameters = { resource: 'voice', operation: 'getAll', returnAll: true };
const ONE_VOICE: INodeParameters = { resource: 'voice', operation: 'get', voiceId: locator(VOICE) };
const DESIGN: INodeParameters = { resource: 'voice', operation: 'design', prompt: 'a calm voice' };
const CLONE: INodeParameters = { resource: 'voice', operation: 'clone', voiceName: '={{ $json.script }}', audioSource: 'url', audioUrl: 'https://example.com/ada.mp3' };
const LOOKS: INodeParameters = { resource: 'look', operation: 'getAll', returnAll: true };
const GROUPS: INodeParameters = { resource: 'avatar', operation: 'getAll', returnAll: true };
const ONE_LOOK: INodeParameters = { resource: 'look', operation: 'get', lookId: locator('look_edda_office_01') };

/** Requests that HeyGen has refused, by the operations that they were for. */
const refused = (): Set<string> =>
	new Set(sandbox().requests().flatMap(({ status, method, template }) => (status === 429 ? [`${method} ${template}`] : [])));

const speech = new HeyGenSpeech();
const avatar = new HeyGenAvatar();

describe('a limit of thirty on one endpoint', () => {
	it.each<[string, RateLimit, () => Promise<unknown>, Array<() => Promise<unknown>>, string]>([
		[
			'speeches, beside clones, designs and reads of voices',
			{ ...THIRTY, method: 'POST', path: '/v3/voices/speech' },
			async () => await run(speech, SPEECHES, 60),
			[
				async () => await run(speech, VOICES),
				async () => await run(speech, ONE_VOICE, 40),
				async () => await run(speech, DESIGN, 40),
				async () => await run(speech, CLONE, 5),
				async () => await run(avatar, LOOKS),
			],
			'POST /v3/voices/speech',
		],
		[
			'the list of voices, beside reads of one voice and speeches',
			{ ...THIRTY, method: 'GET', path: '/v3/voices', exact: true },
			async () => await run(speech, VOICES, 20),
			[async () => await run(speech, ONE_VOICE, 40), async () => await run(speech, SPEECHES, 40), async () => await run(avatar, GROUPS, 3)],
			'GET /v3/voices',
		],
		[
			'the list of looks, beside the list of groups and reads of one look',
			{ ...THIRTY, method: 'GET', path: '/v3/avatars/looks', exact: true },
			async () => await run(avatar, LOOKS, 20),
			[async () => await run(avatar, GROUPS, 20), async () => await run(avatar, ONE_LOOK, 40), async () => await run(speech, VOICES)],
			'GET /v3/avatars/looks',
		],
	])('slows that alone: %s', async (_what, rateLimit, slow, others, limited) => {
		sandbox().configure({ rateLimit });
		let isOver = false;
		const slowed = slow().finally(() => {
			isOver = true;
		});
		// The limit is met first.
		await until(() => refused().size > 0);
		await Promise.all(others.map(async (other) => await other()));
		expect({ isOver, refused: [...refused()] }).toEqual({ isOver: false, refused: [limited] });
		await slowed;
		expect([...refused()]).toEqual([limited]);
	});

	it('lets all speeches through, each once', async () => {
		sandbox().configure({ rateLimit: { ...THIRTY, method: 'POST', path: '/v3/voices/speech' } });
		const result = await run(speech, SPEECHES, 60);
		expect(result.originalError).toBeUndefined();
		expect(jsonOf(result)).toHaveLength(60);
		expect(sandbox().stats().jobsCreated.speech).toBe(60);
	});
});

describe('lists come in pages as large as HeyGen serves', () => {
	const pages = () => sandbox().requests().map(({ path, query }) => [path, query.limit]);

	it('2,500 voices in 25 requests', async () => {
		// Every tenth voice of the sandbox is the account's own, and listed apart.
		sandbox().configure({ voices: 2_778 });
		const result = await run(speech, VOICES);
		expect(jsonOf(result)).toHaveLength(2_501);
		expect(pages()).toHaveLength(26);
		sandbox().reset();
		sandbox().configure({ voices: 2_777 });
		expect(jsonOf(await run(speech, VOICES))).toHaveLength(2_500);
		expect(pages()).toEqual(Array.from({ length: 25 }, () => ['/v3/voices', '100']));
	});

	it('120 looks in 3, and 30 groups in 1, never more than 50 a page', async () => {
		expect(jsonOf(await run(avatar, LOOKS))).toHaveLength(120);
		expect(pages()).toEqual(Array.from({ length: 3 }, () => ['/v3/avatars/looks', '50']));
		expect(jsonOf(await run(avatar, GROUPS))).toHaveLength(30);
		expect(pages().at(-1)).toEqual(['/v3/avatars', '50']);
	});
});
