/** The voices of the account: those of the catalogue, and clones. */
import type { Catalogue } from '../catalogue/catalogue';
import type { SandboxConfig } from '../config';
import { type Job, jobStateAt } from '../jobs/job';
import type { JobStore } from '../jobs/job-store';
import { type AccountVoice, catalogueVoice } from './account-voice';
import { type CloneDetails, voiceOfClone } from './clone';

export class VoiceStore {
	/** Voices of the catalogue that were deleted. */
	private readonly deleted = new Set<string>();

	/** @param config read at each use, as is the catalogue, so that changed settings apply at once. */
	constructor(
		private readonly config: () => SandboxConfig,
		private readonly catalogue: () => Catalogue,
		private readonly clones: JobStore<CloneDetails>,
	) {}

	/** The voices that lists show at that time (Unix milliseconds): clones, the newest first, and those of the catalogue. */
	listed(now: number): AccountVoice[] {
		const known = this.catalogue().voices.filter(({ id }) => !this.deleted.has(id));
		const clones = this.kept().map((job) => voiceOfClone(job, now));
		const isAlwaysListed = this.config().cloneListed === 'always';
		return [...clones.filter(({ isReady }) => isReady || isAlwaysListed), ...known.map(catalogueVoice)];
	}

	/** The voice of that id as it is at that time, listed or not; undefined when there is none. */
	find(id: string, now: number): AccountVoice | undefined {
		const clone = this.clones.records.get(id);
		if (clone) return voiceOfClone(clone, now);
		const known = this.deleted.has(id) ? undefined : this.catalogue().voiceById.get(id);
		return known && catalogueVoice(known);
	}

	/** Deletes a voice that is there. */
	delete(id: string, now: number): void {
		if (!this.clones.delete(id, now)) this.deleted.add(id);
	}

	/** How many clones take up a slot at that time; those that failed do not. */
	slotsTaken(now: number): number {
		const isLost = (job: Job<CloneDetails>): boolean => ['failed', 'cancelled'].includes(jobStateAt(job, now));
		return this.kept().filter((job) => !isLost(job)).length;
	}

	/** Clones that were not deleted, the newest first. */
	private kept(): Array<Job<CloneDetails>> {
		return this.clones.records
			.all()
			.filter(({ deleted }) => !deleted)
			.reverse();
	}
}
