import type { INodeProperties } from 'n8n-workflow';

/**
 * An id that is part of the request's path.
 *
 * @param apiName its placeholder in the path: "video_id"
 * @param property names and description
 */
export function pathIdField(
	apiName: string,
	property: Pick<INodeProperties, 'displayName' | 'name' | 'description' | 'placeholder'>,
): INodeProperties {
	return {
		...property,
		type: 'string',
		required: true,
		default: '',
		// Declarative routing cannot fill a path without an expression, so ids travel in the query up to the engine.
		routing: { send: { type: 'query', property: `{${apiName}}` } },
	};
}

/** The video an operation works on. */
export const videoIdField = pathIdField('video_id', {
	displayName: 'Video ID',
	name: 'videoId',
	placeholder: 'e.g. {{ $json.video_id }}',
	description: "The video's ID, as 'Create Avatar Video' puts it out in video_id",
});
