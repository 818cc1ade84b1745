import type { IDataObject } from 'n8n-workflow';

import { type Preset, PRESETS } from '../../heygen/presets';
import { readChoice } from '../../heygen/values/plain';
import { additionalFields } from './additionalFields';
import type { Call } from './call';
import { taken } from './given';

/** The option that stands for several others. */
export const PRESET = { name: 'preset', label: 'Preset' } as const;

const PRESET_NAMES = Object.keys(PRESETS) as Array<keyof typeof PRESETS>;

/** @throws EngineError for a preset that there is not */
function presetOf({ options }: Call): Preset | undefined {
	const name = taken(PRESET.label, readChoice(options[PRESET.name], PRESET_NAMES));
	return name === undefined ? undefined : PRESETS[name];
}

/** Whether an item leaves a field of the body to its preset: a field that is set wins. */
function isLeft(call: Call, field: string): boolean {
	return call.body[field] === undefined && !Object.hasOwn(additionalFields(call), field);
}

/**
 * A body with what the item's preset says of fields that are not set.
 *
 * @param call the item
 * @param body as the parameters gave it, not yet checked by its schema
 * @returns the body itself when there is no preset
 * @throws EngineError for a preset that there is not
 */
export function withPreset(call: Call, body: IDataObject): IDataObject {
	const preset = presetOf(call);
	if (preset === undefined) return body;
	return {
		...body,
		...(isLeft(call, 'aspect_ratio') ? { aspect_ratio: preset.ratio } : {}),
		...(presetBurnsCaptions(call) ? { caption: 'burnedIn' } : {}),
	};
}

/**
 * Whether it is the preset that has captions burned in: the operation has captions, and the item does not set them.
 *
 * @param call the item
 * @throws EngineError for a preset that there is not
 */
export function presetBurnsCaptions(call: Call): boolean {
	return presetOf(call)?.captions === true && call.names.has('caption') && isLeft(call, 'caption');
}
