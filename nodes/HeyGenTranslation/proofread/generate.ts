import type { IDataObject } from 'n8n-workflow';

import type { Operation } from '../../declare/resource';
import type { Call, Ordered } from '../../engine/item/call';
import { checkBody } from '../../engine/item/checkBody';
import { taken } from '../../engine/item/given';
import { job } from '../../engine/operations/job';
import { additionalFieldsOption } from '../../fields/additionalFields';
import { costNotice } from '../../fields/cost';
import { proofreadIdField } from '../../fields/ids';
import { callbackOptions, creatingOptions, optionsField, requestOptionsField } from '../../fields/sending';
import { simplifyResultField } from '../../fields/simplify';
import { spendingOptions } from '../../fields/spending';
import { optionally, waitForCompletionFields, waitOptionsOf } from '../../fields/waiting';
import type { JobFile } from '../../heygen/jobs/kind';
import { translationJob } from '../../heygen/jobs/translation';
import { DUBBING_MODES, proofreadVideo } from '../../heygen/schemas/dubbing';
import { readChoice } from '../../heygen/values/plain';
import { checkCaptionsAsked } from '../dubbedVideo';
import { audioOnlyOption, captionsOption } from '../dubbingOptions';

/** The option that says which mode the proofread has. */
const MODE = { name: 'proofreadMode', label: 'Mode of the Proofread (for Estimates)' } as const;

function videoBody(call: Call, files: readonly JobFile[]): IDataObject {
	modeOf(call);
	const body = checkBody(proofreadVideo, call.body, call.names);
	checkCaptionsAsked(call, body, files, 'captions');
	return body;
}

function modeOf({ options }: Call): (typeof DUBBING_MODES)[number] | undefined {
	return taken(MODE.label, readChoice(options[MODE.name], DUBBING_MODES));
}

/** What the video orders: a translation, in the mode that the proofread was made with. HeyGen tells neither that nor its length. */
function proofreadOrder(call: Call): Ordered {
	const mode = modeOf(call);
	if (mode !== undefined) return { kind: mode === 'precision' ? 'translationPrecision' : 'translationSpeed' };
	const rateNote = `HeyGen does not tell the mode of the proofread, and the price of Precision is taken: '${MODE.label}' says which it is`;
	return { kind: 'translationPrecision', rateNote };
}

/** `POST /v3/video-translations/proofreads/{proofread_id}/generate`. */
export const generate: Operation = {
	value: 'generate',
	name: 'Generate Video',
	action: 'Generate video of proofread',
	description: 'Make the video of a proofread, with the subtitles as they are now',
	request: { method: 'POST', url: '/v3/video-translations/proofreads/{proofread_id}/generate' },
	run: job(translationJob, 'generate the video of the proofread', videoBody, { callbackId: true, says: ({ ids }) => ({ proofread_id: ids.proofread_id }) }),
	cost: ({ call }) => proofreadOrder(call),
	properties: [
		costNotice('translationSpeed', 'video'),
		proofreadIdField,
		...waitForCompletionFields(translationJob),
		simplifyResultField,
		optionsField([
			additionalFieldsOption,
			audioOnlyOption,
			captionsOption('captions', 'captions'),
			{
				displayName: MODE.label,
				name: MODE.name,
				type: 'options',
				options: [
					{ name: 'Precision', value: 'precision' },
					{ name: 'Speed', value: 'speed' },
				],
				default: 'speed',
				description: 'The mode that the proofread was created with. HeyGen does not tell it, and it changes the estimate alone. Without it, Precision counts.',
			},
			...optionally(waitOptionsOf(translationJob)),
			...spendingOptions,
		]),
		// The same request is another video once the subtitles have been changed, so there is no 'Same Input, Same Video'.
		requestOptionsField([...creatingOptions, ...callbackOptions]),
	],
};
