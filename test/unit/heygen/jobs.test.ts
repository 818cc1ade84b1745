import { readdirSync } from 'node:fs';
import path from 'node:path';

import { assetStatuses } from '../../../nodes/heygen/jobs/asset';
import { type JobKind, jobPhase, type Readable, type StatusKind, withOwnId } from '../../../nodes/heygen/jobs/kind';
import { videoJob } from '../../../nodes/heygen/jobs/video';
import { idIn, type RecordOutline } from '../../../nodes/heygen/records';
import { operations } from '../../sandbox/server/contract';

const FOLDER = path.join(__dirname, '../../../nodes/heygen/jobs');

/** Everything that the files of the folder declare. */
const declared = readdirSync(FOLDER).flatMap((file) =>
	Object.entries(jest.requireActual<Record<string, unknown>>(path.join(FOLDER, file))),
);
/** What is read by its id. */
const readables = declared.filter(
	(entry): entry is [string, Readable & { outline: RecordOutline }] => typeof entry[1] === 'object' && entry[1] !== null && 'recordPath' in entry[1],
);
/** What is started and waited for. */
const kinds = readables.filter((entry): entry is [string, JobKind] => 'succeeded' in entry[1]);
/** What is there, such as avatar groups. */
const records = readables.filter((entry) => !('succeeded' in entry[1]));

it('declares kinds of jobs, and assets, which are none', () => {
	expect(kinds.map(([name]) => name)).toContain('videoJob');
	expect(declared.map(([name]) => name)).toContain('assetStatuses');
	expect(kinds.map(([name]) => name)).not.toContain('assetStatuses');
	expect(records.map(([name]) => name)).toContain('avatarGroup');
});

describe('withOwnId', () => {
	it("calls an asset's id by its own name, and changes nothing else", () => {
		const record = { video_id: 'a1', status: 'completed', error: null, item_index: 0 };
		const before = { ...record };
		const renamed = withOwnId(record, assetStatuses);
		expect(renamed).toEqual({ asset_id: 'a1', status: 'completed', error: null, item_index: 0 });
		expect(Object.keys(renamed)[0]).toBe('asset_id');
		expect(record).toEqual(before);
	});

	it('leaves videos as they are', () => {
		const record = { video_id: 'v1', status: 'completed' };
		expect(withOwnId(record, videoJob)).toBe(record);
	});

	it('leaves records as they are that have their own id already', () => {
		const record = { asset_id: 'a1', status: 'completed' };
		expect(withOwnId(record, assetStatuses)).toBe(record);
		// The own name wins when HeyGen sends both.
		expect(withOwnId({ video_id: 'x', asset_id: 'a1' }, assetStatuses)).toEqual({ asset_id: 'a1' });
	});

	it('keeps an id that is null, for files that are not taken in yet', () => {
		expect(withOwnId({ video_id: null, status: 'queued' }, assetStatuses)).toEqual({ asset_id: null, status: 'queued' });
	});
});

describe('idIn', () => {
	it.each([
		[{ video_id: 'v1', id: 'x' }, 'v1'],
		[{ video_id: null, id: 'v1' }, 'v1'],
		[{ video_id: '', asset_id: 'a1' }, 'a1'],
		[{ video_id: 12345 }, '12345'],
		[{ id: 0 }, '0'],
		[{ id: ' v1 ' }, 'v1'],
		[{ video_id: {}, id: ['v1'] }, undefined],
		[{ video_id: 1.5, id: ' ' }, undefined],
		// Too large to have come through whole.
		[{ video_id: 2 ** 60 }, undefined],
		[{}, undefined],
	])('%j names %j', (record, id) => {
		expect(idIn(record, ['video_id', 'asset_id'])).toBe(id);
	});
});

/** What has states that can be read in bulk. */
const statusKinds = declared.filter(
	(entry): entry is [string, StatusKind] => typeof entry[1] === 'object' && entry[1] !== null && 'statuses' in entry[1],
);

describe.each(statusKinds)('the statuses of %s', (_name, { statuses }) => {
	it('are read where the contract has them, with its names', () => {
		const read = operations.find(({ method, template }) => method === 'GET' && template === statuses.path);
		expect(Object.keys(read?.query ?? {})).toEqual(expect.arrayContaining([statuses.idsField, 'batch_ids']));
		// HeyGen calls the id of every kind so; `withOwnId` renames it.
		expect(JSON.stringify(read?.responses['200'])).toContain('"video_id"');
	});
});

describe('jobPhase of a video', () => {
	it.each([
		['completed', 'succeeded'],
		['COMPLETED', 'succeeded'],
		['Completed', 'succeeded'],
		[' completed\n', 'succeeded'],
		['success', 'succeeded'],
		['SUCCEEDED', 'succeeded'],
		[' Failed ', 'failed'],
		['failed', 'failed'],
		['FAILED', 'failed'],
		['error', 'failed'],
		['cancelled', 'failed'],
		['canceled', 'failed'],
		['Deleted', 'failed'],
		['not_found', 'gone'],
		['NOT_FOUND', 'gone'],
		['pending', 'running'],
		['waiting', 'running'],
		['processing', 'running'],
		['a word of tomorrow', 'running'],
		['', 'running'],
		[undefined, 'running'],
		[null, 'running'],
		[1, 'running'],
	] as const)('reads %j as %s', (status, phase) => {
		expect(jobPhase(videoJob, status)).toBe(phase);
	});
});

/** The contract's request that reads a record. */
function readOf({ recordPath }: Readable) {
	return operations.find(({ method, template }) => method === 'GET' && template.replace(/\{\w+\}/, '{id}') === recordPath);
}

describe.each(records)('%s, which is no job', (_name, record) => {
	it('is read where the contract has it', () => {
		expect(readOf(record)).toBeDefined();
	});

	it('tells the same id, each field once, and all that it may leave out', () => {
		const { idField, fields, optional } = record.outline;
		expect(idField).toBe(record.idField);
		expect(fields).toEqual([...new Set(fields)]);
		expect(fields).toEqual(expect.arrayContaining([...optional]));
	});

	it('names fields that the contract knows', () => {
		const known = JSON.stringify(readOf(record)?.responses['200']);
		const files = record.files.map(({ urlField }) => urlField.split('.')[0] as string);
		for (const field of [...record.outline.fields, ...files]) expect(known).toContain(`"${field}"`);
	});
});

describe.each(kinds)('%s', (_name, kind) => {
	it('has no word that means two things', () => {
		expect(kind.succeeded.filter((word) => kind.failed.includes(word))).toEqual([]);
		for (const word of [...kind.succeeded, ...kind.failed]) expect(word).toBe(word.toLowerCase());
	});

	it('is read where the contract has it', () => {
		const has = (method: string, template: string) =>
			operations.some((operation) => operation.method === method && operation.template === template);
		const anyId = (path: string) =>
			operations.some(
				({ method, template }) => method === 'GET' && template.replace(/\{\w+\}/, '{id}') === path,
			);
		expect(anyId(kind.recordPath)).toBe(true);
		const { statuses, batch, otherPath, lookUp } = kind;
		if (statuses !== undefined) expect(has('GET', statuses.path)).toBe(true);
		if (batch !== undefined) expect(has('POST', batch.createPath) && anyId(batch.readPath)).toBe(true);
		if (otherPath !== undefined) expect(anyId(otherPath)).toBe(true);
		if (lookUp !== undefined) expect(has('GET', lookUp.path)).toBe(true);
	});

	it('tells the same id, all its files and why it failed when it is short', () => {
		const { idField, fields, optional } = kind.outline;
		expect(idField).toBe(kind.idField);
		const files = kind.files.map(({ urlField }) => urlField.split('.')[0] as string);
		const reasons = [...kind.failureCodeFields, ...kind.failureMessageFields];
		const needed = [...(kind.next !== undefined ? [kind.next.idField] : kind.parts === undefined ? files : [kind.parts.field]), ...reasons];
		expect(fields).toEqual(expect.arrayContaining([...needed, ...optional, 'status']));
		expect(optional).toEqual(expect.arrayContaining(reasons));
		expect(fields).toEqual([...new Set(fields)]);
		if (kind.parts !== undefined) expect(kind.parts.outline.fields).toEqual(expect.arrayContaining(files));
	});

	it('has files with names of their own', () => {
		expect(new Set(kind.files.map(({ name }) => name)).size).toBe(kind.files.length);
		expect(new Set(kind.files.map(({ suffix }) => suffix)).size).toBe(kind.files.length);
	});

	it('names fields that the contract knows', () => {
		const fields = JSON.stringify(readOf(kind)?.responses['200']);
		// Files of a job that leads to another one are that one's.
		for (const { urlField } of kind.next === undefined ? kind.files : []) expect(fields).toContain(`"${urlField.split('.')[0]}"`);
		for (const field of [...kind.failureCodeFields, ...kind.failureMessageFields]) {
			expect(fields).toContain(`"${field}"`);
		}
		for (const field of [...kind.outline.fields, ...(kind.parts?.outline.fields ?? [])]) expect(fields).toContain(`"${field}"`);
		const { statuses, batch } = kind;
		if (statuses !== undefined) {
			const read = operations.find(({ template }) => template === statuses.path);
			expect(Object.keys(read?.query ?? {})).toContain(statuses.idsField);
			expect(statuses.idsField).toBe(`${kind.idField}s`);
		}
		if (batch !== undefined) {
			const made = operations.find(({ template }) => template === batch.createPath);
			expect(JSON.stringify(made?.bodySchema)).toContain(`"${batch.itemsField}"`);
		}
	});
});
