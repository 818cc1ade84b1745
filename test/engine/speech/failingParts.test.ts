/** Parts of a long text that fail, and parts that cannot be joined: nothing that was made is lost or made twice. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Sandbox } from '../../sandbox';
import { read } from '../../unit/support/mediaSamples';
import { readBinary, runNode } from '../support/harness';
import { bodiesOf, countOf, errorOf, jsonOf, linksOf, retryByHand, useSandbox, useTiming } from '../support/support';
import { detailsOf, longText, onlyItem, RETRY, speak, SPEAK, speakRun, spoken } from '../support/speechSupport';

useTiming();
const sandbox = useSandbox();

const TEXT = longText(14_000);
const PATH = '/v3/voices/speech';
const split = (more: INodeParameters = {}): INodeParameters => ({ text: TEXT, options: { splitLongText: true, ...more } });
const joined = split({ joinParts: true });
const oneByOne = { requestOptions: { maxParallelRequests: 1 } };
const refusePart = (skip: number) => sandbox().addFault({ match: { path: PATH }, kind: 'status', status: 400, skip, times: 1 });
const asErrorItems = { onError: 'continueErrorOutput' } as const;

/** Makes the parts behind the first one of another format. */
function changeFormat(at: Sandbox): void {
	const { speeches } = (at as unknown as { world: { speeches: { add: (duration: number, format: string) => unknown; created: number } } }).world;
	const add = speeches.add.bind(speeches);
	speeches.add = (duration) => add(duration, speeches.created === 0 ? 'mp3' : 'wav');
}

describe('a part that HeyGen refuses', () => {
	it.each([0, 1, 2])('goes to the error output alone (place %d)', async (skip) => {
		refusePart(skip);
		const result = await speak(sandbox(), { ...split(), ...oneByOne }, asErrorItems);
		expect(jsonOf(result).map(({ part, parts }) => [part, parts])).toEqual([[1, 3], [2, 3], [3, 3]].filter((_part, at) => at !== skip));
		expect(linksOf(result, 1)).toEqual([0]);
		const [failed] = jsonOf(result, 1);
		expect(failed?.error).toMatch(new RegExp(`^part ${skip + 1} of 3: Could not create the speech: Injected fault`));
		expect(failed?.details).toMatchObject({ part: skip + 1, parts: 3, httpCode: '400' });
		expect(spoken(sandbox())).toBe(2);
	});

	it('is the only one that Retry On Fail makes anew', async () => {
		refusePart(1);
		const result = await speak(sandbox(), { ...split(), ...oneByOne }, RETRY);
		expect(jsonOf(result).map(({ part }) => part)).toEqual([1, 2, 3]);
		expect([countOf(sandbox(), SPEAK), spoken(sandbox())]).toEqual([4, 3]);
	});

	it('is so with the error output as well', async () => {
		refusePart(0);
		const result = await speak(sandbox(), { ...split(), ...oneByOne }, { ...RETRY, ...asErrorItems });
		expect([jsonOf(result).map(({ part }) => part), jsonOf(result, 1)]).toEqual([[1, 2, 3], []]);
		expect([countOf(sandbox(), SPEAK), spoken(sandbox())]).toEqual([4, 3]);
	});

	it('is the only one that a retry by hand makes anew, and the error has named the others', async () => {
		refusePart(2);
		const run = speakRun(sandbox(), { ...split(), ...oneByOne });
		const failed = await runNode(run);
		expect(errorOf(failed).message).toMatch(/^part 3 of 3: Could not create the speech/);
		expect(errorOf(failed).description).toContain('speech of item 1 (part 1 of 3)');
		expect(errorOf(failed).description).toContain('speech of item 1 (part 2 of 3)');
		expect(jsonOf(await retryByHand(failed, run)).map(({ part }) => part)).toEqual([1, 2, 3]);
		expect([countOf(sandbox(), SPEAK), spoken(sandbox())]).toEqual([4, 3]);
	});

	it('leaves no part of the whole without its address where parts are joined', async () => {
		refusePart(1);
		const result = await speak(sandbox(), { ...joined, ...oneByOne }, asErrorItems);
		const [failed] = jsonOf(result, 1);
		expect(failed?.error).toMatch(/^part 2 of 3: Could not create the speech/);
		const { made, description } = failed?.details as { made: string[]; description: string };
		expect(made).toHaveLength(2);
		for (const url of made) expect((await fetch(url)).status).toBe(200);
		expect(description).toContain('The other parts are made');
		expect(jsonOf(result)).toEqual([]);
	});

	it('is made anew alone before the parts are joined', async () => {
		refusePart(1);
		const { json, binary } = onlyItem(await speak(sandbox(), { ...joined, ...oneByOne }, RETRY));
		expect(json.joined_parts).toHaveLength(3);
		expect(binary?.audio?.fileName).toBe('speech.mp3');
		expect([countOf(sandbox(), SPEAK), spoken(sandbox())]).toEqual([4, 3]);
	});
});

describe('a part whose sound cannot be fetched', () => {
	it('is fetched by the next try, and none is made anew', async () => {
		sandbox().addFault({ match: { path: '/files' }, kind: 'status', status: 403, times: 2 });
		const { json } = onlyItem(await speak(sandbox(), { ...joined, requestOptions: { maxParallelRequests: 1 } }, { ...RETRY, maxTries: 3 }));
		expect(json.joined_parts).toHaveLength(3);
		expect(spoken(sandbox())).toBe(3);
	});

	it('says which part it is, and where', async () => {
		sandbox().addFault({ match: { path: '/files' }, kind: 'status', status: 403, times: -1 });
		const result = await speak(sandbox(), split(), asErrorItems);
		expect(jsonOf(result, 1).map(({ details }) => (details as IDataObject).part)).toEqual([1, 2, 3]);
		for (const { error, details } of jsonOf(result, 1)) {
			expect(error).toMatch(/^part \d of 3: Could not download the sound of the speech/);
			expect((details as IDataObject).audio_url).toContain('/files/speeches/');
		}
	});
});

describe('parts of different formats', () => {
	const MESSAGE = /^Could not join the parts: part 2 is a WAV file and part 1 an MP3 file \(item 1\)$/;

	it('are an error that names the part and has all addresses', async () => {
		changeFormat(sandbox());
		const error = errorOf(await speak(sandbox(), { ...joined, ...oneByOne }));
		expect(error.message).toMatch(MESSAGE);
		const { made } = detailsOf(error) as { made: string[] };
		expect(made).toHaveLength(3);
		for (const url of made) expect((await fetch(url)).status).toBe(200);
		expect(error.description).toContain("switch 'Join Parts' off to get each of them as a file of its own");
		// All of them are made: there are no others.
		expect(error.description).toContain('All parts are made');
		expect(error.description).not.toContain('The other parts');
	});

	it('are not paid for again by a retry, nor with Join Parts off', async () => {
		changeFormat(sandbox());
		const run = speakRun(sandbox(), { ...joined, ...oneByOne }, RETRY);
		const failed = await runNode(run);
		expect(errorOf(failed).message).toMatch(MESSAGE);
		const again = await retryByHand(failed, { ...run, parameters: { ...run.parameters, ...split() } });
		expect(jsonOf(again).map(({ part }) => part)).toEqual([1, 2, 3]);
		const files = await Promise.all((again.outputs[0] ?? []).map(async (item) => read(await readBinary(item, 'audio')).format?.name));
		expect(files.map((name) => String(name).slice(0, 3))).toEqual(['MP3', 'WAV', 'WAV']);
		expect(countOf(sandbox(), SPEAK)).toBe(3);
	});

	it('do not keep the subtitles of the whole from being made, where no sound is wanted', async () => {
		changeFormat(sandbox());
		const item = onlyItem(await speak(sandbox(), { ...joined, ...oneByOne, download: ['subtitles'] }));
		expect(Object.keys(item.binary ?? {})).toEqual(['subtitles']);
	});
});

describe('parts whose answers get lost', () => {
	it('are not asked for again, and the others come out', async () => {
		sandbox().addFault({ match: { path: PATH }, kind: 'drop_after', skip: 1, times: 1 });
		const result = await speak(sandbox(), { ...split(), ...oneByOne }, asErrorItems);
		expect(jsonOf(result).map(({ part }) => part)).toEqual([1, 3]);
		const [lost] = jsonOf(result, 1);
		expect(lost?.error).toMatch(/^part 2 of 3: Could not create the speech: .*connection was lost/);
		expect(lost?.details).toMatchObject({ part: 2, mayExist: true });
		expect([countOf(sandbox(), SPEAK), spoken(sandbox())]).toEqual([3, 3]);
	});

	it('are told by each later try', async () => {
		sandbox().addFault({ match: { path: PATH }, kind: 'drop_after', skip: 1, times: 1 });
		const run = speakRun(sandbox(), { ...split(), ...oneByOne }, RETRY);
		const failed = await runNode(run);
		expect(errorOf(failed).message).toMatch(/^part 2 of 3: .*an earlier try of this call, whose answer did not arrive, may have done its work/);
		expect(errorOf(await retryByHand(failed, run)).message).toMatch(/^part 2 of 3: /);
		expect(bodiesOf(sandbox(), SPEAK).filter(({ text }) => text === bodiesOf(sandbox(), SPEAK)[1]?.text)).toHaveLength(1);
	});
});
