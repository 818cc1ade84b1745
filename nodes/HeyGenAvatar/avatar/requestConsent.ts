import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../declare/resource';
import type { Call } from '../../engine/item/call';
import { checkFileGiven } from '../../engine/item/fileGiven';
import { consentRecord } from '../../engine/operations/avatarLooks';
import { write } from '../../engine/operations/write';
import { additionalFieldsOption } from '../../fields/additionalFields';
import { type FileInput, fileInputFields, unionPlaces } from '../../fields/files';
import { inBody } from '../../fields/inBody';
import { ownAvatarGroupIdField } from '../../fields/pickers';
import { creatingOptions, optionsField, requestOptionsField } from '../../fields/sending';
import { simplifyField } from '../../fields/simplify';
import { avatarConsent } from '../../heygen/schemas/avatars';

const consentVideo: FileInput = {
	label: 'Consent Video',
	prefix: 'consentVideo',
	takes: 'an MP4 or WebM file',
	example: 'https://example.com/consent.mp4',
	inline: true,
	places: unionPlaces('consent_video'),
};

/** When a field of a way to consent is shown. */
const shownFor = (way: string): Pick<INodeProperties, 'displayOptions'> => ({ displayOptions: { show: { consentBy: [way] } } });

function consentBody(call: Call) {
	if (call.parameter<string>('consentBy', 'page') === 'video') checkFileGiven(call, consentVideo, 'consent_video');
	return call.body;
}

/** `POST /v3/avatars/{group_id}/consent`. */
export const requestConsent: Operation = {
	value: 'requestConsent',
	name: 'Request Consent',
	action: 'Request consent for avatar',
	description: 'Get the page on which the person whom an avatar shows consents, or hand a video of the consent in',
	builderHint: "Send consent_url of the output to the person, by a mail or message node; 'Wait Until Finished' with the option Wait for Consent goes on when it is given",
	request: { method: 'POST', url: '/v3/avatars/{group_id}/consent' },
	run: write('request the consent', avatarConsent, { bodyOf: consentBody, files: true, shape: consentRecord }),
	properties: [
		ownAvatarGroupIdField,
		{
			displayName: 'Consent By',
			name: 'consentBy',
			type: 'options',
			options: [
				{ name: 'Page', value: 'page', description: 'The person opens a page of HeyGen and consents there' },
				{ name: 'Video', value: 'video', description: 'A video in which the person consents. For Enterprise plans.' },
			],
			default: 'page',
			description: 'How the person consents',
		},
		{
			displayName: 'Reroute URL',
			name: 'rerouteUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://example.com/thank-you',
			description: 'Where the person gets to after the consent',
			routing: inBody('reroute_url'),
			...shownFor('page'),
		},
		{
			displayName: 'Consent Text',
			name: 'consentText',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			description: 'What the person reads out, in place of HeyGen\'s text; without &lt; and &gt;. For Enterprise plans.',
			routing: inBody('consent_text'),
			...shownFor('page'),
		},
		...fileInputFields(consentVideo, 'Where the video of the consent comes from', { consentBy: ['video'] }),
		simplifyField,
		optionsField([additionalFieldsOption]),
		requestOptionsField(creatingOptions),
	],
};
