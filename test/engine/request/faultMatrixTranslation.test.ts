/**
 * Every trouble on the wire × the requests of HeyGen Translation, for one item with three languages. Whatever happens, each
 * language has the right result or a clear error, and nothing is made twice.
 */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { timing } from '../../../nodes/engine/basics/timing';
import { SandboxClient } from '../../sandbox/client';
import type { JobName } from '../../sandbox/jobs/job';
import { expectErrors, useFaults, wireCells } from '../support/faultFrame';
import type { RunResult } from '../support/harness';
import { jsonOf, linksOf, until } from '../support/support';
import { into, languagesOf, proofreadInto, runTranslation } from '../support/translationSupport';

const LANGUAGES = ['German', 'French', 'Italian'];

const { sandbox, arm, passing, lasting } = useFaults('HeyGen Translation');

/** A column: a create, and the request of it that the trouble strikes. */
interface Column {
	name: string;
	resource: string;
	parameters: INodeParameters;
	made: JobName;
	match: { method: string; path: string };
	/** Whether it is the create that is struck. */
	makes: boolean;
}

const asBatch = { requestOptions: { sendAsBatch: true } };
const columns: readonly Column[] = [
	{ name: 'create', resource: 'translation', parameters: into(LANGUAGES), made: 'translation', match: { method: 'POST', path: '/v3/video-translations' }, makes: true },
	{ name: 'statuses', resource: 'translation', parameters: into(LANGUAGES), made: 'translation', match: { method: 'GET', path: '/v3/video-translations/statuses' }, makes: false },
	{ name: 'record', resource: 'translation', parameters: into(LANGUAGES), made: 'translation', match: { method: 'GET', path: '/v3/video-translations/{video_translation_id}' }, makes: false },
	{ name: 'languages', resource: 'translation', parameters: into(LANGUAGES), made: 'translation', match: { method: 'GET', path: '/v3/video-translations/languages' }, makes: false },
	{ name: 'batch', resource: 'translation', parameters: into(LANGUAGES, asBatch), made: 'translation', match: { method: 'POST', path: '/v3/video-translations/batches' }, makes: true },
	{ name: 'proofread', resource: 'proofread', parameters: proofreadInto(LANGUAGES), made: 'proofread', match: { method: 'POST', path: '/v3/video-translations/proofreads' }, makes: true },
	{ name: 'look', resource: 'proofread', parameters: proofreadInto(LANGUAGES), made: 'proofread', match: { method: 'GET', path: '/v3/video-translations/proofreads/{proofread_id}' }, makes: false },
];

const made = ({ made: kind }: Column): number => sandbox().stats().jobsCreated[kind] ?? 0;

function expectAll(column: Column, result: RunResult): void {
	expect(result.originalError).toBeUndefined();
	expect(languagesOf(result)).toEqual(LANGUAGES);
	expect(linksOf(result)).toEqual([0, 0, 0]);
	expect(jsonOf(result).map(({ status }) => status)).toEqual(['completed', 'completed', 'completed']);
	expect(made(column)).toBe(LANGUAGES.length);
}

describe.each(columns.map((column) => [column.name, column] as const))('%s', (name, column) => {
	const run = async (more: INodeParameters = {}, options: Parameters<typeof runTranslation>[4] = {}): Promise<RunResult> =>
		await runTranslation(sandbox(), column.resource, 'create', { ...column.parameters, ...more }, options);

	it.each(wireCells)('gets over a passing %s', async (row, trouble) => {
		passing.set(row, name, 'FAILED');
		// A list that a page was sent for is taken for none, since names go to HeyGen as they are.
		arm(trouble, column.match, trouble.fault.status === 429 ? 2 : 4);
		expectAll(column, await run());
		passing.set(row, name, 'ok');
	});

	it('replays with Retry On Fail after tries whose answers got lost', async () => {
		arm({ name: '', fault: { kind: 'drop_after' }, done: true }, column.match, 2 * (timing.retryCount + 1));
		expectAll(column, await run({}, { retryOnFail: true, maxTries: 4, waitBetweenTries: 1 } as never));
	});

	if (!column.makes) return;

	it.each(wireCells)('ends rightly when %s lasts', async (row, trouble) => {
		lasting.set(row, name, 'FAILED');
		arm(trouble, column.match, -1);
		const { requestOptions = {} } = column.parameters as { requestOptions?: IDataObject };
		const patience = trouble.fault.status === 429 ? { queueTimeoutMinutes: 0.02 } : {};
		const more = { waitForCompletion: false, requestOptions: { ...requestOptions, ...patience } as INodeParameters };
		const result = await run(more, { onError: 'continueErrorOutput' });
		// The items of a batch begin when the sandbox looks at the time next.
		await new SandboxClient(sandbox().url).get('/v3/lipsyncs');
		await until(() => made(column) === (trouble.done ? LANGUAGES.length : 0));
		expectErrors(result, trouble, [0, 0, 0]);
		const errors = jsonOf(result, 1);
		expect(errors.map(({ details }) => (details as IDataObject).output_language)).toEqual(LANGUAGES);
		for (const [index, { error }] of errors.entries()) expect(String(error).startsWith(`${LANGUAGES[index]}: `)).toBe(true);
		lasting.set(row, name, 'error');
	});
});

describe('Wait Until Finished', () => {
	it.each(wireCells)('ends with the id when %s lasts', async (_row, trouble) => {
		const [id = ''] = await new SandboxClient(sandbox().url).createTranslations({ output_languages: ['German'] });
		for (const path of ['/v3/video-translations/statuses', '/v3/video-translations/{video_translation_id}']) arm(trouble, { method: 'GET', path }, -1);
		const options = { timeoutMinutes: 0.02 };
		const limited = trouble.fault.status === 429 ? { requestOptions: { queueTimeoutMinutes: 0.02 } } : {};
		const result = await runTranslation(sandbox(), 'translation', 'wait', { translationId: id, download: [], options, ...limited }, { onError: 'continueErrorOutput' });
		const [item] = jsonOf(result, 1);
		expect(JSON.stringify(item)).toContain(id);
	});
});
