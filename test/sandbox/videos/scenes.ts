/** The scenes of a video, as it can be asked for them. */
import { asText, type Fields } from '../server/fields';

/** What is kept of a scene. */
export interface SceneDraft {
	script: string | null;
	avatarId: string | null;
	background: unknown;
}

const asFields = (value: unknown): Fields =>
	typeof value === 'object' && value !== null ? (value as Fields) : {};

function sceneOf({ script, avatar_id: avatarId, background }: Fields): SceneDraft {
	return { script: asText(script), avatarId: asText(avatarId), background: background ?? null };
}

/** Those of a studio video as it names them; any other video is one scene. */
export function scenesOf(body: Fields): SceneDraft[] {
	if (!Array.isArray(body.scenes)) return [sceneOf(body)];
	return body.scenes.map((scene) => {
		const fields = asFields(scene);
		return sceneOf(fields.input === undefined ? fields : asFields(fields.input));
	});
}

/** The scenes of a video in the words of the API. They never change, as there are no edits here. */
export function presentScenes(videoId: string, scenes: readonly SceneDraft[]): object {
	return {
		edit_version: '1',
		scenes: scenes.map(({ script, avatarId, background }, index) => ({
			id: `${videoId}_scene_${index + 1}`,
			script,
			avatar_id: avatarId,
			background,
			elements: [],
		})),
	};
}

/** Characters of a script that are spoken in a second. */
const CHARACTERS_PER_SECOND = 15;
/** Clips and recordings are not looked into. */
const FILE_SECONDS = 10;

/** How long a script is spoken. */
export function spokenSeconds(script: string): number {
	return Math.max(1, Math.round((script.length / CHARACTERS_PER_SECOND) * 100) / 100);
}

/** How long a studio video is: as long as its scenes together. */
export function studioSeconds({ scenes }: Fields): number {
	const lengths = (Array.isArray(scenes) ? scenes : []).map((entry) => {
		const scene = asFields(entry);
		const script = asText(scene.script) ?? asText(asFields(scene.input).script);
		if (typeof scene.duration === 'number') return scene.duration;
		return script === null ? FILE_SECONDS : spokenSeconds(script);
	});
	return Math.round(lengths.reduce((sum, length) => sum + length, 0) * 100) / 100;
}
