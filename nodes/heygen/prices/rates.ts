/**
 * What HeyGen charges, in credits. Rates are those of HeyGen's page "Enterprise Pricing" where they name no other list. The
 * page says besides: credits are consumed when a job completes, failed jobs are not charged. Contracts, and plans that are
 * billed in dollars, may differ, so the package shows these prices as estimates and lets every one be overridden. Nothing
 * else in the package repeats one of these numbers.
 */

/** What is counted: seconds or minutes of what is made, or calls. */
export type RateUnit = 'second' | 'minute' | 'call';

/** What lines of the price list have in common. */
interface Counted {
	readonly unit: RateUnit;
	/** Seconds that are charged at least. */
	readonly leastSeconds?: number;
}

/** A price that HeyGen publishes. */
interface Published extends Counted {
	/** Credits for each unit. */
	readonly credits: number;
	/** Where HeyGen publishes it, when that is not the page "Enterprise Pricing". */
	readonly list?: string;
	/** The table that it is from. */
	readonly source: string;
}

/** A price that HeyGen does not publish. */
interface Unpublished extends Counted {
	readonly credits?: undefined;
	/** What it is the price of, as messages call it: "clippings". */
	readonly priceOf: string;
}

/** One line of the price list. */
export type Rate = Published | Unpublished;

/** Every line of the price list, by the name under which a contract's own rate replaces it. */
export const RATES = {
	avatarVideo: { credits: 0.1, unit: 'second', source: 'Video Generation — Avatar IV & V' },
	avatarVideoIii: { credits: 0.0033, unit: 'second', source: 'Video Generation — Avatar III' },
	cinematicVideo: { credits: 7, unit: 'call', source: 'Cinematic Avatar' },
	videoAgent: { credits: 0.0667, unit: 'second', source: 'Video Agent' },
	hyperframes1080p30: { credits: 0.1, unit: 'minute', source: 'HyperFrames' },
	hyperframes1080p60: { credits: 0.2, unit: 'minute', source: 'HyperFrames' },
	hyperframes4k30: { credits: 0.15, unit: 'minute', source: 'HyperFrames' },
	hyperframes4k60: { credits: 0.3, unit: 'minute', source: 'HyperFrames' },
	// The page lists "Speed — Audio Only" and "Speed — Lip Sync" with the same rate.
	translationSpeed: { credits: 0.05, unit: 'second', source: 'Video Translation' },
	translationPrecision: { credits: 0.1, unit: 'second', source: 'Video Translation' },
	proofread: { credits: 0.00833, unit: 'second', source: 'Video Translation' },
	lipsyncSpeed: { credits: 0.05, unit: 'second', source: 'Lipsync' },
	lipsyncPrecision: { credits: 0.1, unit: 'second', source: 'Lipsync' },
	speech: { credits: 0.000333, unit: 'second', source: 'Text-to-Speech' },
	digitalTwin: { credits: 1, unit: 'call', source: 'Avatar Creation' },
	photoAvatar: { credits: 1, unit: 'call', source: 'Avatar Creation' },
	// "$0.30 per source minute, 1-minute minimum" (API reference, Post-production jobs); a credit is taken for a dollar.
	fillerWordRemoval: {
		...{ credits: 0.3, unit: 'minute', leastSeconds: 60 },
		...{ list: "HeyGen's self-serve prices of August 2026", source: 'Filler Word Removal' },
	},
	// Neither list names these three.
	clipping: { unit: 'second', priceOf: 'clippings' },
	backgroundRemoval: { unit: 'second', priceOf: 'background removals' },
	modelVideo: { unit: 'second', priceOf: 'videos from prompts' },
} as const satisfies Record<string, Rate>;

/** Names a line of the price list. */
export type RateName = keyof typeof RATES;

/** The lines of HyperFrames, which has one for each quality. */
export const HYPERFRAMES_LINES = (Object.keys(RATES) as RateName[]).filter((name) => name.startsWith('hyperframes'));

/** What can be ordered, and how the editor calls it. Values are stored in workflows. */
export const JOB_KINDS = {
	avatarVideo: 'Avatar Video (Avatar IV and V)',
	avatarVideoIii: 'Avatar Video (Avatar III)',
	backgroundRemoval: 'Background Removal',
	cinematicVideo: 'Cinematic Video',
	clipping: 'Clipping',
	digitalTwin: 'Digital Twin',
	fillerWordRemoval: 'Filler Word Removal',
	hyperframes: 'HyperFrames',
	lipsyncPrecision: 'Lipsync (Precision)',
	lipsyncSpeed: 'Lipsync (Speed)',
	modelVideo: 'Video From Prompt',
	photoAvatar: 'Photo Avatar',
	proofread: 'Proofread',
	speech: 'Speech (Starfish)',
	translationPrecision: 'Translation (Precision)',
	translationSpeed: 'Translation (Speed)',
	videoAgent: 'Video Agent',
} as const;

/** Names what is ordered. */
export type PricedKind = keyof typeof JOB_KINDS;

/** What decides on the rate beside the kind; of HyperFrames only. */
export interface Quality {
	/** Default 1080p. */
	resolution?: '1080p' | '4k';
	/** Frames per second; the page has rates for 30 and 60, and what is above 30 counts as 60. Default 30. */
	frameRate?: number;
}

/** Frames per second up to which the lower rate of HyperFrames holds. */
const LOW_FRAME_RATE = 30;

/**
 * The line of the price list for a kind.
 *
 * @param kind what is ordered
 * @param quality of HyperFrames
 */
export function rateName(kind: PricedKind, { resolution = '1080p', frameRate = LOW_FRAME_RATE }: Quality = {}): RateName {
	if (kind !== 'hyperframes') return kind;
	return `hyperframes${resolution}${frameRate > LOW_FRAME_RATE ? 60 : 30}`;
}

/**
 * Whether a kind is charged by the call, so that its length does not count.
 *
 * @param kind what is ordered
 */
export function isPerCall(kind: PricedKind): boolean {
	return RATES[rateName(kind)].unit === 'call';
}

/** The kinds that are charged by the call. */
export const CALL_KINDS: readonly PricedKind[] = (Object.keys(JOB_KINDS) as PricedKind[]).filter(isPerCall);

/** The kinds that are charged by their length. */
export const LENGTH_KINDS: readonly PricedKind[] = (Object.keys(JOB_KINDS) as PricedKind[]).filter((kind) => !isPerCall(kind));
