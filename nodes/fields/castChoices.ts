import type { INodePropertyOptions } from 'n8n-workflow';

/** What people choose avatars and voices by. */

/** Whose voice it is. */
export const GENDERS: INodePropertyOptions[] = [
	{ name: 'Female', value: 'female' },
	{ name: 'Male', value: 'male' },
];

/** Who has made it. */
export const OWNERSHIPS: INodePropertyOptions[] = [
	{ name: 'Private', value: 'private', description: "The account's own" },
	{ name: 'Public', value: 'public', description: "HeyGen's" },
];

/** What looks of avatars are made of. */
export const AVATAR_TYPES: INodePropertyOptions[] = [
	{ name: 'Digital Twin', value: 'digital_twin', description: 'Made of footage of a person' },
	{ name: 'Photo Avatar', value: 'photo_avatar', description: 'Made of a photo or a prompt' },
	{ name: 'Studio Avatar', value: 'studio_avatar', description: "HeyGen's, filmed in a studio" },
];
