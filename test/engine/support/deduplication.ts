/** The store behind n8n's node Remove Duplicates, in memory: the same table rows, read and written in the same way. */
import './env';
import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DataDeduplicationService } from 'n8n-core';
import type {
	DeduplicationScope,
	ICheckProcessedContextData,
	IDataDeduplicator,
	IDeduplicationOutput,
} from 'n8n-workflow';

/** What n8n keeps of a value. */
const hashOf = (value: unknown): string => createHash('md5').update(String(value)).digest('base64');

/** n8n's `DeduplicationHelper`, mode `entries`, over a table in memory. One process has one. */
export class MemoryDeduplicator implements IDataDeduplicator {
	/** Hashes by workflow and node. A read and a write of it are some time apart, as with a database. */
	readonly rows = new Map<string, readonly string[]>();
	/** What the database says instead of an answer. */
	failure: Error | undefined;

	async checkProcessedAndRecord(
		items: Parameters<IDataDeduplicator['checkProcessedAndRecord']>[0],
		scope: DeduplicationScope,
		context: ICheckProcessedContextData,
		options: Parameters<IDataDeduplicator['checkProcessedAndRecord']>[3],
	): Promise<IDeduplicationOutput> {
		if (options.mode !== 'entries') throw new Error('Only the mode "entries" is kept here');
		const key = keyOf(scope, context);
		const most = options.maxEntries ?? Infinity;
		const row = await this.read(key);
		const known = new Set(row ?? []);
		// As n8n does it: a value twice in one call is new twice, or known twice.
		const isNew = items.map((item) => !known.has(hashOf(item)));
		const hashes = items.map(hashOf).filter((_hash, index) => isNew[index]);
		await this.write(key, [...(row ?? []), ...hashes].slice(-most), row === undefined);
		return {
			new: items.filter((_item, index) => isNew[index]),
			processed: items.filter((_item, index) => !isNew[index]),
		};
	}

	async removeProcessed(): Promise<void> {
		throw new Error('The triggers remove nothing');
	}

	async clearAllProcessedItems(): Promise<void> {
		throw new Error('The triggers remove nothing');
	}

	async getProcessedDataCount(
		scope: DeduplicationScope,
		context: ICheckProcessedContextData,
	): Promise<number> {
		return this.rows.get(keyOf(scope, context))?.length ?? 0;
	}

	private async read(key: string): Promise<readonly string[] | undefined> {
		await nextTurn();
		if (this.failure !== undefined) throw this.failure;
		return this.rows.get(key);
	}

	private async write(key: string, row: readonly string[], isNew: boolean): Promise<void> {
		await nextTurn();
		if (isNew && this.rows.has(key)) throw new Error('UNIQUE constraint failed: processed_data');
		this.rows.set(key, row);
	}
}

function keyOf(scope: DeduplicationScope, { workflow, node }: ICheckProcessedContextData): string {
	if (scope !== 'node' || workflow.id === undefined || node === undefined) {
		throw new Error('Only the scope "node" of a saved workflow is kept here');
	}
	return `${workflow.id} n:${node.id}`;
}

/** The store of this test file. */
export const deduplicator = new MemoryDeduplicator();

// n8n takes one for the life of a process, which other test files share.
Reflect.set(DataDeduplicationService, 'instance', undefined);
void DataDeduplicationService.init(deduplicator);
