/** Answers of the account, avatar and voice operations. */
import type { Group, Look, Voice } from './catalogue';
import { pageOf } from '../server/cursor';
import { ApiError } from '../server/errors';
import { ACCOUNT_USERNAME } from '../server/keys';
import { type Call, type Handlers, ok } from '../server/operation';
import { audioPreviewPath, imagePreviewPath } from '../files/file-names';

const IMAGE_SIZES = { landscape: [1920, 1080], portrait: [1080, 1920], square: [1080, 1080] } as const;

function presentGroup(group: Group, { world, now }: Call): object {
	return {
		id: group.id,
		name: group.name,
		created_at: group.createdAt,
		looks_count: group.looks.length,
		gender: group.gender,
		default_voice_id: group.defaultVoiceId,
		preview_image_url: world.signer.mint(imagePreviewPath(group.id), now),
		preview_video_url: null,
		status: group.status,
		consent_status: group.status === 'pending_consent' ? 'pending' : null,
		error: null,
	};
}

function presentLook(look: Look, { world, now }: Call): object {
	const [width, height] = IMAGE_SIZES[look.orientation];
	return {
		id: look.id,
		name: look.name,
		group_id: look.groupId,
		avatar_type: look.avatarType,
		gender: look.gender,
		default_voice_id: look.defaultVoiceId,
		preferred_orientation: look.orientation,
		image_width: width,
		image_height: height,
		preview_image_url: world.signer.mint(imagePreviewPath(look.id), now),
		preview_video_url: null,
		status: look.status,
		supported_api_engines: look.engines,
		tags: look.tags,
		error: null,
	};
}

function voicePreview(voice: Voice, { world, now }: Call): string | null {
	return voice.hasPreview ? world.signer.mint(audioPreviewPath(voice.id), now) : null;
}

function presentVoice(voice: Voice, call: Call): object {
	return {
		voice_id: voice.id,
		name: voice.name,
		language: voice.language,
		gender: voice.gender,
		type: voice.ownership,
		preview_audio_url: voicePreview(voice, call),
		support_pause: voice.supportsPause,
		support_locale: voice.supportsLocale,
	};
}

function presentVoiceDetail(voice: Voice, call: Call): object {
	return {
		voice_id: voice.id,
		name: voice.name,
		language: voice.language,
		gender: voice.gender,
		preview_audio_url: voicePreview(voice, call),
		support_pause: voice.supportsPause,
		support_interactive_avatar: false,
		status: voice.ownership === 'private' ? 'complete' : null,
		failure_message: null,
		created_at: null,
	};
}

/** Whether a query value was not given or equals the value, whatever the case. */
const fits = (wanted: unknown, value: string): boolean =>
	wanted === undefined || String(wanted).toLowerCase() === value.toLowerCase();

const account = {
	username: ACCOUNT_USERNAME,
	email: 'sandbox@example.com',
	first_name: 'Sandy',
	last_name: 'Box',
	billing_type: 'wallet',
	subscription: null,
	usage_based: null,
};

const ACCOUNT_SCOPE = 'account:read';
/** What all keys may do besides. */
const SCOPES = ['videos:read', 'videos:write', 'translations:write', 'assets:write'];
/** Unix seconds: 1 July 2026. */
const KEY_MADE_AT = 1_782_864_000;

export const catalogueHandlers: Handlers = {
	'GET /v3/users/me': ({ world, key }) => {
		if (!key.mayReadAccount) {
			const message = `This API key lacks the scope ${ACCOUNT_SCOPE}`;
			throw new ApiError(403, 'insufficient_api_key_scope', message);
		}
		const autoReload = { enabled: false, threshold_usd: null, amount_usd: null };
		const balance = key.hasCredit ? 250 : 0;
		const wallet = { currency: 'usd', remaining_balance: balance, auto_reload: autoReload };
		return ok({ data: { ...account, wallet, ...world.config.account } });
	},

	'GET /v3/api_keys/self': ({ world, key }) => {
		if (!world.config.apiKeysSelf) throw new ApiError(404, 'not_found', 'No such operation: GET /v3/api_keys/self');
		const scopes = key.mayReadAccount ? [...SCOPES, ACCOUNT_SCOPE] : SCOPES;
		const data = {
			key_id: `key_${key.value}`,
			key_name: key.purpose,
			status: 'active',
			scope_mode: 'custom',
			scopes,
			created_at: KEY_MADE_AT,
			updated_at: KEY_MADE_AT,
			expires_at: null,
			expires_in_seconds: null,
		};
		return ok({ data });
	},

	'GET /v3/avatars': (call) => {
		const { catalogue } = call.world;
		const groups = catalogue.groups.filter((group) => fits(call.query.ownership, group.ownership));
		return ok(pageOf('avatars', groups, call.query, (group) => presentGroup(group, call)));
	},

	'GET /v3/avatars/{group_id}': (call) => {
		const id = call.params['group_id'] ?? '';
		const group = call.world.catalogue.groupById.get(id);
		if (!group) throw new ApiError(404, 'avatar_group_not_found', `Avatar group ${id} not found`);
		return ok({ data: presentGroup(group, call) });
	},

	'GET /v3/avatars/looks': (call) => {
		const { group_id, avatar_type, ownership } = call.query;
		const looks = call.world.catalogue.looks.filter(
			(look) =>
				(group_id === undefined || group_id === look.groupId) &&
				fits(avatar_type, look.avatarType) &&
				fits(ownership, look.ownership),
		);
		return ok(pageOf('looks', looks, call.query, (look) => presentLook(look, call)));
	},

	'GET /v3/avatars/looks/{look_id}': (call) => {
		const id = call.params['look_id'] ?? '';
		const look = call.world.catalogue.lookById.get(id);
		if (!look) throw new ApiError(404, 'avatar_not_found', `Avatar ${id} not found`);
		return ok({ data: presentLook(look, call) });
	},

	'GET /v3/voices': (call) => {
		const { type, engine, language, gender } = call.query;
		const voices = call.world.catalogue.voices.filter(
			(voice) =>
				fits(type, voice.ownership) &&
				fits(language, voice.language) &&
				fits(gender, voice.gender) &&
				(engine === undefined || voice.engines.includes(String(engine))),
		);
		return ok(pageOf('voices', voices, call.query, (voice) => presentVoice(voice, call)));
	},

	'GET /v3/voices/{voice_id}': (call) => {
		const id = call.params['voice_id'] ?? '';
		const voice = call.world.catalogue.voiceById.get(id);
		if (!voice) throw new ApiError(404, 'voice_not_found', `Voice ${id} not found`);
		return ok({ data: presentVoiceDetail(voice, call) });
	},
};
