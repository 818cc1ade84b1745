import type { INodeProperties } from 'n8n-workflow';

/**
 * A parameter that names the binary field of a file. The engine checks and uploads the file, and puts the asset's id
 * into the request.
 *
 * @param property names and description
 * @param place where the body's schema expects the file
 */
export function binaryField(
	property: Pick<INodeProperties, 'displayName' | 'name' | 'description'> & Partial<INodeProperties>,
	place: string,
): INodeProperties {
	return {
		type: 'string',
		default: 'data',
		placeholder: 'e.g. data',
		hint: 'The name of the input binary field containing the file',
		...property,
		typeOptions: { ...property.typeOptions, binaryDataProperty: true },
		routing: { send: { type: 'body', property: place } },
	};
}
