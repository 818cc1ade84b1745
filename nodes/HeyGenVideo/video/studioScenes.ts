import type { IDataObject } from 'n8n-workflow';

import { inputError } from '../../engine/basics/errors';
import { fieldName } from '../../engine/item/body';
import type { Call } from '../../engine/item/call';
import { checkBody } from '../../engine/item/checkBody';
import { taken } from '../../engine/item/given';
import { binaryFields } from '../../engine/item/itemFiles';
import { withPreset } from '../../engine/item/preset';
import { FileToUpload } from '../../heygen/fileUses';
import type { JobFile } from '../../heygen/jobs/kind';
import { readScene, readSceneList } from '../../heygen/schemas/sceneForms';
import { studioVideo } from '../../heygen/schemas/studioVideo';
import { numeral } from '../../heygen/values/text';
import { checkCaptions } from './captions';
import { SCENES, SCENES_JSON } from './sceneFields';

/**
 * Makes the body of a studio video.
 *
 * @param call the item
 * @param files those that are wanted
 * @returns the body in the API's form
 * @throws EngineError naming scene and field that HeyGen would not take
 */
export function studioVideoBody(call: Call, files: readonly JobFile[]): IDataObject {
	const video = checkBody(studioVideo, withPreset(call, withScenes(call)), call.names);
	checkCaptions(call, video, files);
	return video;
}

/** The body with its scenes as a list; JSON has become records, and what names binary fields in it has become files. */
function withScenes(call: Call): IDataObject {
	const { body } = call;
	const { label, place } = call.parameter<string>('scenesInput', 'fields') === 'json' ? SCENES_JSON : SCENES;
	const list = taken(label, readSceneList(body[place]));
	if (list === undefined) {
		throw inputError(`'${label}' is empty`, 'A video has at least one scene. An expression that finds nothing gives an empty field.');
	}
	if (place === SCENES.place) return body;
	const fields = binaryFields(call);
	const scenes = list.map((given, index) => {
		const scene = `${label} → ${numeral(index + 1)}`;
		const files = {
			has: (name: string) => fields.includes(name),
			fileOf: (source: unknown, field: string) => new FileToUpload(source, `${scene} → ${fieldName(field)}`),
		};
		return taken(scene, readScene(given, files));
	});
	return { ...body, [place]: scenes as IDataObject[] };
}
