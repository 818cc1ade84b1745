import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { settle } from '../../engine/basics/settle';
import { readRecord } from '../../engine/request/readRecord';
import { readVoiceLanguage } from '../../heygen/cast/voiceLanguage';
import { avatarJob } from '../../heygen/jobs/avatar';
import { stateWord } from '../../heygen/jobs/kind';
import { voiceJob } from '../../heygen/jobs/voice';
import { PAGE_MAX } from '../../heygen/limits';
import { idIn } from '../../heygen/records';
import { byOwner, type Owner, OWNERS } from './owners';
import { preview } from './previews';
import { chosenFilters, filterId, filterValue, labelled, type PickerClient, type PickerList, searchLists } from './search';

/** The engine that speaks without a video (API reference, section Voices and speech). */
const SPEECH_ENGINE = 'starfish';

/**
 * Voices: the one of the avatar that is picked beside them, the account's own, then HeyGen's; narrowed by the node's List
 * Filters: language, gender, engine, ownership.
 */
export async function searchVoices(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	return await search(this, filter, paginationToken, {});
}

/** Voices that speak without a video. */
export async function searchSpeechVoices(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	return await search(this, filter, paginationToken, { engine: SPEECH_ENGINE });
}

/** The account's own voices. */
export async function searchOwnVoices(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	return await search(this, filter, paginationToken, { owner: 'private' });
}

async function search(
	context: ILoadOptionsFunctions,
	filter: string | undefined,
	paginationToken: unknown,
	only: { engine?: string; owner?: Owner },
): Promise<INodeListSearchResult> {
	const chosen = chosenFilters(context, 'voiceFilter', {
		voiceEngine: 'engine',
		voiceGender: 'gender',
		voiceLanguage: 'language',
		voiceOwnership: 'type',
	});
	const query: IDataObject = {
		language: readVoiceLanguage(filterValue(chosen.voiceLanguage)).value,
		gender: filterValue(chosen.voiceGender),
		engine: only.engine ?? filterValue(chosen.voiceEngine),
	};
	const lists = byOwner(only.owner ?? filterValue(chosen.voiceOwnership), (owner) => listOf(owner, query));
	return await searchLists(context, lists, filter, paginationToken, async (client) => await ofAvatar(context, client));
}

/** A voice that cannot be used yet, or never will be. HeyGen's own have no state. */
const STATES: Readonly<Record<string, string>> = { complete: 'ready', processing: 'training', failed: 'failed' };

function nameOf(voice: IDataObject, fact: string | undefined): string {
	return labelled(voice.name, [STATES[stateWord(voice.status)], fact, voice.language, voice.gender]);
}

function listOf(owner: Owner, query: IDataObject): PickerList {
	return {
		path: '/v3/voices',
		max: PAGE_MAX.voices,
		of: owner === 'private' ? "account's own voices" : 'public voices',
		query: { type: owner, ...query },
		idField: 'voice_id',
		isHeyGens: owner === 'public',
		entry: (voice) => ({ name: nameOf(voice, OWNERS[owner]), ...preview(voice.preview_audio_url) }),
	};
}

/**
 * The voice of the avatar that is picked in the same place of the node: HeyGen takes it where no voice is chosen. What
 * cannot be read is not offered.
 */
async function ofAvatar(context: ILoadOptionsFunctions, client: PickerClient): Promise<INodeListSearchResult['results']> {
	const lookId = pickedLook(context);
	if (lookId === undefined) return [];
	const look = await settle(readRecord(client, avatarJob, lookId));
	const voiceId = look.ok ? idIn({ voice_id: look.value.default_voice_id }, ['voice_id']) : undefined;
	const voice = voiceId === undefined ? undefined : await settle(readRecord(client, voiceJob, voiceId));
	if (voiceId === undefined || voice?.ok !== true) return [];
	const { name = voiceId } = voice.value;
	return [{ name: labelled(name, ["the avatar's own voice", voice.value.language, voice.value.gender]), value: voiceId, ...preview(voice.value.preview_audio_url) }];
}

/**
 * The look that is picked where the voice is: in the same row or collection, or else beside all parameters.
 *
 * @param context the picker's context
 */
export function pickedLook(context: ILoadOptionsFunctions): string | undefined {
	for (const place of ['&avatarId', 'avatarId']) {
		const look = filterId(context.getCurrentNodeParameter(place), 'look_id');
		if (look !== undefined) return look;
	}
	return undefined;
}
