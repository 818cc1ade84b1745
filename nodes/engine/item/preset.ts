import get from 'lodash/get';
import has from 'lodash/has';
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

/** Where a request has what presets say, and how it says that. */
interface PresetPlaces {
	/** Of the ratio, which the body's schema reads as "16:9". */
	ratio: string;
	/** Of captions in the picture; presets leave them out where the operation has no such field. */
	captions: { place: string; value: IDataObject[string] };
}

/** Most requests have both at the top, and make a second film with the captions. */
const FILM_PLACES: PresetPlaces = { ratio: 'aspect_ratio', captions: { place: 'caption', value: 'burnedIn' } };

/** Whether an item leaves a place of the body to its preset: a field that is set wins. */
function isLeft(call: Call, place: string): boolean {
	return get(call.body, place) === undefined && !has(additionalFields(call), place);
}

/**
 * A body with what the item's preset says of fields that are not set.
 *
 * @param call the item
 * @param body as the parameters gave it, not yet checked by its schema
 * @param places where the request has what presets say
 * @returns the body itself when there is no preset
 * @throws EngineError for a preset that there is not
 */
export function withPreset(call: Call, body: IDataObject, places = FILM_PLACES): IDataObject {
	const preset = presetOf(call);
	if (preset === undefined) return body;
	const { ratio, captions } = places;
	const shaped = isLeft(call, ratio) ? withPlace(body, ratio.split('.'), preset.ratio) : body;
	return burnsCaptions(call, places) ? withPlace(shaped, captions.place.split('.'), captions.value) : shaped;
}

function withPlace(record: IDataObject, [name = '', ...rest]: readonly string[], value: IDataObject[string]): IDataObject {
	if (rest.length === 0) return { ...record, [name]: value };
	return { ...record, [name]: withPlace((record[name] ?? {}) as IDataObject, rest, value) };
}

/** Whether it is the preset that has captions burned in: the operation has captions, and the item does not set them. */
function burnsCaptions(call: Call, { captions: { place } }: PresetPlaces): boolean {
	return presetOf(call)?.captions === true && call.names.has(place) && isLeft(call, place);
}

/**
 * Whether the item's preset has captions burned in that make a second film.
 *
 * @param call the item
 * @throws EngineError for a preset that there is not
 */
export function presetBurnsCaptions(call: Call): boolean {
	return burnsCaptions(call, FILM_PLACES);
}
