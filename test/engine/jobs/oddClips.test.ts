/** Clips as HeyGen's documents do not show them. */
import type { IDataObject } from 'n8n-workflow';
import { HeyGenVideo } from '../../../nodes/HeyGenVideo/HeyGenVideo.node';
import { readBinary, type RunResult, startNode } from '../support/harness';
import { sendAsIs, sendJson, usePlainServer } from '../support/plainServer';
import { endOf, jsonOf, nodeRun, useTiming } from '../support/support';

useTiming({ catchUpTime: 300 });
const server = usePlainServer();

/** Waits for a completed clipping. @param clips at the n-th read of the record; addresses of the first read have expired */
async function waitFor(clips: (read: number) => unknown, download: string[] = []): Promise<RunResult> {
	server().answer = ({ path, count }, response) => {
		if (path.startsWith('/v3/')) return sendJson(response, { data: { id: 'j1', status: 'completed', clips: clips(count) } });
		if (path.endsWith('-1.mp4')) return sendAsIs(response, 'Expired', 403, 'text/plain');
		sendAsIs(response, `\0\0\0\x18ftypmp42 and the rest of ${path.slice(0, 2)}`, 200, 'video/mp4');
	};
	const parameters = { resource: 'clipping', operation: 'wait', jobId: 'j1', download };
	return await endOf(startNode(nodeRun(new HeyGenVideo(), server(), parameters)));
}

it('two clips with one id each get their own file when addresses have expired', async () => {
	const clip = (name: string, read: number): IDataObject => ({ id: 'same', status: 'completed', video_url: `${server().url}/${name}-${read}.mp4` });
	const result = await waitFor((read) => [clip('a', read), clip('b', read)], ['video']);
	const files = await Promise.all((result.outputs[0] ?? []).map(async (item) => String(await readBinary(item, 'video'))));
	expect(files.map((file) => file.slice(-2))).toEqual(['/a', '/b']);
});

it('a clip gets its file when the clips come in another order by then', async () => {
	const clip = (name: string, read: number): IDataObject => ({ id: name, status: 'completed', video_url: `${server().url}/${name}-${read}.mp4` });
	const result = await waitFor((read) => (read === 1 ? ['a', 'b'] : ['b', 'a']).map((name) => clip(name, read)), ['video']);
	const files = await Promise.all((result.outputs[0] ?? []).map(async (item) => String(await readBinary(item, 'video'))));
	expect(files.map((file) => file.slice(-2))).toEqual(['/a', '/b']);
});

it.each<[string, unknown, unknown]>([
	['nothing', null, []],
	['addresses alone', ['https://example.com/clip.mp4'], ['https://example.com/clip.mp4']],
	['a record of clips', { best: { id: 'c1' } }, { best: { id: 'c1' } }],
])('what is no list of clips goes on as it is: %s', async (_what, clips, expected) => {
	expect(jsonOf(await waitFor(() => clips))).toEqual([{ job_id: 'j1', status: 'completed', clips: expected }]);
});
