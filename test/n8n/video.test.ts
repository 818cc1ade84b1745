import { createHash } from 'node:crypto';

import { sampleFile } from '../sandbox';
import { feed, TRIGGER } from './host/workflow';
import {
	createAvatar,
	HEYGEN,
	HEYGEN_VIDEO,
	heyGenNode,
	runNode,
	scripts,
	startSuite,
	useSuite,
	withOwnSandbox,
} from './support/suite';

/** The packed package in a real n8n server, against the sandbox in a process of its own. */

jest.setTimeout(300_000);

const suite = useSuite(startSuite);

describe('the main job', () => {
	it('makes three finished videos out of three items, files included', async () => {
		const heygen = heyGenNode(
			suite,
			createAvatar({ download: ['video'], options: { title: '={{ $json.title }}' } }),
		);
		const execution = await runNode(suite, scripts(3), heygen);
		expect(execution.error).toBeUndefined();
		const items = execution.items(HEYGEN);
		expect(items.map(({ json }) => [json.title, json.status])).toEqual([
			['Video 0', 'completed'],
			['Video 1', 'completed'],
			['Video 2', 'completed'],
		]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		const expected = createHash('sha256').update(sampleFile('mp4')).digest('hex');
		for (const { binary, json } of items) {
			expect(binary?.video).toMatchObject({
				fileName: `${String(json.video_id)}.mp4`,
				mimeType: 'video/mp4',
			});
			const { sha256 } = await suite.n8n.client.hashBinary(binary?.video?.id ?? '');
			expect(sha256).toBe(expected);
		}
		expect((await suite.sandbox.stats()).keysSeenOnFileHost).toBe(0);
	});

	it('puts out dates as ISO 8601, and the whole record where the node was saved before it could simplify', async () => {
		const parameters = createAvatar({ download: [] });
		const run = async (typeVersion: number) =>
			(await runNode(suite, scripts(1), heyGenNode(suite, parameters, { typeVersion }))).items(HEYGEN)[0]?.json ?? {};
		const [saved, made] = [await run(1), await run(1.1)];
		expect(saved).toMatchObject({ video_id: saved.id, created_at: expect.any(Number), folder_id: null });
		expect(made).toMatchObject({ video_id: expect.any(String), created_at: expect.stringMatching(/^\d{4}-.+Z$/) });
		expect(made).not.toHaveProperty('id');
	});

	it('is offered with its operations and pickers', async () => {
		const { properties, displayName } = await suite.n8n.client.describeNodeType(HEYGEN_VIDEO);
		expect(displayName).toBe('HeyGen Video');
		const operation = properties.find(({ name, displayOptions }) => name === 'operation' && displayOptions?.show?.resource?.includes('video'));
		// n8n adds its own "Custom API Call".
		expect(operation?.options?.map((option) => ('value' in option ? option.value : ''))).toEqual(
			expect.arrayContaining(['createAvatar', 'get', 'getAll', 'getStatuses', 'getBatch', 'wait', 'download', 'delete']),
		);
		const searched = await suite.n8n.client.listSearch({
			nodeTypeAndVersion: { name: HEYGEN_VIDEO, version: 1 },
			methodName: 'searchAvatarLooks',
			path: 'parameters.avatarId',
			currentNodeParameters: { resource: 'video', operation: 'createAvatar', avatarFilter: { ownership: 'private' } },
			credentials: { heyGenSuiteApi: suite.credential },
			filter: 'office',
		});
		expect(searched.results.length).toBeGreaterThan(0);
		expect(searched.results.every(({ name }) => /office/i.test(name))).toBe(true);
	});
});

describe('the credential', () => {
	const test = async (apiKey: string, baseUrl?: string) =>
		await suite.n8n.client.testCredential({
			id: '',
			name: 'Test',
			type: 'heyGenSuiteApi',
			data: { apiKey, baseUrl: baseUrl ?? suite.sandbox.url },
		});

	it('is accepted with a good key, and with one that lacks the account scope', async () => {
		expect((await test('sandbox-key')).status).toBe('OK');
		expect((await test('sandbox-key-no-account-scope')).status).toBe('OK');
	});

	it('is refused with a wrong key, in words that say where to make one', async () => {
		const { status, message } = await test('wrong');
		expect(status).toBe('Error');
		expect(message).toContain('https://app.heygen.com/developers/api');
		expect(message).not.toContain('wrong');
	});

	it('is refused with a base URL that would send the key readable, or that is none', async () => {
		expect((await test('sandbox-key', 'http://api.example.com')).message).toContain("'Base URL' must start with https://");
		expect((await test('sandbox-key', 'nonsense')).message).toContain("'Base URL' is not a valid address");
	});
});

describe('failures', () => {
	it('go to the error output with HeyGen code, message and the input, while the rest succeed', async () => {
		await withOwnSandbox(suite, async (own) => {
			await own.sandbox.addFault({
				match: { method: 'POST', path: '/v3/videos' },
				kind: 'status',
				status: 402,
				code: 'insufficient_credit',
				skip: 2,
			});
			const heygen = heyGenNode(own, createAvatar({ waitForCompletion: false }), {
				onError: 'continueErrorOutput',
			});
			const execution = await runNode(own, scripts(5), heygen);
			expect(execution.items(HEYGEN)).toHaveLength(4);
			const [failed, ...others] = execution.items(HEYGEN, 1);
			expect(others).toEqual([]);
			expect(failed?.json).toMatchObject({
				n: expect.any(Number) as number,
				script: expect.stringContaining('Hello') as string,
				error: expect.stringContaining('Could not create the video') as string,
				details: { code: 'insufficient_credit', httpCode: '402' },
			});
			expect(failed?.pairedItem).toEqual({ item: failed?.json.n });
		});
	});

	it('with Retry On Fail are repeated without a second video', async () => {
		await withOwnSandbox(suite, async (own) => {
			await own.sandbox.addFault({
				match: { method: 'POST', path: '/v3/videos' },
				kind: 'drop_after',
				times: 6,
			});
			const heygen = heyGenNode(own, createAvatar({ waitForCompletion: false }), {
				retryOnFail: true,
				maxTries: 3,
				waitBetweenTries: 1_000,
			});
			const execution = await runNode(own, scripts(1), heygen);
			expect(execution.status).toBe('success');
			expect((await own.sandbox.stats()).videosCreated).toBe(1);
		});
	});

	it('of a render name the video and why', async () => {
		const heygen = heyGenNode(suite, createAvatar({ options: { title: '[fail]' } }));
		const execution = await runNode(suite, scripts(1), heygen);
		expect(execution.status).toBe('error');
		expect(execution.nodes[HEYGEN]?.runs[0]?.error).toMatch(/HeyGen could not finish the video \w+: .* \(item 1\)/);
	});
});

it('stops at once when the execution is cancelled', async () => {
	await withOwnSandbox(suite, async (own) => {
		await own.sandbox.configure({ jobSeconds: 600 });
		const heygen = heyGenNode(own, createAvatar({ waitForCompletion: true }));
		const id = await own.n8n.client.startRun(feed('Cancel', scripts(3), heygen), { startNode: TRIGGER });
		const asked = async () => (await own.sandbox.stats()).requests['GET /v3/videos/statuses']?.['200'] ?? 0;
		while ((await asked()) === 0) await new Promise((resolve) => setTimeout(resolve, 100));
		const from = performance.now();
		await own.n8n.client.cancel(id);
		// The video would take ten minutes. An idle machine needs less than a second, and a busy one may need more.
		const execution = await own.n8n.client.waitForEnd(id, 10_000);
		process.stdout.write(`cancelling a wait took ${Math.round(performance.now() - from)} ms\n`);
		expect(execution.status).toBe('canceled');
		const before = await asked();
		await new Promise((resolve) => setTimeout(resolve, 4_000));
		expect(await asked()).toBe(before);
	});
});

it('keeps item linking through to later nodes', async () => {
	const heygen = heyGenNode(suite, createAvatar({ download: [] }));
	const later = {
		...heygen,
		id: 'later',
		name: 'Later',
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: {
			mode: 'raw',
			jsonOutput: `={{ JSON.stringify({ n: $('${TRIGGER}').item.json.n }) }}`,
			options: {},
		},
		credentials: undefined,
	};
	const execution = await suite.n8n.client.runWorkflow(feed('Linked', scripts(3), heygen, later), {
		startNode: TRIGGER,
	});
	expect(execution.items('Later').map(({ json }) => json.n)).toEqual([0, 1, 2]);
});
