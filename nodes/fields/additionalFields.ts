import type { INodeProperties } from 'n8n-workflow';

import { ADDITIONAL_FIELDS } from '../engine/item/additionalFields';

/** Body fields that the package does not know yet: a member of the Options of every operation that makes something. */
export const additionalFieldsOption: INodeProperties = {
	displayName: ADDITIONAL_FIELDS.label,
	name: ADDITIONAL_FIELDS.name,
	type: 'json',
	default: '{}',
	description:
		"Fields of HeyGen's API that this node does not have yet, by their names there. They go into the request as they are. What the node sets itself cannot be given another value here.",
};
