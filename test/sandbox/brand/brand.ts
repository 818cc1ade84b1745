/** Brand kits and glossaries of the sandbox account, and those it starts with. */
import { Records } from '../server/records';

export interface BrandKit {
	id: string;
	name: string;
	colors: string[];
	/** Unix milliseconds at which HeyGen has read the website. */
	readyAt: number;
	/** Whether reading the website fails. */
	failing: boolean;
	deleted: boolean;
}

export interface GlossaryTerm {
	term: string;
	pronunciation?: string;
	translation?: string;
}

export interface Glossary {
	id: string;
	name: string;
	terms: GlossaryTerm[];
	/** Unix milliseconds. */
	createdAt: number;
	updatedAt: number;
	deleted: boolean;
}

const palettes = [
	['#0B3D91', '#FC3D21', '#FFFFFF'],
	['#1B998B', '#2D3047', '#FFFD82'],
	['#6A4C93', '#FF595E', '#8AC926'],
] as const;

const seededNames = ['Acme', 'Globex', 'Initech'] as const;
// prettier-ignore
const topics = [
	'Medicine', 'Law', 'Software', 'Finance', 'Chemistry', 'Aviation', 'Music', 'Cooking', 'Sports', 'Botany',
	'Astronomy', 'Sailing',
] as const;

/** 2026-02-02T08:00:00Z: glossaries are created a day apart from here on. */
const FIRST_GLOSSARY_AT = 1_770_019_200_000;
const DAY_MS = 86_400_000;

/** Colors of a website, the same for the same address. */
export function colorsOf(url: string): string[] {
	return [...(palettes[url.length % palettes.length] ?? palettes[0])];
}

export function statusOfKit(
	{ readyAt, failing }: BrandKit,
	now: number,
): 'loading' | 'completed' | 'error' {
	if (now < readyAt) return 'loading';
	return failing ? 'error' : 'completed';
}

export function seededKits(): Records<BrandKit> {
	const kits = new Records<BrandKit>();
	for (const name of seededNames) {
		const slug = name.toLowerCase();
		const colors = colorsOf(`https://${slug}.example.com`);
		kits.add({ id: `kit_${slug}`, name, colors, readyAt: 0, failing: false, deleted: false });
	}
	return kits;
}

export function seededGlossaries(): Records<Glossary> {
	const glossaries = new Records<Glossary>();
	for (const [index, topic] of topics.entries()) {
		const createdAt = FIRST_GLOSSARY_AT + index * DAY_MS;
		const terms = [{ term: topic, pronunciation: topic.toLowerCase() }];
		const id = `glossary_${topic.toLowerCase()}`;
		glossaries.add({
			id,
			name: `${topic} terms`,
			terms,
			createdAt,
			updatedAt: createdAt,
			deleted: false,
		});
	}
	return glossaries;
}
