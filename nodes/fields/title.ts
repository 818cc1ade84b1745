import type { INodeProperties } from 'n8n-workflow';

import { inBody } from './inBody';

/**
 * What something is called in HeyGen: a member of an operation's Options.
 *
 * @param description "The video's name in HeyGen"
 */
export function titleOption(description: string): INodeProperties {
	return {
		displayName: 'Title',
		name: 'title',
		type: 'string',
		default: '',
		description,
		routing: inBody('title'),
	};
}

/** The folder that a video goes into: a member of an operation's Options. */
export const videoFolderOption: INodeProperties = {
	displayName: 'Folder ID',
	name: 'folderId',
	type: 'string',
	default: '',
	description: 'The HeyGen folder the video goes into',
	routing: inBody('folder_id'),
};
