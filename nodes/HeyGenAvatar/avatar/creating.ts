import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ZodTypeAny } from 'zod';

import type { Operation } from '../../declare/resource';
import type { Call } from '../../engine/item/call';
import { checkBody } from '../../engine/item/checkBody';
import { checkFileGiven } from '../../engine/item/fileGiven';
import { consentOf, locateLook, newLookStandIn } from '../../engine/operations/avatarLooks';
import { job } from '../../engine/operations/job';
import { additionalFieldsOption } from '../../fields/additionalFields';
import { consentWaitOption } from '../../fields/consent';
import { costNotice } from '../../fields/cost';
import { type FileInput, fileInputFields } from '../../fields/files';
import { inBody } from '../../fields/inBody';
import { avatarGroupOption } from '../../fields/pickers';
import { creatingOptions, optionsField, requestOptionsField } from '../../fields/sending';
import { simplifyResultField } from '../../fields/simplify';
import { callSpendingOptions } from '../../fields/spending';
import { optionally, waitForCompletionFields, waitOptionsOf } from '../../fields/waiting';
import type { Appearance } from '../../heygen/cast/parts';
import { avatarJob } from '../../heygen/jobs/avatar';

/** What creates of avatars share: a name, the wait until the look can be used, and the consent that it may need. */

interface AvatarCreate extends Pick<Operation, 'value' | 'name' | 'action' | 'description' | 'builderHint'> {
	/** HeyGen's word for what it is made from. */
	type: 'photo' | 'digital_twin' | 'prompt';
	schema: ZodTypeAny;
	/** What is paid for. */
	priced: 'photoAvatar' | 'digitalTwin';
	/** The file that it is made of, if it is. */
	file?: { input: FileInput; description: string };
	/** What it is made of besides. */
	properties?: readonly INodeProperties[];
	/** Further members of its Options. */
	options?: readonly INodeProperties[];
	/** Looks that it is made after, by the body. */
	appearances?: (body: IDataObject) => Appearance[];
}

const nameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. Ada in the office',
	description: "The look's name in HeyGen, and that of its avatar group where it gets one of its own",
	routing: inBody('name'),
};

/**
 * An operation that makes an avatar: a look, in a group of its own or in one there is.
 *
 * @param create what differs between them
 */
export function avatarCreate({ type, schema, priced, file, properties = [], options = [], appearances, ...described }: AvatarCreate): Operation {
	const bodyOf = (call: Call): IDataObject => {
		if (file !== undefined) checkFileGiven(call, file.input, 'file');
		return checkBody(schema, call.body, call.names);
	};
	// The preview of the look that it is made after is none of its own.
	const traits = { locate: locateLook, held: consentOf, standIn: newLookStandIn, showsCast: false };
	return {
		...described,
		request: { method: 'POST', url: '/v3/avatars', body: { type } },
		run: job(avatarJob, 'create the avatar', bodyOf, appearances === undefined ? traits : { ...traits, appearances }),
		cost: () => ({ kind: priced }),
		properties: [
			costNotice(priced, 'avatar'),
			nameField,
			...(file === undefined ? [] : fileInputFields(file.input, file.description)),
			...properties,
			...waitForCompletionFields(avatarJob),
			simplifyResultField,
			optionsField([
				additionalFieldsOption,
				avatarGroupOption,
				...options,
				...optionally([...waitOptionsOf(avatarJob), consentWaitOption]),
				...callSpendingOptions,
			]),
			requestOptionsField(creatingOptions),
		],
	};
}
