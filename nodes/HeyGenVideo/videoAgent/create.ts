import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../declare/resource';
import { checkBody } from '../../engine/item/checkBody';
import { job } from '../../engine/operations/job';
import { additionalFieldsOption } from '../../fields/additionalFields';
import { checkBeforePayingOption } from '../../fields/checking';
import { costNotice } from '../../fields/cost';
import { inBody } from '../../fields/inBody';
import { avatarVoiceFilterField } from '../../fields/listFilters';
import { openChoiceFields } from '../../fields/openChoice';
import { styleOption } from '../../fields/pickers';
import { promptField } from '../../fields/prompt';
import { optionsField, reportedJobOptions, requestOptionsField } from '../../fields/sending';
import { simplifyResultField } from '../../fields/simplify';
import { spendingOptions } from '../../fields/spending';
import { optionalWaitOptions, waitForCompletionFields } from '../../fields/waiting';
import { castNamedIn } from '../../heygen/cast/parts';
import { agentSessionJob } from '../../heygen/jobs/agentSession';
import { AGENT_PROMPT_MAX_CHARACTERS } from '../../heygen/limits';
import { newAgentSession } from '../../heygen/schemas/videoAgent';
import { amount } from '../../heygen/values/text';
import { agentFilesField, agentOptions } from './agentFields';

/** Everything optional about a new session: members of its Options. */
const sessionOptions: INodeProperties[] = [
	additionalFieldsOption,
	...agentOptions,
	checkBeforePayingOption,
	{
		displayName: 'Incognito Mode',
		name: 'incognitoMode',
		type: 'boolean',
		default: false,
		description: 'Whether the agent works without what it has remembered of the account, and remembers nothing of this session',
		routing: inBody('incognito_mode'),
	},
	...openChoiceFields({
		displayName: 'Mode',
		name: 'mode',
		type: 'options',
		options: [
			{
				name: 'Chat',
				value: 'chat',
				description: "The agent may ask back. The item then has its question in 'question', and the operation 'Send Message' answers it.",
			},
			{ name: 'Generate', value: 'generate', description: 'The agent goes on by itself until the video is finished' },
		],
		default: 'generate',
		description: 'Whether the agent may ask back',
		routing: inBody('mode'),
	}),
	...openChoiceFields({
		displayName: 'Orientation',
		name: 'orientation',
		type: 'options',
		options: [
			{ name: 'Landscape', value: 'landscape', description: 'Wide, 16:9' },
			{ name: 'Portrait', value: 'portrait', description: 'Upright, 9:16' },
		],
		default: 'landscape',
		description: 'The shape of the video. Without it the agent chooses.',
		routing: inBody('orientation'),
	}),
	styleOption,
];

/** `POST /v3/video-agents`. */
export const create: Operation = {
	value: 'create',
	name: 'Create Session',
	action: 'Create video agent session',
	description: "Let HeyGen's video agent make a whole video of a prompt: script, avatar, pictures, cuts. Hands on the finished video, or the question that the agent asks.",
	builderHint:
		"In the mode 'chat' the output item may hold the agent's question in 'question' instead of a video: an If node on it leads to whoever answers, and the operation Send Message hands the answer over and waits again",
	request: { method: 'POST', url: '/v3/video-agents' },
	run: job(agentSessionJob, 'create the video agent session', (call) => checkBody(newAgentSession, call.body, call.names), {
		appearances: castNamedIn,
		callbackId: true,
		mayAsk: ({ mode }) => mode !== undefined && mode !== 'generate',
	}),
	cost: () => ({ kind: 'videoAgent' }),
	properties: [
		costNotice('videoAgent', 'video'),
		promptField(
			'a 30 second portrait video for our spring sale, cheerful, with the product pictures',
			`Up to ${amount(AGENT_PROMPT_MAX_CHARACTERS, 'character')}`,
		),
		agentFilesField,
		...waitForCompletionFields(agentSessionJob),
		simplifyResultField,
		avatarVoiceFilterField,
		optionsField([...sessionOptions, ...optionalWaitOptions, ...spendingOptions]),
		requestOptionsField(reportedJobOptions),
	],
};
