import type { Operation } from '../../declare/resource';
import { pages } from '../../engine/operations/pages';
import { inQuery } from '../../fields/inQuery';
import { filtersField, listFields } from '../../fields/lists';
import { sendingOptionsField } from '../../fields/sending';
import { PAGE_MAX } from '../../heygen/limits';

/** `GET /v3/assets/search`. */
export const search: Operation = {
	value: 'search',
	name: 'Search',
	action: 'Search assets',
	description: "Find images and icons by describing them; HeyGen has not opened this to every account",
	request: { method: 'GET', url: '/v3/assets/search' },
	run: pages({ max: PAGE_MAX.assetSearch, of: 'found assets', required: ['query', 'type'] }),
	properties: [
		{
			displayName: 'Query',
			name: 'query',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. pizza on a wooden table',
			description: 'What the picture shows, in words',
			routing: inQuery('query'),
		},
		{
			displayName: 'Type',
			name: 'type',
			type: 'options',
			options: [
				{ name: 'Icon', value: 'icon' },
				{ name: 'Image', value: 'image' },
			],
			default: 'image',
			description: 'What kind of picture to find',
			routing: inQuery('type'),
		},
		...listFields,
		filtersField([
			{
				displayName: 'Scope',
				name: 'scope',
				type: 'options',
				options: [
					{ name: 'Personal', value: 'personal', description: "The account's own assets" },
					{ name: 'Public', value: 'public', description: "HeyGen's catalog" },
				],
				default: 'public',
				description: 'Where to search',
				routing: inQuery('scope'),
			},
		]),
		sendingOptionsField,
	],
};
