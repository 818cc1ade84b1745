import * as limits from '../../../nodes/heygen/limits';
import { MP3, MP4, PDF, PNG, JPEG, WAV, WEBM } from '../../../nodes/heygen/formats';
import { AGENT_FILE, RENDER_IMAGE, RENDER_VIDEO, SPEECH, UPLOAD } from '../../../nodes/heygen/fileUses';

/** The limits of HeyGen's page "Enterprise Pricing", line by line; its prices are in prices/cost.test.ts. */
const PAGE: Array<[line: string, found: unknown, said: unknown]> = [
	['Concurrency: Enterprise 20+', limits.ENTERPRISE_JOBS, 20],
	['Video Generation Input: video MP4, WebM', RENDER_VIDEO.formats, [MP4, WEBM]],
	['Video Generation Input: video 100 MB', limits.RENDER_VIDEO_MAX_MB, 100],
	['Video Generation Input: image JPG, PNG', RENDER_IMAGE.formats, [PNG, JPEG]],
	['Video Generation Input: image 50 MB', limits.RENDER_IMAGE_MAX_MB, 50],
	['Video Generation Input: video and image < 2K', [RENDER_VIDEO.sideLimit, RENDER_IMAGE.sideLimit], [2_048, 2_048]],
	['Video Generation Input: audio WAV, MP3', SPEECH.formats, [MP3, WAV]],
	['Video Generation Input: audio 50 MB', limits.RENDER_AUDIO_MAX_MB, 50],
	['Avatar Input: script 5,000 characters', limits.SCRIPT_MAX_CHARACTERS, 5_000],
	['Avatar Input: audio 10 minutes (600 seconds)', [limits.AUDIO_MAX_MINUTES, limits.AUDIO_MAX_SECONDS], [10, 600]],
	['Video Agent Input: prompt 10,000 characters', limits.AGENT_PROMPT_MAX_CHARACTERS, 10_000],
	['Video Agent Input: 20 files', limits.AGENT_FILES_MAX, 20],
	['Video Agent Input: PNG, JPEG, MP4, WebM, MP3, WAV, PDF', AGENT_FILE.formats, [PNG, JPEG, MP4, WEBM, MP3, WAV, PDF]],
	['Asset Upload: 32 MB', limits.SIMPLE_UPLOAD_MAX_MB, 32],
	['Asset Upload: PNG, JPEG, MP4, WebM, MP3, WAV, PDF', UPLOAD.formats, expect.arrayContaining([PNG, JPEG, MP4, WEBM, MP3, WAV, PDF])],
	['Text-to-Speech Input: 5,000 characters', limits.SPEECH_TEXT_MAX_CHARACTERS, 5_000],
	['Text-to-Speech Input: speed 0.5 to 2.0', limits.SPEECH_SPEED, { min: 0.5, max: 2 }],
	['Output: 25 frames a second with avatars', limits.AVATAR_VIDEO_FRAME_RATE, 25],
	['Output: sides of 128 to 4,096 pixels', limits.OUTPUT_SIDE, { min: 128, max: 4_096 }],
	['Output: 50 scenes', limits.SCENES_MAX, 50],
	['Pagination: videos', limits.PAGE_MAX.videos, 100],
	['Pagination: avatars', limits.PAGE_MAX.avatars, 50],
	['Pagination: looks', limits.PAGE_MAX.avatarLooks, 50],
	['Pagination: voices', limits.PAGE_MAX.voices, 100],
	['Pagination: styles', limits.PAGE_MAX.agentStyles, 100],
	['Pagination: translations', limits.PAGE_MAX.translations, 100],
	['Pagination: webhook endpoints', limits.PAGE_MAX.webhookEndpoints, 100],
	['Pagination: webhook events', limits.PAGE_MAX.webhookEvents, 100],
	['Pagination: session resources', limits.PAGE_MAX.agentResources, 100],
];

it.each(PAGE)('%s', (_line, found, said) => {
	expect(found).toEqual(said);
});
