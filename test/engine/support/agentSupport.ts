/** What the tests of the video agent share: runs of the resource, and what the sandbox was told. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { HeyGenVideo } from '../../../nodes/HeyGenVideo/HeyGenVideo.node';
import type { Sandbox } from '../../sandbox';
import { startNode, type RunResult } from './harness';
import { type PlainRequest, type PlainServer, sendJson } from './plainServer';
import { endOf, jsonOf, nodeRun, requestsTo, type NodeRunOptions } from './support';

export const CREATE_SESSION = 'POST /v3/video-agents';
export const SEND_MESSAGE = 'POST /v3/video-agents/{session_id}';
export const GET_SESSION = 'GET /v3/video-agents/{session_id}';
export const LIST_VIDEOS = 'GET /v3/video-agents/{session_id}/videos';

/** Runs an operation of the resource Video Agent to its end; downloads nothing unless told to. */
export async function runAgent(
	where: { apiKey: string; url: string },
	operation: string,
	parameters: INodeParameters = {},
	options: NodeRunOptions = {},
): Promise<RunResult> {
	const all = { resource: 'videoAgent', operation, download: [], ...parameters };
	return await endOf(startNode(nodeRun(new HeyGenVideo(), where, all, options)));
}

/** The only item that a run puts out. @throws Error when it failed, or put out several */
export function onlyItem(result: RunResult): IDataObject {
	if (result.originalError !== undefined) throw result.originalError;
	const items = jsonOf(result);
	if (items.length !== 1) throw new Error(`The run put out ${items.length} items`);
	return items[0] as IDataObject;
}

/** Bodies of the requests of one endpoint, without the callback IDs that the node adds. */
export function told(sandbox: Sandbox, endpoint: string): IDataObject[] {
	return requestsTo(sandbox, endpoint).map(({ body }) => {
		const { callback_id: _automatic, ...rest } = body as IDataObject;
		return rest;
	});
}

/** What a server answers: data, or a status of failure. */
type AgentAnswer = IDataObject | IDataObject[] | number;

/** Times of output items, with whole seconds as HeyGen has them. */
export const ISO_SECONDS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/;

/** The sizes of pages that an endpoint was asked for. */
export const limitsAskedOf = (sandbox: Sandbox, endpoint: string): number[] => requestsTo(sandbox, endpoint).map(({ query }) => Number(query.limit));

/** Has a server answer by path; what it is at the n-th request. */
export function answerByPath(server: PlainServer, records: Record<string, (count: number) => AgentAnswer>): void {
	server.answer = (request: PlainRequest, response) => {
		const answer = records[`${request.method} ${request.path}`]?.(request.count) ?? 404;
		if (typeof answer === 'number') sendJson(response, { error: { code: answer === 404 ? 'not_found' : 'invalid_parameter', message: 'Busy' } }, answer);
		else sendJson(response, { data: answer });
	};
}

/** A finished film, and a session, as a server tells them. */
export const filmRecord = (id: string, more: IDataObject = {}): IDataObject => ({ id, status: 'completed', video_url: 'https://example.com/film.mp4', duration: 9, ...more });
export const sessionRecord = (status: string, more: IDataObject = {}): IDataObject => ({ session_id: 's1', status, video_id: null, messages: [], created_at: 1, ...more });
