/** Answers of the operations on the video agent. */
import { randomUUID } from 'node:crypto';
import { type AssetUse, findUnusableUse, useOfInput } from '../assets/asset-uses';
import { kindOf } from '../assets/media-types';
import { assetPath, imagePreviewPath, videoPreviewPath } from '../files/file-names';
import { textsAmong } from '../jobs/markers';
import { pageOf } from '../server/cursor';
import { ApiError, invalidParameter } from '../server/errors';
import type { Fields } from '../server/fields';
import { type Call, type Handlers, ok, seconds } from '../server/operation';
import { pageOfRecords } from '../server/records';
import { findUnusableId } from '../videos/rules';
import { presentVideo } from '../videos/video-handlers';
import { uploadResource } from './agent-round';
import {
	type AgentResource,
	type AgentSession,
	isWorking,
	presentResource,
	presentSession,
	resourcesAt,
	viewAt,
} from './agent-session';
import { type AgentStyle, isAgentStyle, stylesWith } from './agent-styles';

const NOT_FOUND = 'not_found';

const filesIn = ({ files }: Fields): unknown[] => (Array.isArray(files) ? (files as unknown[]) : []);

const missing = (noun: string, id: string, param?: string): ApiError =>
	new ApiError(404, NOT_FOUND, `${noun} ${id} not found`, param === undefined ? {} : { param });

function unknownId(body: Fields, { world, now }: Call): ApiError | null {
	const { style_id: style, brand_kit_id: kit } = body;
	if (typeof style === 'string' && !isAgentStyle(style)) return missing('Style', style, 'style_id');
	if (typeof kit === 'string' && !world.kits.get(kit)) return missing('Brand kit', kit, 'brand_kit_id');
	// Its avatar and voice have the names and the rules of those of an avatar video.
	return findUnusableId({ type: 'avatar', avatar_id: body.avatar_id, voice_id: body.voice_id }, world.castAt(now));
}

const usesIn = (body: Fields): AssetUse[] =>
	filesIn(body).map((file, index) => useOfInput(file, ['image', 'video', 'audio', 'document'], `files[${index}]`));

/** @throws ApiError for an avatar, a voice, a style, a brand kit or a file that cannot be used, and without credit. */
function checkTelling(call: Call): void {
	const { world, body, key, now } = call;
	const { validateIds, validateAssets } = world.config;
	const problem =
		(validateIds ? unknownId(body, call) : null) ??
		(validateAssets ? findUnusableUse(usesIn(body), world.assets, now) : null);
	if (problem) throw problem;
	if (!key.hasCredit) throw new ApiError(402, 'insufficient_credit', 'The wallet has too little credit for this video');
}

function uploadOf(file: unknown, { world, now }: Call): AgentResource {
	const { asset_id: id, url, media_type: mediaType } = (file ?? {}) as Fields;
	const asset = typeof id === 'string' ? world.assets.getUsable(id, now) : undefined;
	if (asset) return uploadResource(now, kindOf(asset.contentType), assetPath(asset.id, asset.filename));
	const kind = String(mediaType).startsWith('video/') ? 'video' : 'image';
	return uploadResource(now, kind, typeof url === 'string' ? url : null);
}

const tellingOf = (call: Call, text: string): Parameters<Call['world']['agents']['create']>[0] => ({
	text,
	body: call.body,
	uploads: filesIn(call.body).map((file) => uploadOf(file, call)),
});

function tooMany({ world }: Call): ApiError {
	const retryAfter = world.config.retryAfterSeconds ?? 1;
	return new ApiError(429, 'rate_limit_exceeded', 'Too many sessions and videos run at once', { retryAfter });
}

function sessionOf({ world, params, now }: Call): AgentSession {
	world.agents.advance(now);
	const id = params['session_id'] ?? '';
	const session = world.agents.records.get(id);
	if (!session) throw missing('Session', id);
	return session;
}

/** A session that the API says it has, as some are gone though their video is there. */
function foundSession(call: Call): AgentSession {
	const session = sessionOf(call);
	if (viewAt(session, call.now).isGone) throw missing('Session', session.id);
	return session;
}

/** The answer to a creation: the agent has only begun, and seldom knows its video. */
function presentCreated({ id, createdAt, rounds }: AgentSession): object {
	const video = rounds[0]?.namedAt === createdAt && rounds[0].phases[0]?.status === 'generating' ? rounds[0].video : null;
	return {
		session_id: id,
		status: video ? 'generating' : 'thinking',
		video_id: video?.id ?? null,
		created_at: seconds(createdAt),
	};
}

function presentStyle({ id, name, aspectRatio, tags, hasPreview }: AgentStyle, { world, now }: Call): object {
	return {
		style_id: id,
		name,
		thumbnail_url: world.signer.mint(imagePreviewPath(id), now),
		preview_video_url: hasPreview ? world.signer.mint(videoPreviewPath(id), now) : null,
		tags,
		aspect_ratio: aspectRatio,
	};
}

/** @throws ApiError 400 for a message that says nothing, or to a session that takes none; 409 while the agent works. */
function checkMessage(session: AgentSession, text: string, { world, body, now }: Call): void {
	if (text.trim() === '' && body.edit_plan === undefined) {
		throw invalidParameter([{ param: 'message', message: 'message must not be empty' }]);
	}
	if (!session.isChat) {
		throw invalidParameter([{ param: 'session_id', message: 'Messages can be sent to sessions of mode chat only' }]);
	}
	if (world.config.agentConflictWhileWorking && isWorking(session, now)) {
		throw new ApiError(409, 'conflict', 'The agent is still working on the message before');
	}
}

/** The videos of a session that there are, the newest first. */
function videosOf(session: AgentSession, call: Call): object[] {
	const ids = [...new Set(session.videoIds)].reverse();
	return ids.flatMap((id) => {
		const job = call.world.videos.get(id);
		return job ? [presentVideo(job, call)] : [];
	});
}

export const agentHandlers: Handlers = {
	'POST /v3/video-agents': (call) => {
		checkTelling(call);
		const [prompt = ''] = textsAmong([call.body.prompt]);
		const session = call.world.agents.create(tellingOf(call, prompt), call.key.value, call.now);
		if (!session) throw tooMany(call);
		return ok({ data: presentCreated(session) });
	},

	'GET /v3/video-agents': (call) => {
		const { world, query, now } = call;
		world.agents.advance(now);
		const present = (session: AgentSession): object => ({
			session_id: session.id,
			title: viewAt(session, now).isTitled ? session.title : null,
			created_at: seconds(session.createdAt),
		});
		const isThere = (session: AgentSession): boolean => !viewAt(session, now).isGone;
		return ok(pageOfRecords('sessions', world.agents.records, query, isThere, present, world.config.listOrder));
	},

	'GET /v3/video-agents/styles': (call) => {
		const styles = stylesWith(call.query.tag);
		return ok(pageOf('styles', styles, call.query, (style) => presentStyle(style, call)));
	},

	'GET /v3/video-agents/{session_id}': (call) => ok({ data: presentSession(foundSession(call), call.now) }),

	'POST /v3/video-agents/{session_id}': (call) => {
		const session = foundSession(call);
		const [message = ''] = textsAmong([call.body.message]);
		checkMessage(session, message, call);
		checkTelling(call);
		if (!call.world.agents.tell(session, tellingOf(call, message), call.now)) throw tooMany(call);
		return ok({ data: { session_id: session.id, run_id: `run_${randomUUID()}`, title: session.title } });
	},

	'POST /v3/video-agents/{session_id}/stop': (call) => {
		const session = foundSession(call);
		call.world.agents.stop(session, call.now);
		return ok({ data: { session_id: session.id } });
	},

	'GET /v3/video-agents/{session_id}/videos': (call) =>
		ok({ data: videosOf(sessionOf(call), call), has_more: false, next_token: null }),

	'GET /v3/video-agents/{session_id}/resources/{resource_id}': (call) => {
		const { world, params, now } = call;
		const id = params['resource_id'] ?? '';
		const resource = resourcesAt(sessionOf(call), now).find((other) => other.id === id);
		if (!resource) throw missing('Resource', id);
		return ok({ data: presentResource(resource, now, world.signer) });
	},

	'GET /v3/video-agents/sessions/{session_id}/resources': (call) => {
		const { world, query, now } = call;
		if (!world.config.agentResourcesList) throw new ApiError(404, NOT_FOUND, 'No such operation');
		const resources = resourcesAt(sessionOf(call), now);
		if (world.config.listOrder === 'newest') resources.reverse();
		return ok(pageOf('resources', resources, query, (resource) => presentResource(resource, now, world.signer)));
	},
};
