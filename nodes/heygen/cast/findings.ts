/** What the checks before paying find. */

/** Something that HeyGen would refuse, or that would be paid for in vain. */
export interface Refusal {
	/** The body's field that it is about, within its appearance: "engine.type". */
	field: string;
	/** Whether the field is one of the whole video, of which an appearance may be a scene. */
	isOfVideo?: boolean;
	/** The rest of a sentence that begins with the field's name. */
	problem: string;
	/** What to do about it. */
	advice: string;
}

/** What the checks of one record come to. */
export interface Findings {
	/** The first thing that is wrong. */
	refusal?: Refusal;
	/** Sentences without their full stops, about what may not be meant so. */
	hints: string[];
}
