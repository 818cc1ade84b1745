import { presetOption } from '../../../nodes/fields/presets';
import contract from '../../contract/openapi.json';
import { PRESETS } from '../../../nodes/heygen/presets';
import { choices } from '../support/walk';

it('offers the presets whose ratio the operation has', () => {
	const offered = (ratios: string[], hasCaptions?: boolean) => choices(presetOption(ratios, hasCaptions)).map(({ name, value }) => [value, name]);
	expect(offered(['16:9', '9:16', '4:5', '1:1'])).toEqual([
		['landscape', 'Landscape (16:9)'],
		['portrait', 'Portrait (4:5)'],
		['shorts', 'Shorts, Reels, TikTok (9:16, Captions)'],
		['square', 'Square (1:1)'],
	]);
	expect(offered(['9:16'], false)).toEqual([['shorts', 'Shorts, Reels, TikTok (9:16)']]);
	expect(presetOption(['1:1']).default).toBe('square');
	expect([true, false].map((hasCaptions) => presetOption(['9:16'], hasCaptions).description?.includes('captions'))).toEqual([true, false]);
});

it('has ratios that HeyGen has', () => {
	const text = JSON.stringify(contract);
	for (const { ratio } of Object.values(PRESETS)) expect(text).toContain(`"${ratio}"`);
});
