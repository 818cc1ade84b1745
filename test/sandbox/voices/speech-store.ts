/** The speeches that were made. */
import { randomUUID } from 'node:crypto';
import type { SoundFormat } from '../files/silence';

export interface Speech {
	id: string;
	/** Length in seconds. */
	duration: number;
	format: SoundFormat;
}

export class SpeechStore {
	private readonly byId = new Map<string, Speech>();
	/** Speeches are there at once, so that none ever runs. */
	readonly maxRunning = 0;

	/** Speeches really made; replays do not count. */
	get created(): number {
		return this.byId.size;
	}

	add(duration: number, format: SoundFormat): Speech {
		const speech = { id: randomUUID().replace(/-/g, ''), duration, format };
		this.byId.set(speech.id, speech);
		return speech;
	}

	get(id: string): Speech | undefined {
		return this.byId.get(id);
	}
}
