import type { INodeProperties } from 'n8n-workflow';

import { jobShape } from '../engine/item/simplify';
import { attach } from '../engine/operations/attach';
import { batchItems } from '../engine/operations/batchItems';
import { bulkStatuses } from '../engine/operations/bulkStatuses';
import { deleted } from '../engine/operations/deleted';
import { download } from '../engine/operations/download';
import { pages } from '../engine/operations/pages';
import { single } from '../engine/operations/single';
import { write } from '../engine/operations/write';
import { batchIdField, batchIdsField, idsField, jobIdField } from '../fields/ids';
import { listFields } from '../fields/lists';
import { optionsField, sendingOptionsField } from '../fields/sending';
import { simplifyField } from '../fields/simplify';
import { titleOption } from '../fields/title';
import { attachFields, downloadField, waitOptionsOf } from '../fields/waiting';
import type { BatchedKind, CountedKind, JobKind } from '../heygen/jobs/kind';
import { newTitle } from '../heygen/schemas/primitives';
import type { Operation } from './resource';

/** Operations that resources of jobs have alike. */

/** What differs between such operations: the kind of job, the address and the words. */
interface OfJobs {
	kind: JobKind;
	/** The request's path. That of one job has a placeholder for the ID: "/v3/ai-clipping/{job_id}". */
	url: string;
	/** In the node panel, also what an AI agent reads. */
	description: string;
	/** The parameter for the job's ID; 'Job ID' by default. */
	idField?: INodeProperties;
}

/** A list of such jobs; its path names none. */
type ListOfJobs = Omit<OfJobs, 'idField'> & {
	/** The largest page that HeyGen gives. */
	max: number;
};

/** The placeholder of a path: HeyGen's paths do not all call the ID of a job the same. */
function idNameIn(url: string): string {
	return url.slice(url.indexOf('{') + 1, url.indexOf('}'));
}

function idFieldOf({ kind, url, idField = jobIdField(kind.noun, idNameIn(url)) }: OfJobs): INodeProperties {
	return idField;
}

/**
 * Reads one job by its ID.
 *
 * @param described what is read
 */
export function getJobOperation(described: OfJobs): Operation {
	const { kind, url, description } = described;
	const { noun } = kind;
	return {
		value: 'get',
		name: 'Get',
		action: `Get ${noun}`,
		description,
		request: { method: 'GET', url },
		run: single(`get the ${noun}`, jobShape(kind)),
		properties: [idFieldOf(described), simplifyField, sendingOptionsField],
	};
}

/**
 * Lists jobs.
 *
 * @param described what is listed
 */
export function listJobsOperation({ kind, url, description, max }: ListOfJobs): Operation {
	const many = `${kind.noun}s`;
	return {
		value: 'getAll',
		name: 'Get Many',
		action: `Get many ${many}`,
		description,
		request: { method: 'GET', url },
		run: pages({ max, of: many, shape: jobShape(kind) }),
		properties: [...listFields, simplifyField, sendingOptionsField],
	};
}

/**
 * Deletes one job by its ID.
 *
 * @param described what is deleted
 */
export function deleteJobOperation(described: OfJobs): Operation {
	const { kind: { noun }, url, description } = described;
	return {
		value: 'delete',
		name: 'Delete',
		action: `Delete ${noun}`,
		description,
		request: { method: 'DELETE', url },
		run: deleted(noun, idNameIn(url)),
		properties: [idFieldOf(described), sendingOptionsField],
	};
}

/**
 * Attaches to a running job by its ID.
 *
 * @param described what is waited for
 */
export function waitForJobOperation(described: OfJobs): Operation {
	const { kind, url, description } = described;
	const { noun } = kind;
	return {
		value: 'wait',
		name: 'Wait Until Finished',
		action: `Wait until ${noun} is finished`,
		description,
		request: { method: 'GET', url },
		run: attach(kind),
		properties: [
			idFieldOf(described),
			...attachFields(kind),
			simplifyField,
			optionsField(waitOptionsOf(kind)),
			sendingOptionsField,
		],
	};
}

/**
 * Fetches the files of a finished job.
 *
 * @param described whose files
 */
export function downloadJobOperation(described: OfJobs): Operation {
	const { kind, url, description } = described;
	return {
		value: 'download',
		name: 'Download',
		action: `Download ${kind.noun}`,
		description,
		request: { method: 'GET', url },
		run: download(kind),
		properties: [idFieldOf(described), downloadField(kind), simplifyField, sendingOptionsField],
	};
}

/**
 * Gives a job another title.
 *
 * @param described whose title
 */
export function renameJobOperation(described: OfJobs): Operation {
	const { kind, url, description } = described;
	return {
		value: 'update',
		name: 'Update',
		action: `Update ${kind.noun}`,
		description,
		request: { method: 'PATCH', url },
		run: write(`update the ${kind.noun}`, newTitle, { shape: jobShape(kind) }),
		properties: [
			idFieldOf(described),
			{ ...titleOption(`The ${kind.noun}'s new name in HeyGen`), required: true },
			simplifyField,
			sendingOptionsField,
		],
	};
}

/**
 * Reads the states of many jobs at once.
 *
 * @param described which jobs
 */
export function jobStatusesOperation({ kind, description }: Pick<OfJobs, 'description'> & { kind: CountedKind }): Operation {
	return {
		value: 'getStatuses',
		name: 'Get Statuses',
		action: `Get statuses of ${kind.noun}s`,
		description,
		request: { method: 'GET', url: kind.statuses.path },
		run: bulkStatuses(kind),
		properties: [idsField(kind), batchIdsField(kind), sendingOptionsField],
	};
}

/**
 * Reads what has become of a batch.
 *
 * @param described what is in it
 */
export function jobBatchOperation({ kind, description }: Pick<OfJobs, 'description'> & { kind: BatchedKind & CountedKind }): Operation {
	return {
		value: 'getBatch',
		name: 'Get Batch',
		action: `Get batch of ${kind.noun}s`,
		description,
		request: { method: 'GET', url: kind.batch.readPath.replace('{id}', '{batch_id}') },
		run: batchItems(kind),
		properties: [
			batchIdField("The batch's ID, as 'Send as Batch' puts it out in batch_id"),
			...listFields,
			sendingOptionsField,
		],
	};
}
