import type { INodeProperties } from 'n8n-workflow';

/**
 * The `routing` of a parameter that goes into the request's body.
 *
 * @param place of the body, with dots for fields within fields: "voice_settings.speed"
 */
export function inBody(place: string): NonNullable<INodeProperties['routing']> {
	return { send: { type: 'body', property: place } };
}
