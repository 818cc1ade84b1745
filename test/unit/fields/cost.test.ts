import { costNotice, perMinute } from '../../../nodes/fields/cost';

it.each([
	['avatarVideo', '6'],
	['avatarVideoIii', '0.2'],
	['videoAgent', '4'],
	['translationSpeed', '3'],
	['proofread', '0.5'],
] as const)('says of %s that it costs %s a minute', (rate, expected) => {
	expect(perMinute(rate)).toBe(expected);
});

it('is a notice with the price in it', () => {
	expect(costNotice('translationSpeed', 'translated video')).toMatchObject({
		type: 'notice',
		default: '',
		displayName: expect.stringMatching(/^Costs about 3 HeyGen credits per minute of translated video/) as unknown,
	});
});
