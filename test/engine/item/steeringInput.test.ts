/** Every parameter that steers the node instead of a request, in every operation: it is read kindly, or refused before any request. */
import uniqBy from 'lodash/uniqBy';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { leaves, operationCases, sendOf, type Leaf, type OperationCase } from '../../unit/support/walk';
import { itemWith } from '../support/assetSupport';
import { runNode, type RunResult } from '../support/harness';
import { png } from '../support/sampleFiles';
import { errorOf, expression, jsonOf, locator, nodeRun, PHOTO_LOOK, runVideo, seedVideos, useSandbox, useTiming } from '../support/support';

useTiming();
const sandbox = useSandbox();
const image = { fileName: 'a.png', mimeType: 'image/png', content: png() };

const FILM = { videoSource: 'url', videoUrl: 'https://example.com/a.mp4', outputLanguages: ['German'] };

/** What an operation needs besides what it requires, to get as far as reading any of its parameters. */
const BESIDES: Record<string, INodeParameters> = {
	'heyGenVideo api:call': { path: '/v3/videos' },
	'heyGenVideo api:list': { path: '/v3/videos' },
	'heyGenUsage cost:estimate': { script: 'Hello' },
	'heyGenVideo hyperframes:create': { projectSource: 'assetId', projectAssetId: 'asset_1' },
	'heyGenVideo backgroundRemoval:create': { videoSource: 'assetId' },
	'heyGenVideo clipping:create': { videoSource: 'assetId' },
	'heyGenVideo fillerWordRemoval:create': { videoSource: 'assetId' },
	'heyGenVideo video:createStudio': {
		scenes: { scene: [{ type: 'image', imageSource: 'url', imageUrl: 'https://example.com/a.png', audioSource: 'none', duration: 5 }] },
	},
	// The binary field holds a picture.
	'heyGenAvatar avatar:createDigitalTwin': { fileSource: 'assetId' },
	'heyGenTranslation translation:create': FILM,
	'heyGenTranslation proofread:create': FILM,
	'heyGenTranslation lipsync:create': { ...FILM, audioSource: 'url', audioUrl: 'https://example.com/a.mp3' },
	'heyGenUsage cost:forecast': { packageCredits: 1, contractStart: '2026-01-01' },
};

/** What a parameter is shown for, at the top of an operation. */
function conditionsOf({ displayOptions }: Leaf['root']): INodeParameters {
	const asked = Object.entries(displayOptions?.show ?? {}).filter(([name]) => /^\w+$/.test(name));
	return Object.fromEntries(asked.map(([name, values]) => [name, values?.[0]])) as INodeParameters;
}

/** Whatever an operation needs to get as far as reading the parameter in question. */
function parametersOf({ title, properties, resource, operation }: OperationCase): INodeParameters {
	const filled: INodeParameters = { resource, operation, ...BESIDES[title] };
	for (const { name, required, type, displayOptions } of properties) {
		if (required !== true || (displayOptions?.show?.audioSource ?? ['script'])[0] !== 'script') continue;
		// Rows and JSON are no single value.
		if (name in filled || type === 'fixedCollection' || type === 'json') continue;
		if (type === 'number') filled[name] = 1;
		else if (type === 'resourceMapper') filled[name] = {};
		else filled[name] = type === 'resourceLocator' ? locator(PHOTO_LOOK) : /url/i.test(name) ? 'https://example.com' : 'data';
	}
	return filled;
}

/** The parameters of a run in which one holds a value. */
function withValue(one: OperationCase, { path, root, property }: Leaf, value: unknown): INodeParameters {
	const [name, ...inner] = path as [string, ...string[]];
	// A member of a collection may belong to another one.
	const held = inner.reduceRight<unknown>((deep, part) => ({ ...(part === property.name ? conditionsOf(property) : {}), [part]: deep }), value);
	return { ...parametersOf(one), ...conditionsOf(root), [name]: held } as INodeParameters;
}

async function runCase(one: OperationCase, leaf: Leaf, value: unknown): Promise<RunResult> {
	const items = [await itemWith({ data: image }, { value } as IDataObject)];
	return await runNode(nodeRun(one.node.type, sandbox(), withValue(one, leaf, '={{ $json.value }}'), { items }));
}

const unsent = operationCases.flatMap((one) =>
	one.properties
		.flatMap(leaves)
		.filter(({ property }) => sendOf(property) === undefined && ['number', 'boolean'].includes(property.type))
		// Read with the answer, which costs nothing.
		.filter(({ property }) => property.name !== 'simplify')
		.map((leaf) => [`${one.title} ${leaf.path.join('.')}`, one, leaf] as const),
);

describe('what steers the node', () => {
	it('is found', () => {
		const names = new Set(unsent.map(([, , { property }]) => property.name));
		expect([...names].sort()).toEqual([
			'allBinaryFields',
			'allowMissingVariables',
			'charactersPerMinute',
			'checkBeforePaying',
			'checkSubtitles',
			'commitmentUsd',
			'count',
			'credits',
			'dryRun',
			'durationSeconds',
			'expectedSeconds',
			'frameRate',
			'fullResponse',
			'includedSeconds',
			'joinParts',
			'limit',
			'maxParallelRequests',
			'maximumCostPerExecution',
			'maximumCostPerItem',
			'maximumCostPerRun',
			'minimumBalance',
			'overageRate',
			'packageCredits',
			'packageUsd',
			'pageSize',
			'queueTimeoutMinutes',
			'rate',
			'returnAll',
			'sameInputSameVideo',
			'secondsPerCredit',
			'sendAsBatch',
			'sendCallbackId',
			'sendIdempotencyKey',
			'speed',
			'splitLongText',
			'timeoutMinutes',
			'usdPerCredit',
			'usedCredits',
			'usedSeconds',
			'voiceCount',
			'waitForCompletion',
			'waitForConsent',
			'withoutFolder',
			'wordsPerMinute',
		]);
	});

	it.each(unsent)('%s is refused before a request, with what was given and what it takes', async (_title, one, leaf) => {
		const { displayName, type } = leaf.property;
		const error = errorOf(await runCase(one, leaf, 'abc'));
		expect(error.message.startsWith(`'${displayName}' must be `)).toBe(true);
		expect(error.message).toMatch(type === 'boolean' ? /be true or false/ : /be a (whole )?number (of|above|from) (seconds of )?[01]/);
		expect(error.message.endsWith(', but it is "abc" (item 1)')).toBe(true);
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it.each(uniqBy(unsent, ([, , { property }]) => property.name))('%s is refused for whatever else it is not', async (_title, one, leaf) => {
		for (const [value, told] of [['1,5', '"1,5"'], [[3, 4], '[3,4]'], [-1, '"-1"'], [{ a: 1 }, '{"a":1}']] as const) {
			expect(errorOf(await runCase(one, leaf, value)).message).toContain(`, but it is ${told} (item 1)`);
		}
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it.each(['get', 'getAll'])('of %s is refused also where it says what becomes of the answer', async (operation) => {
		const [videoId] = seedVideos(sandbox(), 1) as [string];
		const error = errorOf(await runVideo(sandbox(), operation, { videoId, simplify: expression('abc') }));
		expect(error.message).toMatch(/^'Simplify' must be true or false.*"abc"/);
	});

	it.each([['maxParallelRequests', [0, 2.5]], ['queueTimeoutMinutes', [0]]] as const)('%s has no use for 0', async (name, values) => {
		for (const value of values) {
			const error = errorOf(await runVideo(sandbox(), 'get', { videoId: 'v1', options: { [name]: value } }));
			expect(error.message).toMatch(/^'(Max Parallel Requests|Queue Timeout \(Minutes\))' must be/);
		}
	});

	it.each(['', ' ', null])('is the default when it is %j', async (value) => {
		seedVideos(sandbox(), 60);
		const options = { maxParallelRequests: expression(value), queueTimeoutMinutes: expression(value) };
		expect(jsonOf(await runVideo(sandbox(), 'getAll', { limit: expression(value), options }))).toHaveLength(50);
	});

	it.each([10, '10', ' 10 \n', 10.0, '10.0', '1e1'])('takes %j for ten', async (value) => {
		seedVideos(sandbox(), 60);
		expect(jsonOf(await runVideo(sandbox(), 'getAll', { limit: expression(value) }))).toHaveLength(10);
	});
});
