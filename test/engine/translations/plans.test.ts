/** What HeyGen refuses for the account's plan, and what it refuses for other reasons: the advice differs, and the field that is named. */
import type { INodeParameters } from 'n8n-workflow';
import { spoken } from '../support/lipsyncSupport';
import { itemWithFilm } from '../support/postSupport';
import { countOf, errorOf, FAST_JOBS, jsonOf, useSandbox, useTiming } from '../support/support';
import { GENERATE, into, proofreadInto, runTranslation } from '../support/translationSupport';

useTiming();
const sandbox = useSandbox(FAST_JOBS);

/** Something that is paid for: its request, what it does in messages, and what plans may lack. */
interface Order {
	name: string;
	path: string;
	resource: string;
	operation: string;
	parameters: INodeParameters;
	doing: string;
	feature: string;
	/** A field of its body, and what the editor calls that. */
	field: [name: string, label: string];
}

const PROOFREADS = 'proofreads, which HeyGen offers with Enterprise plans';

const ORDERS: Order[] = [
	{
		name: 'a translation',
		path: '/v3/video-translations',
		resource: 'translation',
		operation: 'create',
		parameters: into('German'),
		doing: 'translate the video',
		feature: 'video translations',
		field: ['translate_audio_only', 'Audio Only'],
	},
	{
		name: 'a batch of translations',
		path: '/v3/video-translations/batches',
		resource: 'translation',
		operation: 'create',
		parameters: into('German', { requestOptions: { sendAsBatch: true } }),
		doing: 'translate the video in a batch of 1',
		feature: 'video translations',
		field: ['video_translations[0].fps_mode', 'Frame Timing'],
	},
	{
		name: 'a proofread',
		path: '/v3/video-translations/proofreads',
		resource: 'proofread',
		operation: 'create',
		parameters: proofreadInto('German'),
		doing: 'create the proofread',
		feature: PROOFREADS,
		field: ['enable_video_stretching', 'Video Stretching'],
	},
	{
		name: 'the video of a proofread',
		path: '/v3/video-translations/proofreads/{proofread_id}/generate',
		resource: 'proofread',
		operation: 'generate',
		parameters: { proofreadId: 'p1', download: [] },
		doing: 'generate the video of the proofread',
		feature: PROOFREADS,
		field: ['captions', 'Captions'],
	},
	{
		name: 'a lipsync',
		path: '/v3/lipsyncs',
		resource: 'lipsync',
		operation: 'create',
		parameters: spoken(),
		doing: 'create the lipsync',
		feature: 'lipsyncs',
		field: ['audio.url', 'Audio URL'],
	},
	{
		name: 'a batch of lipsyncs',
		path: '/v3/lipsyncs/batches',
		resource: 'lipsync',
		operation: 'create',
		parameters: spoken({ requestOptions: { sendAsBatch: true } }),
		doing: 'create the lipsync in a batch of 1',
		feature: 'lipsyncs',
		field: ['lipsyncs[0].keep_the_same_format', 'Keep the Same Format'],
	},
];

/** How HeyGen refuses. */
interface Refusal {
	status: number;
	code?: string;
	param?: string;
	message?: string;
}

const WORDS = 'Not for this account';

/** The error of an order that HeyGen refuses. */
async function refused({ path, resource, operation, parameters }: Order, { status, ...error }: Refusal) {
	const fault = { kind: 'answer', status, body: { error: { message: `${WORDS}.`, ...error } }, times: -1 } as const;
	sandbox().addFault({ match: { method: 'POST', path }, ...fault });
	const result = await runTranslation(sandbox(), resource, operation, { ...parameters, waitForCompletion: false });
	return errorOf(result);
}

/** What plan codes come with. */
const OF_PLAN: Refusal[] = [
	{ status: 402, code: 'plan_upgrade_required' },
	{ status: 402, code: 'subscription_required' },
	{ status: 403, code: 'plan_upgrade_required' },
	{ status: 403, code: 'PLAN_UPGRADE_REQUIRED' },
	{ status: 403, code: 'subscription_required' },
	{ status: 403, code: 'forbidden' },
	{ status: 403 },
];

const CHECK_KEY = 'If the plan does, check the scopes of the API key';

/** Other refusals, and how the advice begins. */
const OTHERS: Array<[Refusal, string]> = [
	[{ status: 402, code: 'insufficient_credit' }, "The HeyGen account's balance is too low for this."],
	[{ status: 403, code: 'insufficient_credit' }, "The HeyGen account's balance is too low for this."],
	[{ status: 402, code: 'quota_exceeded' }, "The account's quota is used up"],
	[{ status: 403, code: 'trial_limit_exceeded' }, "The account's trial is used up."],
	[{ status: 403, code: 'insufficient_api_key_scope' }, 'The API key lacks the permission that this needs.'],
	[{ status: 403, code: 'phone_verification_required' }, 'Verify the phone number of the HeyGen account first.'],
	[{ status: 401, code: 'unauthorized' }, 'Check the API key in the credential.'],
	[{ status: 404, code: 'not_found' }, 'Check the ID, if one was given'],
];

describe.each(ORDERS.map((order) => [order.name, order] as const))('%s', (_name, order) => {
	const { doing, feature, field: [param, label] } = order;

	it.each(OF_PLAN)('is refused for the plan with %j', async (refusal) => {
		const { message, description } = await refused(order, refusal);
		expect(message).toBe(`Could not ${doing}: ${WORDS} (item 1)`);
		expect(description).toContain(`The plan of the HeyGen account does not include ${feature}, or not with these options.`);
		// That a key may do something is no question of money.
		expect(String(description).includes(CHECK_KEY)).toBe(refusal.status === 403);
	});

	it.each(OF_PLAN)('has no field to blame with %j, whatever HeyGen names', async (refusal) => {
		const { message, description } = await refused(order, { ...refusal, param });
		expect(message).toBe(`Could not ${doing}: ${WORDS} (item 1)`);
		expect(description).not.toContain('field named above');
	});

	it.each(OTHERS)('is refused for something else with %j', async (refusal, advice) => {
		const { message, description } = await refused(order, refusal);
		expect(message).toBe(`Could not ${doing}: ${WORDS} (item 1)`);
		expect(String(description).startsWith(advice)).toBe(true);
		expect(description).not.toContain('The plan of the HeyGen account');
	});

	it('has the field that HeyGen does not take by its name in the editor', async () => {
		const { message, description } = await refused(order, { status: 400, code: 'invalid_parameter', param });
		expect(message).toMatch(new RegExp(`^Could not ${doing.replace(/ in a batch.*/, '')}.*: ${WORDS} \\(field '([^']+ → )*${label}'\\) \\(item 1\\)$`));
		expect(String(description).startsWith('Check the field named above.')).toBe(true);
	});

	it('needs a scope that the key lacks, where HeyGen names one', async () => {
		const refusal = { status: 403, code: 'insufficient_api_key_scope', message: 'The key lacks dubbing:write.' };
		const { message, description } = await refused(order, refusal);
		expect(message).toBe(`Could not ${doing}: The key lacks dubbing:write (item 1)`);
		expect(description).toContain('The API key lacks the scope dubbing:write. Create a key with that scope in HeyGen');
	});

	it('is asked for once: a refusal for the plan is no trouble that passes', async () => {
		await refused(order, { status: 403, code: 'plan_upgrade_required' });
		expect(countOf(sandbox(), `POST ${order.path}`)).toBe(1);
	});
});

describe('a refusal for the plan', () => {
	const fault = { kind: 'status', status: 403, code: 'plan_upgrade_required', times: -1 } as const;

	it('is one for each language, and names it', async () => {
		sandbox().addFault({ match: { method: 'POST', path: '/v3/video-translations' }, ...fault });
		const result = await runTranslation(sandbox(), 'translation', 'create', into('German, French'), { onError: 'continueErrorOutput' });
		expect(jsonOf(result, 1).map(({ error }) => String(error).replace(/: .*/, ''))).toEqual(['German', 'French']);
		expect(JSON.stringify(jsonOf(result, 1))).toContain('does not include video translations');
	});

	it('stops the other languages when the node stops', async () => {
		sandbox().addFault({ match: { method: 'POST', path: '/v3/video-translations' }, ...fault });
		const error = errorOf(await runTranslation(sandbox(), 'translation', 'create', into('German, French')));
		expect(error.message).toMatch(/^(German|French): Could not translate the video: /);
		expect(sandbox().stats().jobsCreated.translation).toBe(0);
	});

	it('is none when a page of a firewall comes instead', async () => {
		sandbox().addFault({ match: { method: 'POST', path: '/v3/video-translations' }, kind: 'answer', status: 403, body: '<html>Access denied</html>', times: -1 });
		const error = errorOf(await runTranslation(sandbox(), 'translation', 'create', into('German')));
		expect(error.description).toContain("A web page came instead of HeyGen's answer");
		expect(error.description).not.toContain('The plan of');
	});

	it('is none of an upload, which every plan includes', async () => {
		sandbox().addFault({ match: { method: 'POST', path: '/v3/assets' }, kind: 'status', status: 403, code: 'forbidden', times: -1 });
		const parameters = into('German', { videoSource: 'binary' });
		const error = errorOf(await runTranslation(sandbox(), 'translation', 'create', parameters, { items: [await itemWithFilm()] }));
		expect(error.message).toContain('upload');
		expect(error.description).not.toContain('The plan of');
		expect(error.description).toContain('Check its scopes');
	});

	it.each([
		['GET', '/v3/video-translations/{video_translation_id}', 'translation', 'get', { translationId: 't1' }, 'video translations'],
		['GET', '/v3/lipsyncs', 'lipsync', 'getAll', {}, 'lipsyncs'],
		['GET', '/v3/video-translations/proofreads/{proofread_id}/srt', 'proofread', 'getSubtitles', { proofreadId: 'p1' }, PROOFREADS],
	])('may be one of reads as well: %s %s', async (method, path, resource, operation, parameters, feature) => {
		sandbox().addFault({ match: { method, path }, ...fault });
		const error = errorOf(await runTranslation(sandbox(), resource, operation, parameters));
		expect(error.description).toContain(`does not include ${feature}, or not with these options.`);
	});

	it('keeps in its details what HeyGen has said', async () => {
		const order = ORDERS[3] as Order;
		const error = await refused(order, { status: 403, code: 'plan_upgrade_required', param: 'captions' });
		expect((error as unknown as { context: { details: unknown } }).context.details).toMatchObject({
			httpCode: '403',
			code: 'plan_upgrade_required',
			param: 'captions',
			heyGenMessage: `${WORDS}.`,
		});
		expect(countOf(sandbox(), GENERATE)).toBe(1);
	});
});
