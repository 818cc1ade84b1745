/** What a film is for, and what it has to be like then. */

/** Shape and captions of a film. */
export interface Preset {
	/** As requests write it: "16:9". */
	readonly ratio: string;
	/** Whether captions are burned into the picture: most people watch such films without sound. */
	readonly captions: boolean;
}

/** Presets by the values that workflows store. Ratios are those of the API (contract, `aspect_ratio`). */
export const PRESETS = {
	landscape: { ratio: '16:9', captions: false },
	portrait: { ratio: '4:5', captions: false },
	shorts: { ratio: '9:16', captions: true },
	square: { ratio: '1:1', captions: false },
} as const satisfies Readonly<Record<string, Preset>>;
