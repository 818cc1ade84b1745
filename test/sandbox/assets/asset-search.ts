/** The invented stock images and icons that the asset search finds: the same on every start. */

export interface FoundAsset {
	id: string;
	type: 'image' | 'icon';
	scope: 'public' | 'personal';
	/** What a query may name it by, in lower case. */
	words: string[];
	width: number;
	height: number;
}

// prettier-ignore
const subjects = [
	'mountain', 'city', 'forest', 'ocean', 'office', 'laptop', 'coffee', 'chart', 'team', 'star',
] as const;
const looks = ['blue', 'green', 'dark', 'bright', 'minimal', 'vintage'] as const;
const sizes = [
	[1920, 1080],
	[1080, 1920],
	[1080, 1080],
] as const;
const ICON_SIZE = [512, 512] as const;
/** Every sixth entry of a type was uploaded by the account itself. */
const PERSONAL_STEP = 6;

function makeEntries(type: FoundAsset['type']): FoundAsset[] {
	const pairs = looks.flatMap((look) => subjects.map((subject) => [look, subject] as const));
	return pairs.map(([look, subject], index) => {
		const size = type === 'icon' ? ICON_SIZE : (sizes[index % sizes.length] ?? ICON_SIZE);
		return {
			id: `${type}_${look}_${subject}`,
			type,
			scope: index % PERSONAL_STEP === PERSONAL_STEP - 1 ? 'personal' : 'public',
			words: [look, subject, type],
			width: size[0],
			height: size[1],
		};
	});
}

const entries: readonly FoundAsset[] = [...makeEntries('image'), ...makeEntries('icon')];

/** Entries of that type and scope that some word of the query names; a query of other words finds nothing. */
export function searchAssets(query: string, type: string, scope: string): FoundAsset[] {
	const wanted = new Set(query.toLowerCase().split(/\s+/));
	return entries.filter(
		(entry) =>
			entry.type === type && entry.scope === scope && entry.words.some((word) => wanted.has(word)),
	);
}
