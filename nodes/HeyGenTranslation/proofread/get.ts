import { getJobOperation } from '../../declare/jobOperations';
import { proofreadIdField } from '../../fields/ids';
import { proofreadJob } from '../../heygen/jobs/proofread';

/** `GET /v3/video-translations/proofreads/{proofread_id}`. */
export const get = getJobOperation({
	kind: proofreadJob,
	url: '/v3/video-translations/proofreads/{proofread_id}',
	description: 'Read one proofread: its state, language and title',
	idField: proofreadIdField,
});
