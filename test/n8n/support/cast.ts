import type { INode, INodeParameters } from 'n8n-workflow';

import { node } from '../host/workflow';
import { HEYGEN, type Suite } from './suite';

/** What the tests of HeyGen Speech and HeyGen Avatar share. */

/** Node type of HeyGen Speech as a real n8n knows it. */
export const HEYGEN_SPEECH = 'n8n-nodes-heygen-suite.heyGenSpeech';

/** Node type of HeyGen Avatar as a real n8n knows it. */
export const HEYGEN_AVATAR = 'n8n-nodes-heygen-suite.heyGenAvatar';

/** A voice of the sandbox that speaks without a video. */
export const SPEAKER = 'voice_ann_calm_001';

/** A HeyGen Speech node that uses the suite's credential; of the name `HEYGEN` unless `extra` has another. */
export function speechNode(
	{ credential }: Pick<Suite, 'credential'>,
	resource: string,
	operation: string,
	parameters: INodeParameters = {},
	extra: Partial<INode> = {},
): INode {
	const credentials = { heyGenSuiteApi: credential };
	return node(HEYGEN, HEYGEN_SPEECH, 1, { resource, operation, ...parameters }, { credentials, ...extra });
}

/** The same for HeyGen Avatar. */
export function avatarNode(
	suite: Pick<Suite, 'credential'>,
	resource: string,
	operation: string,
	parameters: INodeParameters = {},
	extra: Partial<INode> = {},
): INode {
	return { ...speechNode(suite, resource, operation, parameters, extra), type: HEYGEN_AVATAR };
}
