import type { INodeProperties } from 'n8n-workflow';

import { additionalFieldsOption } from '../../fields/additionalFields';
import { checkBeforePayingOption } from '../../fields/checking';
import { aspectRatioFields, resolutionFields } from '../../fields/film';
import { presetOption } from '../../fields/presets';
import { titleOption } from '../../fields/title';
import { captionOption, watermarkOption } from './filmOptions';

/** Everything optional about a studio video as a whole: members of its Options. HeyGen makes MP4 files of it only. */
export const studioOptions: INodeProperties[] = [
	additionalFieldsOption,
	...aspectRatioFields([
		...['1:1', '16:9', '4:5', '5:4', '9:16'],
		{ name: 'Auto', value: 'auto', description: "Keep the scenes' own" },
	]),
	captionOption,
	checkBeforePayingOption,
	presetOption(['16:9', '9:16', '4:5', '5:4', '1:1', 'auto']),
	...resolutionFields(['1080p', '4k', '720p'], '1080p'),
	titleOption("The video's name in HeyGen"),
	watermarkOption,
];
