/** The avatars of the account: those of the catalogue with what has become of them, and those that it makes itself. */
import { randomUUID } from 'node:crypto';
import type { Catalogue, Ownership } from '../catalogue/catalogue';
import type { JobStore } from '../jobs/job-store';
import { seconds } from '../server/operation';
import { type Entry, Records } from '../server/records';
import { type AvatarDetails, catalogueLookAt, createdLookAt, type CreatedLook, type LookNow } from './avatar';
import { type GroupBase, groupNow, type GroupNow } from './avatar-group';

/** A group that the account made. */
type CreatedGroup = GroupBase & Entry;

/** Those that were not deleted, the newest first. */
const newestFirst = <T extends Entry>(records: Records<T>): T[] =>
	records
		.all()
		.filter(({ deleted }) => !deleted)
		.reverse();

export class AvatarStore {
	private readonly createdGroups = new Records<CreatedGroup>();
	/** Groups and looks of the catalogue that were deleted. The catalogue itself is made anew with every setting. */
	private readonly removed = new Set<string>();
	/** Names that groups and looks were given later. */
	private readonly names = new Map<string, string>();
	/** Groups whose person has agreed. */
	private readonly agreed = new Set<string>();

	/**
	 * @param catalogue asked at each use, as a change of settings replaces it.
	 * @param createdLooks the looks that the account makes, as jobs.
	 */
	constructor(
		private readonly catalogue: () => Catalogue,
		private readonly createdLooks: JobStore<AvatarDetails>,
	) {}

	/** All looks as they are at that time (Unix milliseconds): the created ones, the newest first, and those of the catalogue. */
	looks(now: number): LookNow[] {
		const created = newestFirst(this.createdLooks.records).map((job) => this.createdLook(job, now));
		const { looks } = this.catalogue();
		return [...created, ...looks.flatMap(({ id }) => this.catalogueLook(id) ?? [])];
	}

	/** The look of that id as it is; undefined when there is none or it was deleted. */
	lookAt(id: string, now: number): LookNow | undefined {
		const job = this.createdLooks.records.get(id);
		return job ? this.createdLook(job, now) : this.catalogueLook(id);
	}

	/** All groups as they are, in the order of their looks. */
	groups(now: number): GroupNow[] {
		const looksOf = new Map<string, LookNow[]>();
		for (const look of this.looks(now)) {
			const looks = looksOf.get(look.groupId) ?? [];
			looks.push(look);
			looksOf.set(look.groupId, looks);
		}
		const bases = [...newestFirst(this.createdGroups), ...this.catalogue().groups.filter(({ id }) => !this.removed.has(id))];
		return bases.map((base) => this.groupOf(base, looksOf.get(base.id) ?? []));
	}

	/** The group of that id as it is; undefined when there is none or it was deleted. */
	groupAt(id: string, now: number): GroupNow | undefined {
		const base = this.baseOf(id);
		return base && this.groupOf(base, this.looks(now).filter(({ groupId }) => groupId === id));
	}

	/** Whom a group belongs to; undefined when there is no such group. */
	ownershipOf(groupId: string): Ownership | undefined {
		return this.baseOf(groupId)?.ownership;
	}

	/** Whether the person of a group has agreed; in the catalogue those have whose avatars are ready. */
	hasConsent(groupId: string): boolean {
		return this.agreed.has(groupId) || this.catalogue().groupById.get(groupId)?.status === 'completed';
	}

	/** An id for a group that is yet to be made. */
	newGroupId(): string {
		return `group_${randomUUID()}`;
	}

	/** Makes a private group. */
	addGroup(id: string, name: string, now: number): void {
		this.createdGroups.add({
			id,
			name,
			gender: null,
			ownership: 'private',
			defaultVoiceId: null,
			status: 'processing',
			createdAt: seconds(now),
			deleted: false,
		});
	}

	/** Names a group or a look anew. */
	rename(id: string, name: string): void {
		this.names.set(id, name);
	}

	/**
	 * Gives consent as the person of a group would.
	 * @throws Error when there is no such private group.
	 */
	giveConsent(groupId: string): void {
		if (this.ownershipOf(groupId) !== 'private') throw new Error(`there is no private avatar group "${groupId}"`);
		this.agreed.add(groupId);
	}

	/** Deletes a look, and its group with the last of its looks. */
	deleteLook({ id, groupId }: LookNow, now: number): void {
		this.dropLook(id, now);
		if (this.groupAt(groupId, now)?.looks.length === 0) this.dropGroup(groupId);
	}

	/** Deletes a group with all its looks. */
	deleteGroup({ id, looks }: GroupNow, now: number): void {
		for (const look of looks) this.dropLook(look.id, now);
		this.dropGroup(id);
	}

	private dropLook(id: string, now: number): void {
		if (!this.createdLooks.delete(id, now)) this.removed.add(id);
	}

	private dropGroup(id: string): void {
		if (!this.createdGroups.delete(id)) this.removed.add(id);
	}

	private baseOf(id: string): GroupBase | undefined {
		return this.createdGroups.get(id) ?? (this.removed.has(id) ? undefined : this.catalogue().groupById.get(id));
	}

	private groupOf(base: GroupBase, looks: LookNow[]): GroupNow {
		return groupNow(base, this.names.get(base.id) ?? base.name, looks, this.agreed.has(base.id));
	}

	private createdLook(job: CreatedLook, now: number): LookNow {
		return createdLookAt(job, now, {
			newName: this.names.get(job.id),
			hasConsent: this.hasConsent(job.details.groupId),
			voiceId: this.catalogue().voices[0]?.id ?? null,
		});
	}

	private catalogueLook(id: string): LookNow | undefined {
		const look = this.removed.has(id) ? undefined : this.catalogue().lookById.get(id);
		return look && catalogueLookAt(look, { newName: this.names.get(id), hasConsent: this.hasConsent(look.groupId) });
	}
}
