import type { INodeParameters } from 'n8n-workflow';

import { triggers } from '../support/walk';
import { subtitleShown } from '../support/subtitle';

/** What stands below a trigger on the canvas. */

function shown(name: string, parameters: INodeParameters): unknown {
	const trigger = triggers.find(({ description }) => description.name === name);
	return subtitleShown(trigger!.description, parameters);
}

describe.each<[string, INodeParameters]>([
	['heyGenTrigger', {}],
	['heyGenPollTrigger', { source: 'events' }],
])('%s', (name, parameters) => {
	it.each<[string, INodeParameters]>([
		['All events', {}],
		['All events', { events: ['*'] }],
		['All events', { events: ['avatar_video.success', '*'] }],
		['All successes', { events: ['*.success'] }],
		['All failures + 1', { events: ['*.fail', 'video_translate.success'] }],
		['Avatar video succeeded', { events: ['avatar_video.success'] }],
		['AI clipping failed', { events: ['ai_clipping.fail'] }],
		['Avatar video GIF succeeded', { events: ['avatar_video_gif.success'] }],
		['HyperFrames video failed', { events: ['hyperframes_video.fail'] }],
		['Video agent failed + 2', { events: ['video_agent.fail', 'video_agent.success', 'batch.finished'] }],
		['from_tomorrow.success', { events: ['from_tomorrow.success'] }],
		['Video agent failed', { events: '={{ ["video_agent.fail"] }}' }],
		['Video agent failed', { events: 'video_agent.fail' }],
		['', { events: [] }],
	])('waits for %j with %j', (words, events) => {
		expect(shown(name, { ...parameters, ...events })).toBe(words);
	});
});

it.each<[string, INodeParameters]>([
	['Finished videos', { source: 'videos' }],
	['Finished videos', { source: 'videos', outcomes: ['success'] }],
	['Failed videos', { source: 'videos', outcomes: ['failure'] }],
	['Finished translations', { source: 'translations', outcomes: ['failure', 'success'] }],
	['Failed translations', { source: 'translations', outcomes: ['failure'] }],
])('HeyGen Poll Trigger waits for %j with %j', (words, parameters) => {
	expect(shown('heyGenPollTrigger', parameters)).toBe(words);
});
