import { costNotice, perMinute } from '../../../nodes/fields/cost';

it.each([
	[0.1, '6'],
	[0.0033, '0.2'],
	[0.0667, '4'],
	[0.05, '3'],
	[0.00833, '0.5'],
])('says that %s credits a second are %s a minute', (perSecond, expected) => {
	expect(perMinute(perSecond)).toBe(expected);
});

it('is a notice with the price in it', () => {
	expect(costNotice(0.05, 'translated video')).toMatchObject({
		type: 'notice',
		default: '',
		displayName: expect.stringMatching(/^Costs about 3 HeyGen credits per minute of translated video/) as unknown,
	});
});
