/** The invented avatars and voices of the sandbox account: the same for the same counts, on every start. */

export type AvatarType = 'studio_avatar' | 'digital_twin' | 'photo_avatar';
export type Ownership = 'public' | 'private';
type TrainingStatus = 'processing' | 'pending_consent' | 'completed' | null;

export interface Look {
	id: string;
	groupId: string;
	name: string;
	avatarType: AvatarType;
	ownership: Ownership;
	gender: string;
	defaultVoiceId: string | null;
	orientation: 'portrait' | 'landscape' | 'square';
	status: TrainingStatus;
	engines: string[];
	tags: string[];
}

export interface Group {
	id: string;
	name: string;
	gender: string;
	ownership: Ownership;
	defaultVoiceId: string | null;
	status: TrainingStatus;
	looks: Look[];
	/** Unix seconds. */
	createdAt: number;
}

export interface Voice {
	id: string;
	name: string;
	gender: string;
	/** By name, as the API filters it. */
	language: string;
	ownership: Ownership;
	engines: string[];
	hasPreview: boolean;
	supportsPause: boolean;
	supportsLocale: boolean;
}

/** How many of each thing the catalogue holds. */
export interface CatalogueSize {
	groups: number;
	looksPerGroup: number;
	voices: number;
}

// prettier-ignore
const people = [
	['Ann', 'female'], ['Bruno', 'male'], ['Chiara', 'female'], ['Dario', 'male'], ['Edda', 'female'],
	['Farid', 'male'], ['Greta', 'female'], ['Henrik', 'male'], ['Imani', 'female'], ['Jonas', 'male'],
	['Keiko', 'female'], ['Liam', 'male'], ['Mona', 'female'], ['Nils', 'male'], ['Oda', 'female'],
	['Pavel', 'male'], ['Quinn', 'female'], ['Rafael', 'male'], ['Sunniva', 'female'], ['Tariq', 'male'],
	['Ursel', 'female'], ['Vito', 'male'], ['Wanda', 'female'], ['Xaver', 'male'], ['Yara', 'female'],
	['Zoltan', 'male'], ['Alma', 'female'], ['Bjarne', 'male'], ['Cosima', 'female'], ['Dmitri', 'male'],
] as const;

const settings = ['office', 'studio', 'garden', 'kitchen', 'library', 'workshop'] as const;
const orientations = ['landscape', 'portrait', 'square'] as const;
const groupTypes = ['digital_twin', 'photo_avatar', 'studio_avatar'] as const;
const languages = ['English', 'Spanish', 'German', 'French', 'Japanese', 'Portuguese'] as const;
const tones = ['Calm', 'Bright', 'Warm', 'Clear', 'Deep'] as const;

/** The engines on which looks of each type run. */
export const enginesOfType: Record<AvatarType, string[]> = {
	digital_twin: ['avatar_v', 'avatar_iv', 'avatar_iii'],
	photo_avatar: ['avatar_iv', 'avatar_iii'],
	studio_avatar: ['avatar_iv', 'avatar_iii'],
};
const enginesOfVoices = [['starfish', 'elevenlabs'], ['starfish'], ['elevenlabs'], ['fish']];

/** 2026-01-05T08:00:00Z in Unix seconds: groups are created a day apart from here on. */
const FIRST_GROUP_AT = 1_767_600_000;
const DAY_SECONDS = 86_400;
/** Every fifth group and every tenth voice belongs to the account. */
const PRIVATE_GROUP_STEP = 5;
const PRIVATE_VOICE_STEP = 10;

/** The element at the index, starting over at the end of the list. */
function pick<T>(list: readonly [T, ...T[]] | readonly T[], index: number): T {
	return list[index % list.length] as T;
}

function personAt(index: number): { name: string; slug: string; gender: string } {
	const [name, gender] = pick(people, index);
	const round = Math.floor(index / people.length);
	const suffix = round === 0 ? '' : String(round + 1);
	return { name: suffix ? `${name} ${suffix}` : name, slug: name.toLowerCase() + suffix, gender };
}

function makeVoice(index: number): Voice {
	const { name, slug, gender } = personAt(index);
	const tone = pick(tones, Math.floor(index / languages.length));
	return {
		id: `voice_${slug}_${tone.toLowerCase()}_${String(index + 1).padStart(3, '0')}`,
		name: `${name} – ${tone}`,
		gender,
		language: pick(languages, index),
		ownership: index % PRIVATE_VOICE_STEP === PRIVATE_VOICE_STEP - 1 ? 'private' : 'public',
		engines: pick(enginesOfVoices, index),
		hasPreview: index % 7 !== 6,
		supportsPause: index % 3 !== 2,
		supportsLocale: index % 4 === 0,
	};
}

function makeLook(group: Omit<Group, 'looks'>, slug: string, type: AvatarType, index: number): Look {
	const setting = pick(settings, index);
	// Twins also own photo looks, so that a group of mixed types exists.
	const avatarType = type === 'digital_twin' && index % 4 === 3 ? 'photo_avatar' : type;
	const number = String(index + 1).padStart(2, '0');
	return {
		id: `look_${slug}_${setting}_${number}`,
		groupId: group.id,
		name: `${group.name} in the ${setting}`,
		avatarType,
		ownership: group.ownership,
		gender: group.gender,
		defaultVoiceId: group.defaultVoiceId,
		orientation: pick(orientations, index),
		status: group.status,
		engines: enginesOfType[avatarType],
		tags: [setting, avatarType === 'photo_avatar' ? 'photo' : 'footage'],
	};
}

function makeGroup(index: number, looksPerGroup: number, voices: readonly Voice[]): Group {
	const { name, slug, gender } = personAt(index);
	const isPrivate = index % PRIVATE_GROUP_STEP === PRIVATE_GROUP_STEP - 1;
	// Studio avatars are HeyGen's own, so a private group is never of that type.
	const chosen = pick(groupTypes, index);
	const type = isPrivate && chosen === 'studio_avatar' ? 'digital_twin' : chosen;
	const hasVoice = index % 4 !== 3 && voices.length > 0;
	const base: Omit<Group, 'looks'> = {
		id: `group_${slug}`,
		name,
		gender,
		ownership: isPrivate ? 'private' : 'public',
		defaultVoiceId: hasVoice ? pick(voices, index).id : null,
		status: isPrivate ? 'completed' : null,
		createdAt: FIRST_GROUP_AT + index * DAY_SECONDS,
	};
	const looks = Array.from({ length: looksPerGroup }, (_, n) => makeLook(base, slug, type, n));
	return { ...base, looks };
}

/** Two private groups show the states in which an avatar cannot be used yet. */
function markUnusable(groups: readonly Group[]): void {
	const own = groups.filter((group) => group.ownership === 'private');
	const [unconsented, training] = [own.at(-1), own.at(-2)];
	if (unconsented && own.length > 2) {
		unconsented.status = 'pending_consent';
		for (const look of unconsented.looks) look.status = 'pending_consent';
	}
	const lastLook = training?.looks.at(-1);
	if (lastLook && own.length > 2) lastLook.status = 'processing';
}

/** Groups, looks and voices with constant-time access by id. Lists keep a fixed order. */
export class Catalogue {
	readonly groups: readonly Group[];
	readonly looks: readonly Look[];
	readonly voices: readonly Voice[];
	readonly groupById: ReadonlyMap<string, Group>;
	readonly lookById: ReadonlyMap<string, Look>;
	readonly voiceById: ReadonlyMap<string, Voice>;

	constructor(size: CatalogueSize) {
		this.voices = Array.from({ length: size.voices }, (_, index) => makeVoice(index));
		this.groups = Array.from({ length: size.groups }, (_, index) =>
			makeGroup(index, size.looksPerGroup, this.voices),
		);
		markUnusable(this.groups);
		this.looks = this.groups.flatMap((group) => group.looks);
		this.groupById = new Map(this.groups.map((group) => [group.id, group]));
		this.lookById = new Map(this.looks.map((look) => [look.id, look]));
		this.voiceById = new Map(this.voices.map((voice) => [voice.id, voice]));
	}
}
