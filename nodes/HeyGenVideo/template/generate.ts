import type { Operation } from '../../declare/resource';
import { job } from '../../engine/operations/job';
import { templateCast, templateOrder, templateVideoBody, templateVideoContent } from '../../engine/operations/templateVideo';
import { costNotice } from '../../fields/cost';
import { templateField } from '../../fields/pickers';
import { optionsField, reportedJobOptions, requestOptionsField } from '../../fields/sending';
import { simplifyResultField } from '../../fields/simplify';
import { spendingOptions } from '../../fields/spending';
import { templateFilesNotice, templateVariablesField } from '../../fields/templateMapping';
import { optionalWaitOptions, waitForCompletionFields } from '../../fields/waiting';
import { templateVideoJob } from '../../heygen/jobs/templateVideo';
import { templateVideoOptions } from './templateVideoOptions';

/** `POST /v3/templates/{template_id}`. */
export const generate: Operation = {
	value: 'generate',
	name: 'Generate Video',
	action: 'Generate video from template',
	description: 'Fill the variables of a template with the words, pictures and voices of each item, and hand on the finished video',
	request: { method: 'POST', url: '/v3/templates/{template_id}' },
	run: job(templateVideoJob, 'generate the video', templateVideoBody, {
		appearances: templateCast,
		callbackId: true,
		content: templateVideoContent,
	}),
	cost: templateOrder,
	properties: [
		costNotice('avatarVideo', 'video'),
		templateField,
		templateVariablesField,
		templateFilesNotice,
		...waitForCompletionFields(templateVideoJob),
		simplifyResultField,
		optionsField([...templateVideoOptions, ...optionalWaitOptions, ...spendingOptions]),
		requestOptionsField(reportedJobOptions),
	],
};
