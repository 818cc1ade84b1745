/** Presets: what each puts into the request, and what wins over it. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import {
	avatar,
	bodiesOf,
	CREATE,
	errorOf,
	jsonOf,
	runVideo,
	useSandbox,
	useTiming,
	waitingAvatar,
} from '../support/support';

useTiming();
const sandbox = useSandbox();

const BURNED_IN = { file_format: 'srt', style: 'default' };

it.each<[INodeParameters, IDataObject]>([
	[{ preset: 'landscape' }, { aspect_ratio: '16:9' }],
	[{ preset: 'shorts' }, { aspect_ratio: '9:16', caption: BURNED_IN }],
	[{ preset: 'square' }, { aspect_ratio: '1:1' }],
	[{ preset: 'portrait' }, { aspect_ratio: '4:5' }],
	[{ preset: '={{ " SHORTS " }}' }, { aspect_ratio: '9:16', caption: BURNED_IN }],
	[{ preset: '={{ "Square (1:1)" }}' }, { aspect_ratio: '1:1' }],
	[{ preset: '={{ null }}' }, {}],
	[{ preset: 'shorts', aspectRatio: '16:9' }, { aspect_ratio: '16:9', caption: BURNED_IN }],
	[{ preset: 'shorts', aspectRatio: 'byName', aspectRatioName: '1:1' }, { aspect_ratio: '1:1', caption: BURNED_IN }],
	[{ preset: 'shorts', aspectRatio: '={{ "" }}' }, { aspect_ratio: '9:16', caption: BURNED_IN }],
	[{ preset: 'shorts', caption: 'srt' }, { aspect_ratio: '9:16', caption: { file_format: 'srt' } }],
	[{ preset: 'shorts', additionalFields: '{"aspect_ratio": "4:5", "caption": null}' }, { aspect_ratio: '4:5', caption: null }],
])('%j is %j', async (options, expected) => {
	const result = await runVideo(sandbox(), 'createAvatar', avatar({ script: 'Hi', options }));
	expect(result.originalError).toBeUndefined();
	const [body] = bodiesOf(sandbox(), CREATE);
	expect(body).toEqual({ type: 'avatar', avatar_id: 'look_bruno_office_01', script: 'Hi', ...expected });
});

it.each(['={{ "cinema" }}', '={{ ["shorts"] }}', '={{ 5 }}'])('%s is none, and the error lists those there are', async (preset) => {
	const error = errorOf(await runVideo(sandbox(), 'createAvatar', avatar({ script: 'Hi', options: { preset } })));
	expect(error.message).toMatch(/^'Preset' must be one of landscape, portrait, shorts, square, but it is /);
	expect(sandbox().stats().requestsTotal).toBe(0);
});

it.each<[INodeParameters, string[], string[]]>([
	[{ preset: 'shorts' }, ['video'], ['captionedVideo', 'video']],
	[{ preset: 'shorts' }, ['video', 'captionedVideo', 'thumbnail'], ['captionedVideo', 'thumbnail', 'video']],
	[{ preset: 'shorts' }, ['subtitles'], ['subtitles']],
	[{ preset: 'shorts' }, [], []],
	[{ preset: 'shorts', caption: 'burnedIn' }, ['video'], ['video']],
	[{ preset: 'shorts', caption: 'srt' }, ['video'], ['video']],
	[{ preset: 'square' }, ['video'], ['video']],
])('%j with the files %j fetches %j', async (options, download, files) => {
	const result = await runVideo(sandbox(), 'createAvatar', waitingAvatar({ script: 'Hi', download, options }));
	expect(result.originalError).toBeUndefined();
	expect(Object.keys(result.outputs[0]?.[0]?.binary ?? {}).sort()).toEqual(files);
	expect(jsonOf(result)[0]).not.toHaveProperty('missing_files');
});
