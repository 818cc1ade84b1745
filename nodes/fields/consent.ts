import type { INodeProperties } from 'n8n-workflow';

import { WAIT_FOR_CONSENT } from '../engine/jobs/finishJob';

/** Whether a wait goes on while the person whom a look shows has to consent: a member of the Options. */
export const consentWaitOption: INodeProperties = {
	displayName: 'Wait for Consent',
	name: WAIT_FOR_CONSENT,
	type: 'boolean',
	default: false,
	description:
		"Whether to wait as well while the person whom the look shows has to consent, which may take days. Otherwise the item goes on at once, with the status pending_consent and the page for the consent in consent_url.",
};
