import { getJobOperation } from '../../declare/jobOperations';
import { lookIdField } from '../../fields/pickers';
import { avatarJob } from '../../heygen/jobs/avatar';

/** `GET /v3/avatars/looks/{look_id}`. */
export const get = {
	...getJobOperation({
		kind: avatarJob,
		url: '/v3/avatars/looks/{look_id}',
		description: 'Read one look: its status, the engines that move it, its voice, its shape and its previews',
		idField: lookIdField,
	}),
	action: 'Get look',
};
