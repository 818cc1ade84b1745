import { type FileInput, unionPlaces } from '../../fields/files';
import { PICTURE_SIDE_LIMIT, RENDER_IMAGE_MAX_MB } from '../../heygen/limits';
import { numeral } from '../../heygen/values/text';
import type { Speaker } from './speech';

/** A picture that speaks. */
export const IMAGE: Speaker = {
	noun: 'image',
	label: 'Image',
	expressive: 'low unless chosen',
	moved: 'gestures and looks, for example',
};

/** Its file. */
export const IMAGE_INPUT: FileInput = {
	label: 'Image',
	prefix: 'image',
	takes: `a JPG or PNG file, up to ${RENDER_IMAGE_MAX_MB} MB and with sides below ${numeral(PICTURE_SIDE_LIMIT)} pixels`,
	example: 'https://example.com/portrait.jpg',
	inline: true,
	places: unionPlaces('image'),
};
