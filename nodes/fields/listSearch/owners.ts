import type { PickerList } from './search';

/** Whose records there are, and what an entry of a list says of it: the account's own come first. */
export const OWNERS = { private: 'your own', public: undefined } as const;

export type Owner = keyof typeof OWNERS;

/**
 * The lists of whose records are wanted. HeyGen's order says nothing of who they belong to, and voices are listed one owner at a time.
 *
 * @param ownership as the user has chosen it; undefined for all
 * @param list makes the list of one owner
 */
export function byOwner(ownership: string | undefined, list: (owner: Owner) => PickerList): PickerList[] {
	return (['private', 'public'] as const).filter((owner) => ownership === undefined || ownership === owner).map(list);
}
