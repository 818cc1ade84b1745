/** The invented styles of the video agent: the same on every start. */

export interface AgentStyle {
	id: string;
	name: string;
	/** null: fits any. */
	aspectRatio: string | null;
	/** null: nobody has said. */
	tags: string[] | null;
	/** Whether there is a film that shows it. */
	hasPreview: boolean;
}

// prettier-ignore
const looks = [
	['Paper Cut', ['handmade', 'playful']], ['Blueprint', ['tech', 'calm']], ['Newsroom', ['news', 'serious']],
	['Neon Night', ['tech', 'bold']], ['Watercolor', ['handmade', 'calm']], ['Whiteboard', ['education']],
	['Retro Print', ['playful', 'bold']], ['Keynote', ['business', 'serious']], ['Comic', ['playful']],
	['Documentary', ['news', 'calm']], ['Clay', ['handmade']], ['Minimal', ['business', 'calm']],
	['Chalk', ['education', 'handmade']], ['Poster', ['bold']], ['Isometric', ['tech', 'education']],
] as const;
const ratios = ['16:9', '9:16', '1:1'] as const;

/** Every eleventh style has no film, every thirteenth fits any shape, and every seventh has no tags. */
const WITHOUT_PREVIEW = 11;
const ANY_RATIO = 13;
const WITHOUT_TAGS = 7;

const isNth = (index: number, step: number): boolean => index % step === step - 1;

/** All styles: each look in three shapes. */
export const agentStyles: readonly AgentStyle[] = ratios.flatMap((ratio, round) =>
	looks.map(([name, tags], place): AgentStyle => {
		const index = round * looks.length + place;
		return {
			id: `style_${name.toLowerCase().replace(/ /g, '_')}_${ratio.replace(':', 'x')}`,
			name,
			aspectRatio: isNth(index, ANY_RATIO) ? null : ratio,
			tags: isNth(index, WITHOUT_TAGS) ? null : [...tags],
			hasPreview: !isNth(index, WITHOUT_PREVIEW),
		};
	}),
);

const byId = new Map(agentStyles.map((style) => [style.id, style]));

/** Whether there is a style of that id. */
export const isAgentStyle = (id: string): boolean => byId.has(id);

/** The styles with that tag, in any case; all of them without one. */
export function stylesWith(tag: unknown): readonly AgentStyle[] {
	if (tag === undefined) return agentStyles;
	const wanted = String(tag).toLowerCase();
	return agentStyles.filter(({ tags }) => (tags ?? []).some((own) => own.toLowerCase() === wanted));
}
