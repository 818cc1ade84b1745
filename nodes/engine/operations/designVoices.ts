import type { IDataObject } from 'n8n-workflow';

import { DESIGNED_VOICES } from '../../heygen/limits';
import { idIn } from '../../heygen/records';
import { designedVoice } from '../../heygen/schemas/voices';
import { readNumber } from '../../heygen/values/plain';
import { withAdditionalFields } from '../item/additionalFields';
import { type Call, type Handler, requestOf } from '../item/call';
import { checkBody } from '../item/checkBody';
import { taken } from '../item/given';
import { outputItem } from '../item/outputItem';
import { recordIn, recordsIn } from '../request/reply';

/** Voices that can be asked for at most, and seeds after which no more are: HeyGen may find the same voices again and again. */
export const MOST_DESIGNED = 60;
const MOST_SEEDS = 40;

/**
 * An operation that finds voices by a description. "Up to 3 existing voices and seed; the next seed gives the next three"
 * (API reference, section Voices and speech): a POST that makes nothing, and may be sent again.
 */
export function designVoices(): Handler {
	return async (call) => {
		const wanted = taken('Voices to Find', readNumber(call.parameter<unknown>('voiceCount', DESIGNED_VOICES), { min: 1, max: MOST_DESIGNED, whole: true })) ?? DESIGNED_VOICES;
		const body = withAdditionalFields(call, checkBody(designedVoice, call.body, call.names));
		await call.passCheckpoint();
		const first = readNumber(body.seed).value ?? 0;
		const found = new Map<string, IDataObject>();
		for (let seed = first; found.size < wanted && seed < first + MOST_SEEDS; seed++) {
			const voices = await voicesFor(call, seed === first ? body : { ...body, seed });
			const known = found.size;
			for (const voice of voices) {
				const id = idIn(voice, ['voice_id']);
				if (id !== undefined && !found.has(id)) found.set(id, { ...voice, voice_id: id, seed, next_seed: seed + 1 });
			}
			// A seed that finds nothing new says that there are no more.
			if (found.size === known) break;
		}
		if (found.size === 0) call.run.report.remark('HeyGen has found no voice for the description', call.itemIndex);
		return [...found.values()].slice(0, wanted).map((voice) => outputItem(voice, call.itemIndex));
	};
}

async function voicesFor(call: Call, body: IDataObject): Promise<IDataObject[]> {
	const request = { ...requestOf(call), body, doing: 'find voices for the description', repeatable: true };
	return recordsIn(recordIn(await call.client.send(request), request).voices, request.doing);
}
