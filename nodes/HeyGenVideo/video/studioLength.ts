import type { IDataObject } from 'n8n-workflow';

import type { Asked, Call, Ordered } from '../../engine/item/call';
import { speechLength } from '../../engine/item/spoken';
import { asRecord } from '../../heygen/records';
import { readNumber } from '../../heygen/values/plain';
import { amount, numeral } from '../../heygen/values/text';
import { avatarPrice } from './avatarPrice';

/** How long the scenes of a studio video are: what it costs depends on that, and whether it came out as it should. */

/** A scene's length, and how it is known. */
interface SceneLength {
	/** Absent for a clip that only HeyGen has, or fetches. */
	seconds?: number;
	by: 'script' | 'recording' | 'longest' | 'still' | 'clip';
}

type Scene = Record<string, unknown>;

/** The scenes in the API's form. Fields that the user adds are not checked. */
function scenesOf({ body }: Asked): Scene[] {
	return Array.isArray(body.scenes) ? (body.scenes as unknown[]).map(asRecord) : [];
}

function lengthsOf(asked: Asked): SceneLength[] {
	return scenesOf(asked).map((scene, index) => lengthOf(scene, asked, `scenes.${index}.`));
}

function lengthOf(scene: Scene, { secondsOf }: Asked, place: string): SceneLength {
	if (scene.type === 'video') {
		const seconds = secondsOf(`${place}source.asset_id`) ?? secondsOf(`${place}source`);
		return { by: 'clip', ...(seconds === undefined ? {} : { seconds }) };
	}
	const shown = readNumber(scene.duration, { above: 0 }).value;
	if (scene.type === 'image' && shown !== undefined) return { by: 'still', seconds: shown };
	const input = scene.type === 'image' ? { fields: scene, at: place } : { fields: asRecord(scene.input), at: `${place}input.` };
	const { seconds, by } = speechLength(input.fields, secondsOf, input.at);
	return { seconds, by };
}

/** What formulas call the parts of a video, in their order. */
const PARTS: ReadonlyArray<readonly [SceneLength['by'], string]> = [
	['script', 'scripts'],
	['recording', 'recordings'],
	['longest', 'recordings whose length is not known here, at their longest'],
	['still', 'still images'],
	['clip', 'clips'],
];

function sum(lengths: readonly SceneLength[]): number {
	return lengths.reduce((seconds, length) => seconds + (length.seconds ?? 0), 0);
}

function inSeconds(seconds: number): string {
	return `${numeral(Math.round(seconds * 10) / 10)} s`;
}

/** "3 scenes: scripts 45.2 s, still images 10 s". */
function howLong(lengths: readonly SceneLength[]): string {
	const parts = PARTS.flatMap(([by, words]) => {
		const own = lengths.filter((length) => length.by === by);
		const isKnown = own.every(({ seconds }) => seconds !== undefined);
		return own.length === 0 ? [] : [`${words} ${isKnown ? inSeconds(sum(own)) : 'of unknown length'}`];
	});
	return `${amount(lengths.length, 'scene')}: ${parts.join(', ')}`;
}

/** One for each scene. Images that speak are moved by Avatar IV (API reference, section `type: "image"`), the default. */
function enginesOf(asked: Asked): unknown[] {
	return scenesOf(asked).map(({ type, input }) => (type === 'avatar_video' ? asRecord(asRecord(input).engine).type : undefined));
}

const SILENT_PARTS = 'HeyGen does not say what still images and clips cost, and they are taken as scenes with avatars';

/**
 * What a studio video costs: as many seconds as its scenes come to.
 *
 * @param asked the item's request
 * @returns without a length when one of the clips has none that is known here
 */
export function studioOrder(asked: Asked): Ordered {
	const lengths = lengthsOf(asked);
	const { kind, rateNote } = avatarPrice(enginesOf(asked));
	const isSilent = scenesOf(asked).some(({ type }) => type !== 'avatar_video');
	const notes = [...(rateNote === undefined ? [] : [rateNote]), ...(isSilent ? [SILENT_PARTS] : [])];
	const isKnown = lengths.every(({ seconds }) => seconds !== undefined);
	return {
		kind,
		how: howLong(lengths),
		...(isKnown ? { seconds: Math.round(sum(lengths) * 1_000) / 1_000 } : {}),
		...(notes.length === 0 ? {} : { rateNote: notes.join('; ') }),
	};
}

/** How long a video should be, in plain data. */
interface Expected {
	seconds: number;
	/** What is shorter or longer is far from it. */
	from: number;
	/** Absent where it may be as long as it likes. */
	to?: number;
	/** To continue "The video is 1 s long, but". */
	words: string;
}

/** Recordings, clips and still images keep their length, up to some seconds for cuts and rounding. */
const EXACT = { share: 0.1, seconds: 2 };

/**
 * The same script takes one voice half as long as another, with pauses that the script does not tell. A scene of one word
 * has a beginning and an end as well, so that each scene after the first may take some more seconds.
 */
const SPOKEN = { from: 0.5, to: 2, perScene: 1.5 };

function expectedOf(asked: Asked): Expected | undefined {
	const lengths = lengthsOf(asked);
	const known = lengths.filter(({ seconds, by }) => seconds !== undefined && by !== 'longest');
	const scripts = known.filter(({ by }) => by === 'script');
	const spoken = sum(scripts);
	const exact = sum(known) - spoken;
	const from = exact * (1 - EXACT.share) - EXACT.seconds + spoken * SPOKEN.from;
	const seconds = exact + spoken;
	if (known.length === lengths.length) {
		const room = EXACT.seconds + SPOKEN.perScene * Math.max(0, scripts.length - 1);
		const to = exact * (1 + EXACT.share) + room + spoken * SPOKEN.to;
		return { seconds, from, to, words: `its scenes come to about ${inSeconds(seconds)}` };
	}
	const given = readNumber(asked.call.options.expectedSeconds, { above: 0 }).value;
	if (given !== undefined) {
		return { seconds: given, from: given * SPOKEN.from, to: given * SPOKEN.to, words: `'Expected Duration (Seconds)' says ${inSeconds(given)}` };
	}
	if (known.length === 0) return undefined;
	return { seconds, from, words: `those of its scenes whose length is known come to about ${inSeconds(seconds)} alone` };
}

/** Reported of `type: studio` (API reference, section 4.5). */
const CLIP_ADVICE =
	'Clips without a sound track have been seen to come out at 1 s: give such a clip a sound track, a silent one will do, and make the video again.';

/** What a finished studio video says of its length, when that is far from what its scenes come to. */
export const durationRemarks = {
	expects: (asked: Asked): IDataObject | undefined => {
		const expected = expectedOf(asked);
		return expected === undefined ? undefined : { ...expected, hasClips: scenesOf(asked).some(({ type }) => type === 'video') };
	},
	of: (call: Call, record: IDataObject, expectation: IDataObject): IDataObject => {
		const expected = expectation as unknown as Expected & { hasClips: boolean };
		const seconds = readNumber(record.duration, { min: 0 }).value;
		if (seconds === undefined || (seconds >= expected.from && seconds <= (expected.to ?? Infinity))) return {};
		const sentence = `The video is ${inSeconds(seconds)} long, but ${expected.words}`;
		const advice = expected.hasClips && seconds < expected.from ? CLIP_ADVICE : 'Look at it before it is used.';
		call.run.report.remark(sentence, call.itemIndex);
		return { expected_duration: Math.round(expected.seconds * 10) / 10, duration_note: `${sentence}. ${advice}` };
	},
};
