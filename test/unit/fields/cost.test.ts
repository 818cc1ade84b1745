import { costNotice, perMinute } from '../../../nodes/fields/cost';
import { JOB_KINDS, type PricedKind } from '../../../nodes/heygen/prices/rates';

it.each([
	['avatarVideo', '6'],
	['avatarVideoIii', '0.2'],
	['videoAgent', '4'],
	['translationSpeed', '3'],
	['proofread', '0.5'],
] as const)('says of %s that it costs %s a minute', (rate, expected) => {
	expect(perMinute(rate)).toBe(expected);
});

const KINDS = Object.keys(JOB_KINDS) as PricedKind[];

it.each<[PricedKind, noun: string, text: string]>([
	['avatarVideo', 'video', 'Costs about 6 HeyGen credits per minute of video and takes some minutes. Test with a short script, then pin the output.'],
	['translationSpeed', 'translated video', 'Costs about 3 HeyGen credits per minute of translated video and takes some minutes. Test with a short video, then pin the output.'],
	['cinematicVideo', 'video', 'Costs about 7 HeyGen credits per video and takes some minutes. Test once, then pin the output.'],
	['speech', 'speech', 'Costs about 0.02 HeyGen credits per minute of speech. Test with a short text, then pin the output.'],
	['digitalTwin', 'avatar', 'Costs about 1 HeyGen credit per avatar and takes some minutes. Test once, then pin the output.'],
	['hyperframes', 'video', 'Costs about 0.1 to 0.3 HeyGen credits per minute, by resolution and frame rate. Test with a short one, then pin the output.'],
	['fillerWordRemoval', 'video', 'Costs about 0.3 HeyGen credits per minute of the source video, 1 minute at least. Test with a short one, then pin the output.'],
	['clipping', 'clipping', "HeyGen publishes no price for clippings. Its dashboard shows what was charged. Test once, then pin the output."],
	['backgroundRemoval', 'video', "HeyGen publishes no price for background removals. Its dashboard shows what was charged. Test once, then pin the output."],
	['modelVideo', 'video', "HeyGen publishes no price for videos from prompts. Its dashboard shows what was charged. Test once, then pin the output."],
])('tells the price of %s in a notice', (kind, noun, displayName) => {
	expect(costNotice(kind, noun)).toEqual({ displayName, name: 'costNotice', type: 'notice', default: '' });
});

it.each(KINDS)("has room in n8n's panel for the notice of %s", (kind) => {
	expect(String(costNotice(kind, 'translated video').displayName).length).toBeLessThanOrEqual(150);
});
