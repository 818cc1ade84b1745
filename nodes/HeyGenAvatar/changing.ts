import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Operation } from '../declare/resource';
import type { Call } from '../engine/item/call';
import { CLEAR_FIELDS, remarkKept, withCleared } from '../engine/operations/clearedFields';
import { write } from '../engine/operations/write';
import { additionalFieldsOption } from '../fields/additionalFields';
import { inBody } from '../fields/inBody';
import { creatingOptions, optionsField, requestOptionsField } from '../fields/sending';
import { simplifyField } from '../fields/simplify';
import { changedAvatar } from '../heygen/schemas/avatars';

/** Changes of avatar groups and looks. */

/** What can be cleared. */
const CLEARABLE = ['name'];

interface Change extends Pick<Operation, 'action' | 'description'> {
	/** What is changed, for messages. */
	noun: string;
	url: string;
	idField: INodeProperties;
	shape: (record: IDataObject, call: Call) => IDataObject;
}

/**
 * An operation that changes a record with a name. HeyGen names no other field yet; the user may add some.
 *
 * @param change what is changed
 */
export function changeOperation({ noun, url, idField, shape, ...described }: Change): Operation {
	return {
		value: 'update',
		name: 'Update',
		...described,
		request: { method: 'PATCH', url },
		run: write(`update the ${noun}`, changedAvatar, {
			bodyOf: (call) => withCleared(call, CLEARABLE),
			isChange: true,
			shape: (record, call) => {
				remarkKept(call, CLEARABLE, record);
				return shape(record, call);
			},
		}),
		properties: [
			idField,
			{
				displayName: 'Name',
				name: 'name',
				type: 'string',
				default: '',
				placeholder: 'e.g. Ada, spring campaign',
				description: `The ${noun}'s new name; empty to keep the one it has`,
				routing: inBody('name'),
			},
			{
				displayName: CLEAR_FIELDS.label,
				name: CLEAR_FIELDS.name,
				type: 'multiOptions',
				options: [{ name: 'Name', value: 'name' }],
				default: [],
				description: `What the ${noun} is to have no longer. An empty field above clears nothing.`,
			},
			simplifyField,
			optionsField([additionalFieldsOption]),
			requestOptionsField(creatingOptions),
		],
	};
}
