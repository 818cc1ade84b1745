/** What the tests of HeyGen Speech share: runs of the node, texts, and readers of the subtitles that it makes. */
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { HeyGenSpeech } from '../../../nodes/HeyGenSpeech/HeyGenSpeech.node';
import type { Sandbox } from '../../sandbox';
import { readBinary, type RunOptions, type RunResult, startNode } from './harness';
import { endOf, errorOf, itemAt, jsonOf, locator, nodeRun, type NodeRunOptions, VOICE } from './support';

export const SPEAK = 'POST /v3/voices/speech';
export const GET_VOICE = 'GET /v3/voices/{voice_id}';
export const LIST_VOICES = 'GET /v3/voices';
export const CLONE = 'POST /v3/voices/clone';
export const DESIGN = 'POST /v3/voices';
export const DELETE_VOICE = 'DELETE /v3/voices/{voice_id}';
export const SOUNDS = 'GET /v3/audio/sounds';

/** A voice that speaks Portuguese on starfish, and makes no pauses. */
export const PAUSELESS_VOICE = 'voice_farid_calm_006';
/** A voice of the account's own. */
export const OWN_VOICE = 'voice_jonas_bright_010';
/** A public voice that nobody can listen to. */
export const UNHEARD_VOICE = 'voice_greta_bright_007';

export const TEXT = 'Hi Ada, thank you for your order. It is on its way!';

/** n8n's Retry On Fail, as short as it can be. */
export const RETRY = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 } as const;

type Where = { apiKey: string; url: string };

/** Everything a run of the node needs. */
export function speechRun(where: Where, resource: string, operation: string, parameters: INodeParameters = {}, options: NodeRunOptions = {}): RunOptions {
	return nodeRun(new HeyGenSpeech(), where, { resource, operation, ...parameters }, options);
}

/** Runs an operation of the node to its end. */
export async function runSpeech(...run: Parameters<typeof speechRun>): Promise<RunResult> {
	return await endOf(startNode(speechRun(...run)));
}

/** Everything a run of Speech → Create needs: `TEXT` by the voice `VOICE`, unless told otherwise. */
export function speakRun(where: Where, parameters: INodeParameters = {}, options: NodeRunOptions = {}): RunOptions {
	return speechRun(where, 'speech', 'create', { voiceId: locator(VOICE), text: TEXT, ...parameters }, options);
}

/** Runs Speech → Create to its end. */
export async function speak(...run: Parameters<typeof speakRun>): Promise<RunResult> {
	return await endOf(startNode(speakRun(...run)));
}

/** The error of a run that was refused. */
export async function refusedSpeech(...run: Parameters<typeof speakRun>): Promise<Error & { description?: string | null }> {
	return errorOf(await speak(...run));
}

/** How many speeches HeyGen has made. */
export function spoken(sandbox: Sandbox): number {
	return sandbox.stats().jobsCreated.speech;
}

/** How many clones HeyGen has made. */
export function cloned(sandbox: Sandbox): number {
	return sandbox.stats().jobsCreated.voiceClone;
}

/** The clones that a sandbox has, behind its API. */
interface Clones {
	world: { jobs: { voiceClone: { records: { get: (id: string) => Record<'createdAt' | 'runAt' | 'expectedEnd' | 'finishAt', number> } } } };
}

/** Makes a clone look as if it had been asked for some time before. */
export function makeOlder(sandbox: Sandbox, id: string, minutes: number): void {
	const job = (sandbox as unknown as Clones).world.jobs.voiceClone.records.get(id);
	for (const time of ['createdAt', 'runAt', 'expectedEnd', 'finishAt'] as const) job[time] -= minutes * 60_000;
}

/** What an error says besides its sentence. */
export function detailsOf(error: Error): IDataObject {
	return ((error as { context?: IDataObject }).context?.details ?? {}) as IDataObject;
}

/** The only item that a run puts out. @throws what the run failed with */
export function onlyItem(result: RunResult): INodeExecutionData {
	if (result.originalError !== undefined) throw result.originalError;
	expect(jsonOf(result)).toHaveLength(1);
	return itemAt(result);
}

/** A subtitle as a file has it; times are seconds. */
export interface ReadCue {
	from: number;
	to: number;
	text: string;
}

const TIMES = /^(\d\d):(\d\d):(\d\d)[,.](\d\d\d) --> (\d\d):(\d\d):(\d\d)[,.](\d\d\d)$/;

function cueIn([line = '', ...text]: string[]): ReadCue {
	const [, ...parts] = TIMES.exec(line) ?? [];
	if (parts.length !== 8) throw new Error(`No times: ${line}`);
	const seconds = (from: number) => Number(parts[from]) * 3_600 + Number(parts[from + 1]) * 60 + Number(parts[from + 2]) + Number(parts[from + 3]) / 1_000;
	return { from: seconds(0), to: seconds(4), text: text.join('\n') };
}

function blocksOf(content: string): string[][] {
	return content.trimEnd().split('\n\n').map((block) => block.split('\n'));
}

/** The cues of an SRT file. @throws Error when it is none */
export async function srtIn(item: INodeExecutionData): Promise<ReadCue[]> {
	const content = (await readBinary(item, 'subtitles')).toString('utf8');
	return blocksOf(content.replaceAll('\r\n', '\n')).map(([number, ...rest], at) => {
		if (number !== String(at + 1)) throw new Error(`Cue ${at + 1} has the number ${number}`);
		return cueIn(rest);
	});
}

const ENTITIES: ReadonlyArray<readonly [string, string]> = [['&lt;', '<'], ['&gt;', '>'], ['&amp;', '&']];

/** The cues of a WebVTT file. @throws Error when it is none */
export async function vttIn(item: INodeExecutionData): Promise<ReadCue[]> {
	const [head, ...cues] = blocksOf((await readBinary(item, 'webVtt')).toString('utf8'));
	if (head?.join('\n') !== 'WEBVTT') throw new Error(`No WebVTT: ${head?.join('\n')}`);
	return cues.map((lines) => {
		const cue = cueIn(lines);
		if (/<|&(?!lt;|gt;|amp;)/.test(cue.text)) throw new Error(`Not escaped: ${cue.text}`);
		return { ...cue, text: ENTITIES.reduce((text, [entity, sign]) => text.replaceAll(entity, sign), cue.text) };
	});
}

/** All words of some cues in a row. */
export function wordsOf(cues: readonly ReadCue[]): string {
	return cues.map(({ text }) => text.replaceAll('\n', ' ')).join(' ');
}

/** Checks that cues follow each other without overlaps. */
export function expectInOrder(cues: readonly ReadCue[]): void {
	for (const [at, { from, to }] of cues.entries()) {
		expect(to).toBeGreaterThan(from);
		expect(from).toBeGreaterThanOrEqual(cues[at - 1]?.to ?? 0);
	}
}

/** A text of at least so many characters, in sentences that say where they stand. */
export function longText(characters: number): string {
	const sentences: string[] = [];
	for (let length = 0; length < characters; length += (sentences.at(-1) as string).length + 1) {
		sentences.push(`This is sentence number ${sentences.length + 1}, and it has some words in it.`);
	}
	return sentences.join(' ');
}
