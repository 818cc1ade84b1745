/** Rows of scenes, for tests that fill in every field of every operation. */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { type Leaf, leaves } from './walk';

/** The least that a scene of each type needs. */
export const SCENES: Readonly<Record<string, IDataObject>> = {
	avatar: { type: 'avatar', avatar_id: 'look_1', script: 'Hi' },
	speakingImage: { type: 'speakingImage', image: { asset_id: 'asset_1' }, script: 'Hi', voice_id: 'voice_1' },
	image: { type: 'image', image: { asset_id: 'asset_1' }, duration: 5 },
	video: { type: 'video', video: { asset_id: 'asset_1' } },
};

/** A type of scene that shows a field of a row, which may be within a collection; undefined for a field of all scenes. */
export function sceneType({ property, rows }: Leaf): string | undefined {
	const isIn = (member: INodeProperties) => leaves(member).some((leaf) => leaf.property === property);
	const members = (rows?.options ?? []).flatMap((group) => ('values' in group ? group.values : []));
	const [type] = members.find(isIn)?.displayOptions?.show?.type ?? [];
	return type === undefined ? undefined : String(type);
}
