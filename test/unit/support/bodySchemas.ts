import type { ZodTypeAny } from 'zod';

import { avatarConsent, changedAvatar, digitalTwin, photoAvatar, promptAvatar } from '../../../nodes/heygen/schemas/avatars';
import { avatarVideo } from '../../../nodes/heygen/schemas/avatarVideo';
import {
	changedBrandGlossary,
	changedBrandKit,
	newBrandGlossary,
	newBrandKit,
} from '../../../nodes/heygen/schemas/brand';
import { cinematicVideo } from '../../../nodes/heygen/schemas/cinematicVideo';
import { changedSubtitles, newLipsync, newProofread, proofreadVideo, videoTranslation } from '../../../nodes/heygen/schemas/dubbing';
import { newFolder } from '../../../nodes/heygen/schemas/folder';
import { hyperframesRender } from '../../../nodes/heygen/schemas/hyperframes';
import { imageVideo } from '../../../nodes/heygen/schemas/imageVideo';
import { modelVideo } from '../../../nodes/heygen/schemas/modelVideo';
import { backgroundRemoval, clipping, fillerWordRemoval } from '../../../nodes/heygen/schemas/postProduction';
import { newTitle } from '../../../nodes/heygen/schemas/primitives';
import { studioVideo } from '../../../nodes/heygen/schemas/studioVideo';
import { templateVideo } from '../../../nodes/heygen/schemas/templateVideo';
import { agentMessage, newAgentSession } from '../../../nodes/heygen/schemas/videoAgent';
import { designedVoice, newSpeech, voiceClone } from '../../../nodes/heygen/schemas/voices';
import { changedWebhookEndpoint, newWebhookEndpoint } from '../../../nodes/heygen/schemas/webhook';

/** The schema that an operation's body passes on its way; every operation with a body must have its line here. */
export const BODY_SCHEMAS: Record<string, ZodTypeAny> = {
	'heyGenAsset brandGlossary:create': newBrandGlossary,
	'heyGenAsset brandGlossary:update': changedBrandGlossary,
	'heyGenAsset brandKit:create': newBrandKit,
	'heyGenAsset brandKit:update': changedBrandKit,
	'heyGenAsset folder:create': newFolder,
	'heyGenAvatar avatar:createDigitalTwin': digitalTwin,
	'heyGenAvatar avatar:createFromPrompt': promptAvatar,
	'heyGenAvatar avatar:createPhoto': photoAvatar,
	'heyGenAvatar avatar:requestConsent': avatarConsent,
	'heyGenAvatar avatar:update': changedAvatar,
	'heyGenAvatar look:update': changedAvatar,
	'heyGenSpeech speech:create': newSpeech,
	'heyGenSpeech voice:clone': voiceClone,
	'heyGenSpeech voice:design': designedVoice,
	'heyGenTranslation lipsync:create': newLipsync,
	'heyGenTranslation lipsync:update': newTitle,
	'heyGenTranslation proofread:create': newProofread,
	'heyGenTranslation proofread:generate': proofreadVideo,
	'heyGenTranslation proofread:updateSubtitles': changedSubtitles,
	'heyGenTranslation translation:create': videoTranslation,
	'heyGenTranslation translation:update': newTitle,
	'heyGenUsage webhookEndpoint:create': newWebhookEndpoint,
	'heyGenUsage webhookEndpoint:update': changedWebhookEndpoint,
	'heyGenVideo hyperframes:create': hyperframesRender,
	'heyGenVideo backgroundRemoval:create': backgroundRemoval,
	'heyGenVideo clipping:create': clipping,
	'heyGenVideo fillerWordRemoval:create': fillerWordRemoval,
	'heyGenVideo template:generate': templateVideo,
	'heyGenVideo video:createAvatar': avatarVideo,
	'heyGenVideo video:createCinematic': cinematicVideo,
	'heyGenVideo video:createFromPrompt': modelVideo,
	'heyGenVideo video:createImage': imageVideo,
	'heyGenVideo video:createStudio': studioVideo,
	'heyGenVideo videoAgent:create': newAgentSession,
	'heyGenVideo videoAgent:sendMessage': agentMessage,
};
