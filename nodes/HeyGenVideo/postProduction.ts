import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from '../declare/resource';
import { jobShape } from '../engine/item/simplify';
import { attach } from '../engine/operations/attach';
import { deleted } from '../engine/operations/deleted';
import { pages } from '../engine/operations/pages';
import { single } from '../engine/operations/single';
import { additionalFieldsOption } from '../fields/additionalFields';
import { costNotice } from '../fields/cost';
import { jobIdField } from '../fields/ids';
import { listFields } from '../fields/lists';
import { optionsField, requestOptionsField, sendingOptionsField } from '../fields/sending';
import { simplifyField, simplifyResultField } from '../fields/simplify';
import { sourceVideoFields } from '../fields/sourceVideo';
import { spendingOptions } from '../fields/spending';
import { attachFields, optionalWaitOptions, waitForCompletionFields, waitOptions } from '../fields/waiting';
import type { JobKind } from '../heygen/jobs/kind';
import type { PricedKind } from '../heygen/prices/rates';

/** What the resources share whose jobs work on a film there is. */

/** The operations of such a resource that are alike: what differs is the kind of job, the address and the words. */
interface OfJobs {
	kind: JobKind;
	/** The request's path. That of one job has a placeholder for the ID: "/v3/ai-clipping/{job_id}". */
	url: string;
	/** In the node panel, also what an AI agent reads. */
	description: string;
}

/** The placeholder of a path: HeyGen's paths do not all call the ID of a job the same. */
function idNameIn(url: string): string {
	return url.slice(url.indexOf('{') + 1, url.indexOf('}'));
}

/**
 * Reads one job by its ID.
 *
 * @param described what is read
 */
export function getJobOperation({ kind, url, description }: OfJobs): Operation {
	const { noun } = kind;
	return {
		value: 'get',
		name: 'Get',
		action: `Get ${noun}`,
		description,
		request: { method: 'GET', url },
		run: single(`get the ${noun}`, jobShape(kind)),
		properties: [jobIdField(noun, idNameIn(url)), simplifyField, sendingOptionsField],
	};
}

/**
 * Lists jobs.
 *
 * @param described what is listed, and the largest page that HeyGen gives
 */
export function listJobsOperation({ kind, url, description, max }: OfJobs & { max: number }): Operation {
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
export function deleteJobOperation({ kind: { noun }, url, description }: OfJobs): Operation {
	const idName = idNameIn(url);
	return {
		value: 'delete',
		name: 'Delete',
		action: `Delete ${noun}`,
		description,
		request: { method: 'DELETE', url },
		run: deleted(noun, idName),
		properties: [jobIdField(noun, idName), sendingOptionsField],
	};
}

/**
 * Attaches to a running job by its ID.
 *
 * @param described what is waited for
 */
export function waitForJobOperation({ kind, url, description }: OfJobs): Operation {
	const { noun } = kind;
	return {
		value: 'wait',
		name: 'Wait Until Finished',
		action: `Wait until ${noun} is finished`,
		description,
		request: { method: 'GET', url },
		run: attach(kind),
		properties: [
			jobIdField(noun, idNameIn(url)),
			...attachFields(kind),
			simplifyField,
			optionsField(waitOptions),
			sendingOptionsField,
		],
	};
}

/** What differs between the parameters of such creates. */
interface FilmWork {
	kind: JobKind;
	/** What is paid for. */
	priced: PricedKind;
	/** Members of the Options that only this create has. */
	options: readonly INodeProperties[];
	/** Members of the Request Options. */
	requestOptions: readonly INodeProperties[];
}

/**
 * The parameters of a create that works on a film.
 *
 * @param work what the create is for
 */
export function filmWorkFields({ kind, priced, options, requestOptions }: FilmWork): INodeProperties[] {
	return [
		costNotice(priced, 'video'),
		...sourceVideoFields,
		...waitForCompletionFields(kind),
		simplifyResultField,
		optionsField([...options, additionalFieldsOption, ...optionalWaitOptions, ...spendingOptions]),
		requestOptionsField(requestOptions),
	];
}
