/** What the tests of HeyGen Avatar share: runs of the node, what avatars are made of, and what HeyGen was asked for. */
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { HeyGenAvatar } from '../../../nodes/HeyGenAvatar/HeyGenAvatar.node';
import type { Sandbox } from '../../sandbox';
import { sampleFile } from '../../sandbox';
import { SandboxClient } from '../../sandbox/client';
import { itemWith } from '../support/assetSupport';
import { type RunningNode, type RunOptions, type RunResult, startNode } from '../support/harness';
import { pngFile } from '../support/sampleFiles';
import { endOf, jsonOf, nodeRun, type NodeRunOptions } from '../support/support';

export const CREATE_AVATAR = 'POST /v3/avatars';
export const GET_GROUP = 'GET /v3/avatars/{group_id}';
export const GET_LOOK = 'GET /v3/avatars/looks/{look_id}';
export const LIST_GROUPS = 'GET /v3/avatars';
export const LIST_LOOKS = 'GET /v3/avatars/looks';
export const DELETE_LOOK = 'DELETE /v3/avatars/looks/{look_id}';
export const DELETE_GROUP = 'DELETE /v3/avatars/{group_id}';
export const UPDATE_LOOK = 'PATCH /v3/avatars/looks/{look_id}';
export const UPDATE_GROUP = 'PATCH /v3/avatars/{group_id}';
export const CONSENT = 'POST /v3/avatars/{group_id}/consent';

/** The same as matches of faults. */
export const CREATES = { method: 'POST', path: '/v3/avatars' };
export const LOOKS_OF = { method: 'GET', path: '/v3/avatars/looks' };
export const LOOK = { method: 'GET', path: '/v3/avatars/looks/{look_id}' };
export const GROUP = { method: 'GET', path: '/v3/avatars/{group_id}' };
export const CONSENTS = { method: 'POST', path: '/v3/avatars/{group_id}/consent' };

/** Groups of the catalogue: HeyGen's, and two of the account's own, with four looks each. */
export const PUBLIC_GROUP = 'group_ann';
export const PUBLIC_LOOK = 'look_ann_office_01';
export const OWN_GROUP = 'group_edda';
export const OWN_LOOK = 'look_edda_office_01';
export const OWN_LOOKS = ['look_edda_office_01', 'look_edda_studio_02', 'look_edda_garden_03', 'look_edda_kitchen_04'];
/** A look of HeyGen's that was filmed in a studio. */
export const STUDIO_LOOK = 'look_chiara_office_01';

export const PHOTO_URL = 'https://example.com/ada.png';
export const FOOTAGE_URL = 'https://example.com/ada.mp4';

type Where = { apiKey: string; url: string };

/** Everything a run of the node needs. */
export function avatarRun(where: Where, operation: string, parameters: INodeParameters = {}, options: NodeRunOptions = {}): RunOptions {
	return nodeRun(new HeyGenAvatar(), where, { resource: 'avatar', operation, ...parameters }, options);
}

/** Runs an operation of the node to its end; another resource than Avatar is among the parameters. */
export async function runAvatar(...run: Parameters<typeof avatarRun>): Promise<RunResult> {
	return await endOf(startNode(avatarRun(...run)));
}

/** Starts an operation of the node, for tests that do something meanwhile. */
export function startAvatar(...run: Parameters<typeof avatarRun>): RunningNode {
	return startNode(avatarRun(...run));
}

/** Parameters of Create From Photo: the photo at `PHOTO_URL`. */
export const photo = (more: INodeParameters = {}): INodeParameters => ({ name: 'Ada', fileSource: 'url', fileUrl: PHOTO_URL, ...more });

/** Parameters of Create Digital Twin: the footage at `FOOTAGE_URL`. */
export const twin = (more: INodeParameters = {}): INodeParameters => ({ name: 'Ada', fileSource: 'url', fileUrl: FOOTAGE_URL, ...more });

/** Parameters of Create From Prompt. */
export const prompted = (more: INodeParameters = {}): INodeParameters => ({ name: 'Ada', prompt: 'A woman with red hair', ...more });

/** Parameters of the resource Look. */
export const look = (more: INodeParameters = {}): INodeParameters => ({ resource: 'look', ...more });

/** An item with a photo in the binary field `data`. */
export async function itemWithPhoto(fileName = 'ada.png'): Promise<INodeExecutionData> {
	return await itemWith({ data: pngFile(fileName) });
}

/** An item with footage in the binary field `data`. */
export async function itemWithFootage(): Promise<INodeExecutionData> {
	return await itemWith({ data: { fileName: 'ada.mp4', mimeType: 'video/mp4', content: sampleFile('mp4') } });
}

/** The JSON of the only item that a run puts out. @throws what the run failed with */
export function onlyOf(result: RunResult): IDataObject {
	if (result.originalError !== undefined) throw result.originalError;
	expect(jsonOf(result)).toHaveLength(1);
	return jsonOf(result)[0] as IDataObject;
}

/** The facts of a run's error, or of an item at the error output. */
export function detailsOf(error: unknown): IDataObject {
	return ((error as { context?: { details?: IDataObject } }).context?.details ?? {}) as IDataObject;
}

/** Avatars that were really made. */
export const madeIn = (sandbox: Sandbox): number => sandbox.stats().jobsCreated.avatar;

/** Makes an avatar without the node, as somebody else's workflow would. @returns the look and its group */
export async function avatarIn(sandbox: Sandbox, fields: IDataObject = {}): Promise<{ lookId: string; groupId: string }> {
	const { avatarAnswer } = sandbox.config;
	sandbox.configure({ avatarAnswer: 'both' });
	const { avatar_item: made, avatar_group: group } = await new SandboxClient(sandbox.url).createAvatar(fields);
	sandbox.configure({ avatarAnswer });
	return { lookId: String(made.id), groupId: String(group.id) };
}

/** A twin of somebody who has not consented, without the node. */
export const twinFields: IDataObject = { type: 'digital_twin', file: { type: 'url', url: FOOTAGE_URL } };

/** What the sandbox keeps of a record. */
export async function recordIn(sandbox: Sandbox, path: string): Promise<IDataObject> {
	const { body } = await new SandboxClient(sandbox.url).get(`/v3/avatars/${path}`, { unchecked: true });
	return body.data as IDataObject;
}

/** The methods and templates of all requests so far. */
export const askedOf = (sandbox: Sandbox): string[] => sandbox.requests().map(({ method, template }) => `${method} ${String(template)}`);
