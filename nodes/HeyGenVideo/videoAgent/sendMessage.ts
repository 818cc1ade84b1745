import type { Operation } from '../../declare/resource';
import { checkBody } from '../../engine/item/checkBody';
import { job } from '../../engine/operations/job';
import { additionalFieldsOption } from '../../fields/additionalFields';
import { checkBeforePayingOption } from '../../fields/checking';
import { costNotice } from '../../fields/cost';
import { sessionIdField } from '../../fields/ids';
import { inBody } from '../../fields/inBody';
import { avatarVoiceFilterField } from '../../fields/listFilters';
import { creatingOptions, optionsField, requestOptionsField } from '../../fields/sending';
import { simplifyResultField } from '../../fields/simplify';
import { spendingOptions } from '../../fields/spending';
import { optionalWaitOptions, waitForCompletionFields } from '../../fields/waiting';
import { castNamedIn } from '../../heygen/cast/parts';
import { agentSessionJob } from '../../heygen/jobs/agentSession';
import { AGENT_PROMPT_MAX_CHARACTERS } from '../../heygen/limits';
import { agentMessage } from '../../heygen/schemas/videoAgent';
import { amount } from '../../heygen/values/text';
import { agentFilesField, agentOptions } from './agentFields';

/** `POST /v3/video-agents/{session_id}`. */
export const sendMessage: Operation = {
	value: 'sendMessage',
	name: 'Send Message',
	action: 'Send message to video agent',
	description: "Answer the video agent's question, or ask it for a change, and hand on the video that comes of it, or the agent's next question",
	request: { method: 'POST', url: '/v3/video-agents/{session_id}' },
	run: job(agentSessionJob, 'send the message to the video agent', (call) => checkBody(agentMessage, call.body, call.names), {
		appearances: castNamedIn,
		isAnswer: true,
	}),
	cost: () => ({ kind: 'videoAgent' }),
	properties: [
		costNotice('videoAgent', 'video'),
		sessionIdField,
		{
			displayName: 'Message',
			name: 'message',
			type: 'string',
			typeOptions: { rows: 4 },
			required: true,
			default: '',
			placeholder: 'e.g. Yes, and end with our phone number',
			hint: `Up to ${amount(AGENT_PROMPT_MAX_CHARACTERS, 'character')}`,
			description: 'What the agent is told. HeyGen takes messages to sessions of the mode Chat only.',
			routing: inBody('message'),
		},
		agentFilesField,
		...waitForCompletionFields(agentSessionJob),
		simplifyResultField,
		avatarVoiceFilterField,
		optionsField([additionalFieldsOption, ...agentOptions, checkBeforePayingOption, ...optionalWaitOptions, ...spendingOptions]),
		// The same words mean something else in the next round.
		requestOptionsField(creatingOptions),
	],
};
