import { getJobOperation } from '../../declare/jobOperations';
import { voiceIdField } from '../../fields/pickers';
import { voiceJob } from '../../heygen/jobs/voice';

/** `GET /v3/voices/{voice_id}`. */
export const get = getJobOperation({
	kind: voiceJob,
	url: '/v3/voices/{voice_id}',
	description: 'Read one voice, with a fresh address of its preview; of a clone also whether it is complete',
	idField: voiceIdField,
});
