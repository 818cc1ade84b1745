import { nodesOf } from './suite';

/** What the tests of HeyGen Speech and HeyGen Avatar share. */

/** Node type of HeyGen Speech as a real n8n knows it. */
export const HEYGEN_SPEECH = 'n8n-nodes-heygen-suite.heyGenSpeech';

/** Node type of HeyGen Avatar as a real n8n knows it. */
export const HEYGEN_AVATAR = 'n8n-nodes-heygen-suite.heyGenAvatar';

/** A voice of the sandbox that speaks without a video. */
export const SPEAKER = 'voice_ann_calm_001';

/** A HeyGen Speech node that uses the suite's credential. */
export const speechNode = nodesOf(HEYGEN_SPEECH);

/** The same for HeyGen Avatar. */
export const avatarNode = nodesOf(HEYGEN_AVATAR);
