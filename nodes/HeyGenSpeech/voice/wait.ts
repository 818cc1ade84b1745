import { waitForJobOperation } from '../../declare/jobOperations';
import { ownVoiceIdField } from '../../fields/pickers';
import { voiceJob } from '../../heygen/jobs/voice';

/** Attaches to a voice that is being cloned. */
export const wait = waitForJobOperation({
	kind: voiceJob,
	url: '/v3/voices/{voice_id}',
	description: 'Attach to a voice that is being cloned, and hand it on when it is complete',
	idField: { ...ownVoiceIdField, description: "A voice that is being cloned, as 'Clone' puts it out in voice_id" },
});
