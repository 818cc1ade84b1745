import * as jobs from '../../nodes/heygen/jobs';
import { operations } from '../sandbox/contract';

const { jobPhase } = jobs;

/** Every kind of job the module declares. */
const kinds = Object.entries(jobs as Record<string, unknown>).filter(
	(entry): entry is [string, jobs.JobKind] => typeof entry[1] === 'object' && entry[1] !== null && 'noun' in entry[1],
);

it('declares kinds of jobs', () => {
	expect(kinds.map(([name]) => name)).toContain('videoJob');
});

describe('jobPhase of a video', () => {
	it.each([
		['completed', 'succeeded'],
		['COMPLETED', 'succeeded'],
		['Completed', 'succeeded'],
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
		expect(jobPhase(jobs.videoJob, status)).toBe(phase);
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
		expect(anyId(kind.resourcePath)).toBe(true);
		expect(has('GET', kind.statuses.path)).toBe(true);
		expect(has('POST', kind.batch.createPath)).toBe(true);
		expect(anyId(kind.batch.readPath)).toBe(true);
	});

	it('has files with names of their own', () => {
		expect(new Set(kind.files.map(({ name }) => name)).size).toBe(kind.files.length);
		expect(new Set(kind.files.map(({ suffix }) => suffix)).size).toBe(kind.files.length);
	});

	it('names fields that the contract knows', () => {
		const read = operations.find(
			({ method, template }) => method === 'GET' && template.replace(/\{\w+\}/, '{id}') === kind.resourcePath,
		);
		const fields = JSON.stringify(read?.responses['200']);
		for (const { urlField } of kind.files) expect(fields).toContain(`"${urlField}"`);
		for (const field of [...kind.failureCodeFields, ...kind.failureMessageFields]) {
			expect(fields).toContain(`"${field}"`);
		}
		const statuses = operations.find(({ template }) => template === kind.statuses.path);
		expect(Object.keys(statuses?.query ?? {})).toContain(kind.statuses.idsField);
		expect(JSON.stringify(statuses?.responses['200'])).toContain(`"${kind.idField}"`);
		const batch = operations.find(({ template }) => template === kind.batch.createPath);
		expect(JSON.stringify(batch?.bodySchema)).toContain(`"${kind.batch.itemsField}"`);
	});
});
