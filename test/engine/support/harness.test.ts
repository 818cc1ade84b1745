import {
	createBinary,
	loadOptionsContext,
	readBinary,
	runNode,
	startNode,
	type BinaryMode,
	type RunOptions,
} from './harness';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sleep } from 'n8n-workflow';
import type {
	DeclarativeRestApiSettings,
	ICredentialType,
	IExecutePaginationFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	INodeExecutionData,
	INodeType,
} from 'n8n-workflow';

type PaginationFunction = (
	this: IExecutePaginationFunctions,
	requestData: DeclarativeRestApiSettings.ResultOptions,
) => Promise<INodeExecutionData[]>;

/** Fields the engine sets on the context without declaring them on its public interface. */
type ContextAtRunTime = IExecutePaginationFunctions & { runIndex: number };

// n8n types only the older one-argument form.
const abortableSleep = sleep as (ms: number, signal?: AbortSignal) => Promise<void>;

const functionCredential: ICredentialType = {
	name: 'heyGenSuiteApi',
	displayName: 'Toy API',
	properties: [
		{ displayName: 'API Key', name: 'apiKey', type: 'string', default: '' },
		{ displayName: 'Region', name: 'region', type: 'string', default: 'eu' },
	],
	async authenticate(credentials, requestOptions) {
		requestOptions.headers = {
			...requestOptions.headers,
			'x-api-key': credentials.apiKey as string,
			'x-region': credentials.region as string,
		};
		return requestOptions;
	},
};

const genericCredential: ICredentialType = {
	...functionCredential,
	authenticate: {
		type: 'generic',
		properties: { headers: { 'x-api-key': '=key {{ $credentials.apiKey }}' } },
	},
};

const sendOnce: PaginationFunction = async function ({ options }) {
	const response = (await this.helpers.httpRequestWithAuthentication.call(this, 'heyGenSuiteApi', {
		...(options as IHttpRequestOptions),
		returnFullResponse: true,
	})) as { body: INodeExecutionData['json'] };
	return [{ json: response.body, pairedItem: { item: this.getItemIndex() } }];
};

let server: Server;
let baseUrl: string;
let requests: IncomingMessage[];
let respond: (request: IncomingMessage, response: ServerResponse) => void;

function toyNode(pagination: PaginationFunction): INodeType {
	return {
		description: {
			displayName: 'Toy',
			name: 'toy',
			group: ['transform'],
			version: 1,
			description: 'Toy node',
			defaults: { name: 'Toy' },
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: 'heyGenSuiteApi', required: true }],
			requestDefaults: { baseURL: baseUrl },
			requestOperations: { pagination },
			properties: [
				{
					displayName: 'Path',
					name: 'path',
					type: 'string',
					default: '',
					routing: { request: { url: '={{ $value }}' }, send: { paginate: true } },
				},
			],
		},
		methods: {
			listSearch: {
				async getThings(this: ILoadOptionsFunctions, filter?: string, paginationToken?: string) {
					const path = this.getCurrentNodeParameter('path') as string;
					const qs = { filter, paginationToken };
					const results = (await this.helpers.httpRequestWithAuthentication.call(
						this,
						'heyGenSuiteApi',
						{ url: `${baseUrl}${path}`, qs },
					)) as { path: string };
					return { results: [{ name: results.path, value: results.path }] };
				},
			},
		},
	};
}

function options(pagination: PaginationFunction, more: Partial<RunOptions> = {}): RunOptions {
	return {
		node: toyNode(pagination),
		parameters: { path: '=/{{ $json.id }}' },
		items: ['a', 'b', 'c'].map((id) => ({ json: { id } })),
		credentials: { apiKey: 'secret', baseUrl },
		credentialType: functionCredential,
		...more,
	};
}

beforeAll(async () => {
	server = createServer((request, response) => {
		requests.push(request);
		respond(request, response);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
});

beforeEach(() => {
	requests = [];
	respond = (request, response) => {
		response.statusCode = request.url === '/bad' ? 400 : 200;
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify({ path: request.url }));
	};
});

describe('runNode', () => {
	it('sends one authenticated request per item and links the items', async () => {
		const { outputs, status, error, workflowRunData } = await runNode(options(sendOnce));

		expect({ status, error }).toEqual({ status: 'success', error: undefined });
		expect(outputs).toEqual([
			['a', 'b', 'c'].map((id, item) => ({ json: { path: `/${id}` }, pairedItem: { item } })),
		]);
		expect(requests.map(({ headers }) => headers['x-api-key'])).toEqual(Array(3).fill('secret'));
		expect(requests[0]?.headers['x-region']).toBe('eu');
		expect(Object.keys(workflowRunData)).toEqual(['Start', 'Toy', 'Success']);
	});

	it('applies a generic credential', async () => {
		await runNode(options(sendOnce, { credentialType: genericCredential }));
		expect(requests[0]?.headers['x-api-key']).toBe('key secret');
	});

	it('adds the request options of declarative nodes without changing the given node', async () => {
		const timeouts: unknown[] = [];
		const run = options(async function (requestData) {
			timeouts.push(requestData.options.timeout);
			return await sendOnce.call(this, requestData);
		});
		await runNode({ ...run, parameters: { ...run.parameters, requestOptions: { timeout: 1234 } } });

		expect(timeouts).toEqual([1234, 1234, 1234]);
		expect(run.node.execute).toBeUndefined();
		expect(run.node.description.properties.map(({ name }) => name)).toEqual(['path']);
	});

	describe('when one of three items fails', () => {
		const items = ['a', 'bad', 'c'].map((id) => ({ json: { id } }));

		it('stops the workflow', async () => {
			const { status, error, originalError, runData } = await runNode(options(sendOnce, { items }));
			expect(status).toBe('error');
			expect(error).toMatchObject({ httpCode: '400', message: originalError?.message });
			expect(error).not.toBe(originalError);
			expect(originalError?.name).toBe('NodeApiError');
			expect(runData[0]?.executionStatus).toBe('error');
		});

		it('continues on the regular output', async () => {
			const result = await runNode(options(sendOnce, { items, onError: 'continueRegularOutput' }));
			expect(result.status).toBe('success');
			expect(result.outputs.map((output) => output.map(({ json }) => json))).toEqual([
				[{ path: '/a' }, { error: expect.any(String) }, { path: '/c' }],
			]);
		});

		it('continues on the error output', async () => {
			const result = await runNode(options(sendOnce, { items, onError: 'continueErrorOutput' }));
			expect(result.outputs.map((output) => output.map(({ json }) => json))).toEqual([
				[{ path: '/a' }, { path: '/c' }],
				[{ error: expect.any(String) }],
			]);
			expect(result.workflowRunData.Success?.[0]?.data?.main?.[0]).toHaveLength(2);
			expect(result.workflowRunData.Failure?.[0]?.data?.main?.[0]).toHaveLength(1);
		});

		it('merges the input of a linked error item that the node returns itself', async () => {
			const pagination: PaginationFunction = async function (requestData) {
				const item = this.getItemIndex();
				return await sendOnce
					.call(this, requestData)
					.catch(() => [{ json: { error: 'No' }, pairedItem: { item } }]);
			};
			const result = await runNode(options(pagination, { items, onError: 'continueErrorOutput' }));
			expect(result.outputs[1]).toEqual([
				{ json: { id: 'bad', error: 'No' }, pairedItem: { item: 1 } },
			]);
		});
	});

	it('repeats the node with Retry On Fail', async () => {
		let failures = 2;
		respond = (_request, response) => {
			response.statusCode = failures-- > 0 ? 500 : 200;
			response.end('{}');
		};
		const result = await runNode(
			options(sendOnce, {
				items: [{ json: { id: 'a' } }],
				retryOnFail: true,
				maxTries: 3,
				waitBetweenTries: 1,
			}),
		);
		expect(result).toMatchObject({ status: 'success', originalError: undefined });
		expect(requests).toHaveLength(3);
	});

	it('gives the node its execution id and run index', async () => {
		const seen: Array<[string, number]> = [];
		const pagination: PaginationFunction = async function () {
			seen.push([this.getExecutionId(), (this as ContextAtRunTime).runIndex]);
			return [{ json: {} }];
		};
		const items = [{ json: { id: 'a' } }];
		const { runData } = await runNode(options(pagination, { items, executionId: '4711', times: 3 }));

		expect(seen).toEqual([0, 1, 2].map((runIndex) => ['4711', runIndex]));
		expect(runData).toHaveLength(3);
	});

	it('shares the execute data between items and tries, not between runs', async () => {
		const seen: object[] = [];
		const pagination: PaginationFunction = async function () {
			seen.push(this.getExecuteData());
			if (seen.length <= 2) throw new Error('First try');
			return [{ json: {} }];
		};
		await runNode(
			options(pagination, {
				items: [{ json: { id: 'a' } }, { json: { id: 'b' } }],
				retryOnFail: true,
				waitBetweenTries: 1,
				times: 2,
			}),
		);
		// Two items in the failed try and two in the repeated one, then two in the second run.
		expect(seen).toHaveLength(6);
		expect(new Set(seen.slice(0, 4)).size).toBe(1);
		expect(new Set(seen).size).toBe(2);
	});

	it('reports a workflow that cannot start', async () => {
		const run = options(sendOnce);
		run.node.description.properties.forEach((property) => (property.required = true));
		await expect(runNode({ ...run, parameters: { path: '' } })).rejects.toThrow('issues');
	});
});

describe('startNode', () => {
	const waiting: PaginationFunction = async function () {
		await abortableSleep(600_000, this.getExecutionCancelSignal());
		return [{ json: {} }];
	};

	it('cancels a sleeping node at once', async () => {
		const running = startNode(options(waiting));
		await abortableSleep(50);
		running.cancel();
		expect((await running.promise).status).toBe('canceled');
	});

	it('cancels before the engine has started', async () => {
		const running = startNode(options(waiting));
		running.cancel();
		expect((await running.promise).status).toBe('canceled');
	});
});

describe('binary data', () => {
	it.each<BinaryMode>(['default', 'filesystem'])('is stored and read in %s mode', async (binaryMode) => {
		const pagination: PaginationFunction = async function () {
			const input = await this.helpers.getBinaryDataBuffer('data');
			const copy = Buffer.concat([input, input]);
			const file = await this.helpers.prepareBinaryData(copy, 'copy.txt', 'text/plain');
			return [{ json: {}, binary: { file } }];
		};
		const file = { fileName: 'a.txt', mimeType: 'text/plain' };
		const data = await createBinary(Buffer.from('ab'), file, binaryMode);
		const items = [{ json: { id: 'a' }, binary: { data } }];
		const { outputs } = await runNode(options(pagination, { items, binaryMode }));

		const item = outputs[0]?.[0] as INodeExecutionData;
		expect((await readBinary(item, 'file')).toString()).toBe('abab');
		expect(item.binary?.file?.id !== undefined).toBe(binaryMode === 'filesystem');
		await expect(readBinary(item, 'other')).rejects.toThrow('"other"');
	});
});

describe('loadOptionsContext', () => {
	it('calls a list search with parameters and credentials', async () => {
		const run = options(sendOnce, { parameters: { path: '/things' } });
		const getThings = run.node.methods?.listSearch?.getThings;
		const result = await getThings?.call(loadOptionsContext(run), 'x', 'page2');

		expect(result?.results).toEqual([
			{ name: '/things?filter=x&paginationToken=page2', value: expect.any(String) },
		]);
		expect(requests[0]?.headers['x-api-key']).toBe('secret');
	});
});
