import { OUTPUT_SIDE } from '../limits';
import { type SpeechEstimate, speechEstimate } from '../prices/speech';
import { numeral } from '../values/text';
import { leafOf } from './leaves';
import { type Template, type TemplateScene, type TemplateVariable, textPieces } from './template';

/** What a video of a template shows: which scenes, in what size, and how long they speak. */

/**
 * The scenes of a video.
 *
 * @param template the template
 * @param sceneIds those that are asked for, in their order; undefined for all
 */
export function scenesOfVideo({ scenes }: Template, sceneIds: readonly string[] | undefined): TemplateScene[] {
	if (sceneIds === undefined) return [...scenes];
	return sceneIds.flatMap((id) => scenes.filter((scene) => scene.id === id));
}

/**
 * Whether a video shows a variable. One of which HeyGen names no scene may be in any.
 *
 * @param variable the variable
 * @param sceneIds the scenes that are asked for; undefined for all
 */
export function isShown({ sceneIds: using }: TemplateVariable, sceneIds: readonly string[] | undefined): boolean {
	return sceneIds === undefined || using.length === 0 || using.some((id) => sceneIds.includes(id));
}

/**
 * How long a video speaks, by the scripts of its scenes with their texts filled in.
 *
 * @param template the template
 * @param values the variables that are sent, as the request has them
 * @param sceneIds the scenes that are asked for; undefined for all
 * @returns undefined when HeyGen does not say what is spoken in one of them, when that takes no time at all, and when it
 *   is more than anybody speaks
 */
export function spokenInTemplate(
	template: Template,
	values: Readonly<Record<string, unknown>>,
	sceneIds: readonly string[] | undefined,
): SpeechEstimate | undefined {
	const scenes = scenesOfVideo(template, sceneIds);
	const texts = new Map(
		template.variables.map((variable) => [variable.name, Object.hasOwn(values, variable.name) ? textOf(variable, values[variable.name]) : undefined]),
	);
	const pieces = new Map([...new Set(scenes)].map((scene) => [scene, filledPieces(scene.script ?? '', texts)]));
	const length = scenes.reduce((sum, scene) => sum + lengthOf(pieces.get(scene) ?? []), 0);
	if (length > SPOKEN_MAX) return undefined;
	const scripts = new Map([...pieces].map(([scene, parts]) => [scene, parts.join('')]));
	// A scene in which nobody speaks is as long as the template makes it.
	const isTimed = (script: string) => speechEstimate(script).seconds > 0;
	if (scenes.length === 0 || ![...scripts.values()].every(isTimed)) return undefined;
	return speechEstimate(scenes.map((scene) => scripts.get(scene)).join('\n'));
}

/** Characters, which somebody would speak for some hours. */
const SPOKEN_MAX = 200_000;

function lengthOf(pieces: readonly string[]): number {
	return pieces.reduce((sum, { length }) => sum + length, 0);
}

/** What of a script is spoken. A text that holds `{{name}}` itself is not filled in again. */
function filledPieces(script: string, texts: ReadonlyMap<string, string | undefined>): string[] {
	return textPieces(script).map(({ text, name }) => (name === undefined ? text : (texts.get(name) ?? text)));
}

/** What is spoken for a variable; nothing for what is no text. */
function textOf({ kind }: TemplateVariable, value: unknown): string | undefined {
	if (kind !== undefined && kind !== 'text') return undefined;
	const text = leafOf(value, 'text')?.value;
	return typeof text === 'string' ? text : undefined;
}

/** Pixels of a video. */
export interface Dimension {
	readonly width: number;
	readonly height: number;
}

/** What of a dimension is given, and what is wrong with it. */
interface DimensionProblem {
	/** The side at fault. */
	readonly side: 'width' | 'height';
	/** The rest of a sentence that begins with the field's name. */
	readonly problem: string;
}

/** "16:9", "9 / 16", "1.91:1". */
const RATIO = /^\s*(\d{1,5}(?:\.\d{1,5})?)\s*[:x×/]\s*(\d{1,5}(?:\.\d{1,5})?)\s*$/i;

/** Sides are even, and a ratio such as 16:9 has few even pairs: this far from the exact side they may be. */
const TOLERANCE = 2;

/**
 * The size of a video, which must have its template's ratio (API reference, section 10). Of one side the other follows.
 *
 * @param given the sides that are given, each of which HeyGen takes
 * @param ratio as the template has it; HeyGen alone knows what another text means
 * @returns both sides, undefined when none is given, or what is wrong
 */
export function dimensionFor(
	{ width, height }: Partial<Dimension>,
	ratio: string | undefined,
): { dimension?: Dimension; problem?: DimensionProblem } {
	const [, across = '', down = ''] = RATIO.exec(ratio ?? '') ?? [];
	const shape = Number(across) / Number(down);
	const isKnown = Number.isFinite(shape) && shape > 0;
	if (width !== undefined && height !== undefined) {
		const fits = !isKnown || Math.abs(width - height * shape) < TOLERANCE || Math.abs(height - width / shape) < TOLERANCE;
		if (fits) return { dimension: { width, height } };
		const near = `${numeral(even(width / shape))} fits a width of ${numeral(width)}`;
		return { problem: { side: 'height', problem: `makes a video of another shape than the template, which has ${ratio}: ${near}` } };
	}
	if (width === undefined && height === undefined) return {};
	const side = width === undefined ? 'width' : 'height';
	const other = side === 'width' ? 'Height' : 'Width';
	if (!isKnown) return { problem: { side, problem: `is empty: the template does not say its ratio, by which it would follow from '${other}'` } };
	const dimension = width === undefined ? { width: even((height ?? 0) * shape), height: height ?? 0 } : { width, height: even(width / shape) };
	const found = dimension[side];
	if (found >= OUTPUT_SIDE.min && found <= OUTPUT_SIDE.max) return { dimension };
	const range = `from ${numeral(OUTPUT_SIDE.min)} to ${numeral(OUTPUT_SIDE.max)}`;
	return { problem: { side, problem: `would be ${numeral(found)} by '${other}' and the template's ratio of ${ratio}, but it must be ${range}` } };
}

function even(side: number): number {
	return 2 * Math.round(side / 2);
}
