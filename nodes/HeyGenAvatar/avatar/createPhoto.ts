import { unionPlaces } from '../../fields/files';
import { photoAvatar } from '../../heygen/schemas/avatars';
import { avatarCreate } from './creating';

/** `POST /v3/avatars` with `type: photo`. */
export const createPhoto = avatarCreate({
	value: 'createPhoto',
	name: 'Create From Photo',
	action: 'Create avatar from photo',
	description: 'Make an avatar of one photo, and hand on its look when it can be used',
	builderHint: "Hand the output's look_id to 'Create Avatar Video' of HeyGen Video, as its Avatar By ID",
	type: 'photo',
	schema: photoAvatar,
	priced: 'photoAvatar',
	file: {
		input: {
			label: 'Photo',
			prefix: 'file',
			takes: 'a PNG or JPEG file',
			example: 'https://example.com/portrait.jpg',
			inline: true,
			places: unionPlaces('file'),
		},
		description: 'Where the photo comes from',
	},
});
