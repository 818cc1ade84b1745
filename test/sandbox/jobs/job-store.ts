/** All jobs of one kind, with what is particular to them in their details. */
import { type Job, type JobDraft, startSimpleJob } from './job';
import { PlacedStore } from './placed-store';

export class JobStore<Details> extends PlacedStore<JobDraft<Details>, Job<Details>> {
	protected override make(draft: JobDraft<Details>, owner: string, at: number): Job<Details> {
		return startSimpleJob(draft, owner, at, this.config());
	}
}
