import isPlainObject from 'lodash/isPlainObject';
import uniq from 'lodash/uniq';
import type { IDataObject, ILoadOptionsFunctions, INodePropertyOptions, INodePropertyTypeOptions } from 'n8n-workflow';

import { settle } from '../engine/basics/settle';
import { BY_NAME } from '../engine/item/openChoices';
import { readRecord } from '../engine/request/readRecord';
import { avatarJob } from '../heygen/jobs/avatar';
import { perMinute } from './cost';
import { filterId, pickerClient, type PickerClient } from './listSearch/search';
import { pickedLook } from './listSearch/voices';

/** Engines that move avatars. A look's own record says which of them move it (API reference, section `type: "avatar"`). */

/** Those that are known. */
export const ENGINES: INodePropertyOptions[] = [
	{
		name: 'Avatar III',
		value: 'avatar_iii',
		description: `For existing HeyGen customers only, about ${perMinute('avatarVideoIii')} credits per minute`,
	},
	{ name: 'Avatar IV', value: 'avatar_iv', description: 'For all avatars' },
	{ name: 'Avatar V', value: 'avatar_v', description: 'For digital twins' },
];

/** Has the editor ask for the engines of the look that is picked, and again when another one is. */
export const ofPickedLook: INodePropertyTypeOptions = {
	loadOptionsMethod: 'getLookEngines',
	loadOptionsDependsOn: ['avatarId.value', 'avatarId'],
};

/** Looks of scenes that are read at most. */
const MOST_LOOKS = 10;

/**
 * The choices of 'Animation Engine': what moves the look that is picked, or those of the scenes. All that are known, where
 * none is picked, or HeyGen does not tell: the picker of the look says what is wrong.
 *
 * @param this the editor's context
 */
export async function getLookEngines(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const byName = { ...BY_NAME, description: 'A value that this list does not have' };
	const looks = pickedLooks(this);
	if (looks.length === 0) return [...ENGINES, byName];
	const client = await settle(pickerClient(this));
	const engines = client.ok ? uniq((await Promise.all(looks.map(async (look) => await enginesOf(client.value, look)))).flat()) : [];
	return [...(engines.length === 0 ? ENGINES : engines.map(choiceOf)), byName];
}

function pickedLooks(context: ILoadOptionsFunctions): string[] {
	const own = pickedLook(context);
	if (own !== undefined) return [own];
	const scenes = context.getCurrentNodeParameter('scenes');
	const rows = isPlainObject(scenes) ? Object.values(scenes as IDataObject).flat() : [];
	const ids = rows.flatMap((row) => (isPlainObject(row) ? (filterId((row as IDataObject).avatarId, 'look_id') ?? []) : []));
	return uniq(ids).slice(0, MOST_LOOKS);
}

async function enginesOf(client: PickerClient, lookId: string): Promise<string[]> {
	const look = await settle(readRecord(client, avatarJob, lookId));
	const engines: unknown = look.ok ? look.value.supported_api_engines : undefined;
	return Array.isArray(engines) ? engines.filter((engine): engine is string => typeof engine === 'string' && engine !== '') : [];
}

/** What the list says of an engine; one that came later goes by its own word: "avatar_6" is "Avatar 6". */
function choiceOf(engine: string): INodePropertyOptions {
	const known = ENGINES.find(({ value }) => value === engine);
	const name = engine.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
	return known === undefined ? { name, value: engine } : { ...known, description: engine === 'avatar_iii' ? (known.description as string) : 'Moves the picked look' };
}
