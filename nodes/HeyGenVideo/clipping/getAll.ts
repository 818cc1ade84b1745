import { listJobsOperation } from '../../declare/jobOperations';
import { clippingJob } from '../../heygen/jobs/clipping';
import { PAGE_MAX } from '../../heygen/limits';

const { outline } = clippingJob;

/** Lists call the progress of every clipping 0 (API reference, Post-production jobs). */
const listed = { ...clippingJob, outline: { ...outline, fields: outline.fields.filter((field) => field !== 'progress') } };

/** `GET /v3/ai-clipping`. */
export const getAll = listJobsOperation({
	kind: listed,
	url: '/v3/ai-clipping',
	description: 'List clippings with their clips, newest first',
	max: PAGE_MAX.clippings,
});
