import { unionPlaces } from '../../fields/files';
import { digitalTwin } from '../../heygen/schemas/avatars';
import { avatarCreate } from './creating';

/** `POST /v3/avatars` with `type: digital_twin`. */
export const createDigitalTwin = avatarCreate({
	value: 'createDigitalTwin',
	name: 'Create Digital Twin',
	action: 'Create digital twin',
	description: 'Make an avatar of footage of a person, who has to consent before videos can show it; hands on its look, or the page for the consent',
	builderHint: "The output item may have the status pending_consent and the page for the consent in consent_url: an If node on it leads to whoever sends the page to the person, and 'Wait Until Finished' goes on later",
	type: 'digital_twin',
	schema: digitalTwin,
	priced: 'digitalTwin',
	file: {
		input: {
			label: 'Footage',
			prefix: 'file',
			takes: 'an MP4 or WebM file',
			example: 'https://example.com/footage.mp4',
			inline: true,
			places: unionPlaces('file'),
		},
		description: 'Where the footage of the person comes from',
	},
});
