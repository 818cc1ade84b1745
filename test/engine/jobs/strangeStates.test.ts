/** States that the package does not know: a wait goes on, unless the record has what an end leaves behind. */
import type { IDataObject } from 'n8n-workflow';
import { askedIds, sendAsIs, sendJson, usePlainServer } from '../support/plainServer';
import { endOf, errorOf, jsonOf, startVideo, useTiming } from '../support/support';

useTiming({ catchUpTime: 300 });
const server = usePlainServer();

/** A HeyGen whose statuses and records of the video v1 say this. */
function say(word: string, record: (count: number) => IDataObject): void {
	server().answer = (request, response) => {
		if (request.path === '/v3/videos/statuses') {
			sendJson(response, { data: askedIds(request).map((id) => ({ video_id: id, status: word })) });
		} else if (request.path === '/v3/videos/v1') {
			sendJson(response, { data: { id: 'v1', ...record(request.count) } });
		} else sendAsIs(response, '\0\0\0\x18ftypmp42 and the rest of the film', 200, 'video/mp4');
	};
}

async function wait(more: IDataObject = {}) {
	return await endOf(startVideo(server(), 'wait', { videoId: 'v1', download: [], ...(more as object) }));
}

const film = () => `${server().url}/film.mp4`;

it.each(['archived', 'Published', 'done', 'finished_with_warnings'])('a video that is "%s" and has its film is finished', async (word) => {
	say(word, () => ({ status: word, video_url: film(), duration: 5 }));
	const result = await wait({ download: ['video'] });
	expect(jsonOf(result)).toEqual([expect.objectContaining({ video_id: 'v1', status: word, video_url: film() })]);
	expect(result.outputs[0]?.[0]?.binary?.video?.fileName).toBe('v1.mp4');
});

it.each([undefined, null, 3, ''])('a video in the state %j that has its film is finished', async (status) => {
	say('', () => ({ ...(status === undefined ? {} : { status }), video_url: film() }));
	expect(jsonOf(await wait())).toEqual([expect.objectContaining({ video_id: 'v1', video_url: film() })]);
});

it('a video without a state goes on as long as it has no film', async () => {
	say('', (count) => (count < 3 ? { status: null, video_url: null } : { status: 'completed', video_url: film() }));
	expect(jsonOf(await wait())).toEqual([expect.objectContaining({ status: 'completed' })]);
});

it.each([
	['rejected', { failure_message: 'Not allowed' }, /could not finish the video v1: Not allowed/],
	['expired', { failure_code: 'too_old' }, /could not finish the video v1: too_old/],
	['aborted', { failure_message: { message: 'Out of memory' } }, /could not finish the video v1: Out of memory/],
])('a video that is "%s" and says why has failed', async (word, reason, message) => {
	say(word, () => ({ status: word, video_url: null, ...reason }));
	expect(errorOf(await wait()).message).toMatch(message);
});

it.each(['encoding', 'QUEUED_FOR_REVIEW'])('a video that is "%s" without a film goes on, until it is completed', async (word) => {
	say(word, (count) => (count < 3 ? { status: word, video_url: null } : { status: 'completed', video_url: film() }));
	expect(jsonOf(await wait())).toEqual([expect.objectContaining({ status: 'completed' })]);
});

it.each(['processing', 'waiting', 'Queued'])('a video that is "%s" goes on, though an address is there', async (word) => {
	say(word, () => ({ status: word, video_url: film() }));
	const result = await wait({ options: { timeoutMinutes: 0.02, onTimeout: 'continue' } });
	expect(jsonOf(result)).toEqual([expect.objectContaining({ status: word })]);
});

it('fetches the film of a video in such a state', async () => {
	say('archived', () => ({ status: 'archived', video_url: film() }));
	const result = await endOf(startVideo(server(), 'download', { videoId: 'v1' }));
	expect(result.outputs[0]?.[0]?.binary?.video?.fileName).toBe('v1.mp4');
});
