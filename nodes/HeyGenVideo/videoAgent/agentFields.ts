import { fileRowsField } from '../../fields/fileRows';
import { avatarOption, brandKitOption, voiceOption } from '../../fields/pickers';
import { AGENT_FILES_MAX } from '../../heygen/limits';
import { amount } from '../../heygen/values/text';

/** What the video agent is given, in the first message as in later ones. */

/** Files that the agent works with, one row each. */
export const agentFilesField = fileRowsField({
	displayName: 'Files',
	name: 'files',
	label: 'File',
	place: 'files',
	takes: 'an image (PNG, JPEG), a video (MP4, WebM), a recording (MP3, WAV) or a PDF',
	example: 'https://example.com/brief.pdf',
	description: `What the agent works with: pictures, footage, recordings, documents. Up to ${amount(AGENT_FILES_MAX, 'file')}.`,
});

/** Members of the Options. */
export const agentOptions = [
	{ ...avatarOption, description: 'The look of the avatar that the agent lets speak. Without one the agent chooses, and a prompt may say that it wants none.' },
	{ ...brandKitOption, description: "A brand kit of the account, whose colors and logo the agent uses" },
	{ ...voiceOption, description: 'The voice that speaks. Without one the agent chooses.' },
];
