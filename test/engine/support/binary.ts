/** Binary data of the in-process engine. */
import './env';
import 'reflect-metadata';
import { BinaryDataConfig, BinaryDataService } from 'n8n-core';
import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';
import { requireAsCore } from '../../jest/shared';

/** Where n8n keeps the bytes of binary properties: base64 inside the item, or files. */
export type BinaryMode = 'default' | 'filesystem';

/** Workflow that stored files belong to. */
export const WORKFLOW_ID = 'engine-test-workflow';

interface ServiceContainer {
	get<T>(service: abstract new (...args: never[]) => T): T;
}

// Several copies of this package can be installed; only the one n8n-core uses knows its services.
const { Container } = requireAsCore('@n8n/di') as { Container: ServiceContainer };

let activeMode: BinaryMode | undefined;
let ready: Promise<void> | undefined;

/** Binary storage is one service per process, hence set up again only when the mode changes. */
export async function useBinaryMode(mode: BinaryMode): Promise<BinaryDataService> {
	const service = Container.get(BinaryDataService);
	if (mode !== activeMode) {
		activeMode = mode;
		Container.get(BinaryDataConfig).mode = mode;
		ready = service.init();
	}
	await ready;
	return service;
}

/** Bytes of a binary property, wherever n8n stored them. */
export async function readBinary(item: INodeExecutionData, property: string): Promise<Buffer> {
	const binary = item.binary?.[property];
	if (!binary) throw new Error(`The item has no binary property "${property}"`);
	return await Container.get(BinaryDataService).getAsBuffer(binary);
}

/** Binary property for an input item, stored the way an earlier node of the workflow would have. */
export async function createBinary(
	content: Buffer,
	{ fileName, mimeType }: { fileName: string; mimeType: string },
	mode: BinaryMode = 'default',
): Promise<IBinaryData> {
	const service = await useBinaryMode(mode);
	return await service.store(
		{ type: 'execution', workflowId: WORKFLOW_ID, executionId: 'input' },
		content,
		{ data: '', fileName, mimeType },
	);
}
