/** What the agent makes of a text: a question, a failure, or a video. */
import { randomUUID } from 'node:crypto';
import type { SandboxConfig } from '../config';
import { imagePreviewPath, videoFilePath, videoPreviewPath } from '../files/file-names';
import { failureWith } from '../jobs/markers';
import type { VideoDraft, VideoJob } from '../videos/video-job';
import type { VideoStore } from '../videos/video-store';
import { type Making, makingOf, type Step } from './agent-script';
import type { AgentMessage, AgentResource, AgentSession, Round } from './agent-session';

/** What was told, and when. */
export interface Told {
	text: string;
	/** What came with it. */
	uploads: AgentResource[];
	/** Unix milliseconds. */
	now: number;
	hiddenUntil: number;
}

/** What a new round needs to know. */
export interface Maker {
	session: AgentSession;
	videos: VideoStore;
	config: SandboxConfig;
}

/** Length of a video of the agent in seconds. */
const VIDEO_SECONDS = 10;
const IMAGE_SIZE = { width: 1920, height: 1080 };
const GONE = 'The agent could not make a video';

/** The id of something of that type. */
const newId = (type: string): string => `${type}_${randomUUID().replace(/-/g, '').slice(0, 16)}`;

function generated(type: string, at: number, links: Partial<AgentResource> = {}, id = newId(type)): AgentResource {
	const nothing = { url: null, preview: null, thumbnail: null, metadata: null };
	return { at, id, type, sourceType: 'generated', ...nothing, ...links };
}

const imageResource = (at: number): AgentResource => {
	const id = newId('image');
	const picture = imagePreviewPath(id);
	return generated('image', at, { url: picture, preview: picture, thumbnail: picture, metadata: IMAGE_SIZE }, id);
};

/** A draft has no file of its own. */
const draftResource = (at: number): AgentResource => {
	const id = newId('draft');
	return generated('draft', at, { preview: imagePreviewPath(id) }, id);
};

/** A file that came with a text. @param path of the file, or a whole address; null: nobody can fetch it. */
export function uploadResource(at: number, kind: string, path: string | null): AgentResource {
	const id = newId('upload');
	const own = kind === 'video' ? videoPreviewPath(id) : imagePreviewPath(id);
	return { ...generated(kind, at, { url: path ?? own, thumbnail: imagePreviewPath(id) }, id), sourceType: 'user_uploaded' };
}

const says = (at: number, content: string, resources: AgentResource[] = [], type: AgentMessage['type'] = 'text'): AgentMessage => ({
	at,
	role: 'model',
	type,
	content,
	resourceIds: resources.length > 0 ? resources.map(({ id }) => id) : null,
});

/** A round in which nothing has happened but that the user has told something. */
function emptyRound({ session }: Maker, { text, uploads, now, hiddenUntil }: Told, finishAt: number): Omit<Round, 'place'> {
	const told: AgentMessage = { ...says(now, text, uploads), role: 'user' };
	return {
		session,
		startedAt: now,
		hiddenUntil,
		finishAt,
		phases: [{ at: now, status: 'thinking' }],
		messages: [told],
		resources: [...uploads],
		video: null,
		namedAt: Infinity,
		ending: 'waits',
		reason: null,
		gone: 'never',
	};
}

function draftOf(session: AgentSession, video: Making['video']): VideoDraft {
	return {
		...video,
		title: session.title,
		folderId: null,
		outputFormat: 'mp4',
		captions: 'none',
		hasPreview: true,
		spoken: '',
		duration: VIDEO_SECONDS,
		scenes: [{ script: session.title, avatarId: null, background: null }],
		runningWord: 'processing',
		callbackId: session.callbackId,
		sessionId: session.id,
	};
}

/** Waits for the user: with a question, with a draft to look at, or with a video that would only have to be rendered. */
function stopping(maker: Maker, told: Told, at: number, { stop, question }: Step & { kind: 'stop' }): Round {
	const { session, videos } = maker;
	const round = emptyRound(maker, told, at);
	const drafts = stop === 'review' || stop === 'draft' ? [draftResource(at)] : [];
	round.resources.push(...drafts);
	round.messages.push(says(at, question, drafts));
	if (stop !== 'draft') {
		round.phases.push({ at, status: stop === 'review' ? 'reviewing' : 'waiting_for_input' });
		return { ...round, place: videos.hold(session.id, session.owner, at) };
	}
	round.phases.push({ at, status: 'generating' });
	const draft = draftOf(session, { ...makingOf(session.task).video, ending: 'never' });
	const video = videos.plan(draft, session.owner, at, { renderAt: Infinity });
	return { ...round, video, namedAt: at, place: video };
}

function failing(maker: Maker, told: Told, at: number, code: string): Round {
	const { session, videos } = maker;
	const round = emptyRound(maker, told, at);
	const reason = `${GONE}: ${code}`;
	round.phases.push({ at, status: 'failed' });
	round.messages.push(says(at, reason, [], 'error'));
	return { ...round, ending: 'failed', reason, place: videos.hold(session.id, session.owner, at) };
}

const stuck = (maker: Maker, told: Told): Round => ({
	...emptyRound(maker, told, Infinity),
	place: maker.videos.hold(maker.session.id, maker.session.owner, Infinity),
});

/** Milliseconds after which an unknown word takes the place of `thinking`. */
const WORD_SHARE = 0.5;

/** What the session says at the end of a video. */
function finish(round: Omit<Round, 'place'>, video: VideoJob, making: Making): void {
	const { finishAt: at } = video;
	round.finishAt = making.ending === 'never' ? Infinity : at;
	round.ending = making.ending === 'failed' || video.ending === 'failed' ? 'failed' : 'completed';
	if (making.ending !== 'never') round.phases.push({ at, status: round.ending });
	if (round.ending === 'failed') {
		round.reason = video.ending === 'failed' ? failureWith(video.failureCode).message : GONE;
		round.messages.push(says(at, round.reason, [], 'error'));
	}
	if (video.ending !== 'completed') return;
	const file = (name: 'video' | 'thumbnail' | 'preview'): string => videoFilePath(video.id, name, video.outputFormat);
	const links = { url: file('video'), preview: file('preview'), thumbnail: file('thumbnail') };
	const film = generated('video', at, { ...links, metadata: { video_id: video.id } });
	round.resources.push(film);
	if (round.ending === 'completed') round.messages.push(says(at, 'The video is ready.', [film], 'resource'));
}

/** The id that a new video takes over: that of a draft which waited, or that of the last video. */
function reusedId({ rounds, videoIds }: AgentSession, { sameVideo }: Making): string | undefined {
	const waiting = rounds.at(-1);
	if (waiting?.video && waiting.ending === 'waits') return waiting.video.id;
	return sameVideo ? videoIds.at(-1) : undefined;
}

function makingVideo(maker: Maker, told: Told, thoughtAt: number): Round {
	const { session, videos, config } = maker;
	const making = makingOf(session.task);
	const at = making.early ? told.now : thoughtAt;
	const id = reusedId(session, making);
	const video = videos.plan(draftOf(session, making.video), session.owner, at, id === undefined ? {} : { id });
	const round = emptyRound(maker, told, video.finishAt);
	if (making.early) round.phases = [];
	else if (making.unknownWord !== null) {
		const wordAt = told.now + config.jobQueueSeconds * 1_000 * WORD_SHARE;
		round.phases.push({ at: wordAt, status: making.unknownWord });
	}
	round.phases.push({ at, status: 'generating' });
	const parts = [imageResource(at), draftResource(at)];
	round.resources.push(...parts);
	round.messages.push(says(at, 'These are the parts of the video.', parts, 'resource'));
	finish(round, video, making);
	return { ...round, video, namedAt: at, gone: making.gone, place: video };
}

/** Carries out a step; it takes its place whether one is free or not. */
export function roundWith(step: Step, maker: Maker, told: Told): Round {
	const thoughtAt = told.now + maker.config.jobQueueSeconds * 1_000;
	if (step.kind === 'stop') return stopping(maker, told, thoughtAt, step);
	if (step.kind === 'fails') return failing(maker, told, thoughtAt, step.code);
	return step.kind === 'stuck' ? stuck(maker, told) : makingVideo(maker, told, thoughtAt);
}
