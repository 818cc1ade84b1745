/** The invented music and effects that can be searched, and how well each of them fits a search. */
import { rankOf } from './rank';

export type SoundType = 'music' | 'sound_effects';

export interface Sound {
	id: string;
	name: string;
	description: string;
	type: SoundType;
	/** Length in seconds. */
	duration: number;
	/** What an effect is good for; music has none. */
	placement: 'hit' | 'riser' | 'bed' | null;
	/** Seconds from the beginning to the loudest moment of an effect. */
	peakOffset: number | null;
}

// prettier-ignore
const moods = [
	'Bright', 'Calm', 'Dark', 'Driving', 'Epic', 'Gentle', 'Hopeful', 'Lonely', 'Playful', 'Tense', 'Warm', 'Wistful',
] as const;
const ensembles = ['piano', 'strings', 'synth', 'guitar', 'drums', 'choir', 'brass', 'beat', 'pad', 'marimba'] as const;
// prettier-ignore
const textures = [
	'Deep', 'Distant', 'Dry', 'Glassy', 'Heavy', 'Metallic', 'Quick', 'Rising', 'Soft', 'Wet', 'Windy', 'Wooden',
] as const;
const sources = ['boom', 'chime', 'click', 'crackle', 'drone', 'footstep', 'rain', 'splash', 'sweep', 'whoosh'] as const;

/** Seconds of the shortest and the longest music. */
const MUSIC_SECONDS = [20, 180] as const;
/** For each placement: seconds of the shortest and the longest effect, and the part of it at which it is loudest. */
const placements = {
	hit: { seconds: [0.3, 2], peak: 0.1 },
	riser: { seconds: [1, 5], peak: 0.9 },
	bed: { seconds: [5, 20], peak: 0.5 },
} as const;
const placementNames = ['hit', 'riser', 'bed'] as const;

const thousandths = (value: number): number => Math.round(value * 1_000) / 1_000;

function lengthOf(id: string, [shortest, longest]: readonly [number, number]): number {
	return thousandths(shortest + rankOf('length', id) * (longest - shortest));
}

function makeMusic(name: string, id: string): Sound {
	const duration = lengthOf(id, MUSIC_SECONDS);
	return { id, name, description: `${name}, without voices`, type: 'music', duration, placement: null, peakOffset: null };
}

function makeEffect(name: string, id: string, index: number): Sound {
	const placement = placementNames[index % placementNames.length] ?? 'hit';
	const { seconds, peak } = placements[placement];
	const duration = lengthOf(id, seconds);
	const description = `${name}, recorded dry`;
	return { id, name, description, type: 'sound_effects', duration, placement, peakOffset: thousandths(duration * peak) };
}

/** One sound for each pair of words. */
function soundsOf(
	prefix: string,
	firsts: readonly string[],
	seconds: readonly string[],
	make: (name: string, id: string, index: number) => Sound,
): Sound[] {
	const names = firsts.flatMap((first) => seconds.map((second) => `${first} ${second}`));
	return names.map((name, index) => make(name, `${prefix}_${String(index + 1).padStart(3, '0')}`, index));
}

const sounds: readonly Sound[] = [
	...soundsOf('music', moods, ensembles, makeMusic),
	...soundsOf('effect', textures, sources, makeEffect),
];
const byId = new Map(sounds.map((sound) => [sound.id, sound]));

export const soundById = (id: string): Sound | undefined => byId.get(id);

/** Effects score lower than music does, so that few of them reach the usual lowest score. */
const EFFECTS_SHARE = 0.8;
/** What a sound scores at least that has a word of the search in its name; before effects are scored lower. */
const NAMED_SCORE = 0.8;

function scoreOf({ id, name, type }: Sound, query: string): number {
	const rank = rankOf('sound', query, id);
	const words = query.toLowerCase().split(/\s+/);
	const isNamed = name.toLowerCase().split(' ').some((word) => words.includes(word));
	const score = isNamed ? NAMED_SCORE + rank * (1 - NAMED_SCORE) : rank;
	return thousandths(type === 'music' ? score : score * EFFECTS_SHARE);
}

/** The sounds of a type that score enough, the best first. */
export function soundsFor(query: string, type: SoundType, minScore: number): Array<{ sound: Sound; score: number }> {
	return sounds
		.filter((sound) => sound.type === type)
		.map((sound) => ({ sound, score: scoreOf(sound, query) }))
		.filter(({ score }) => score >= minScore)
		.sort((a, b) => b.score - a.score);
}
