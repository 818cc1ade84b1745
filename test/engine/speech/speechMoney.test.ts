/** What a speech costs: tried out, limited, and compared with the balance before the first one is made. */
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { countOf, errorOf, jsonOf, linksOf, useSandbox, useTiming, VOICE } from '../support/support';
import { GET_VOICE, longText, onlyItem, RETRY, speak, SPEAK, spoken, TEXT } from '../support/speechSupport';
import { ACCOUNT } from '../support/spendingSupport';

useTiming();
const sandbox = useSandbox();

/** A minute costs 0.01998 credits. */
const minutes = (options: INodeParameters = {}): INodeParameters => ({ text: '={{ $json.text }}', options: { expectedSeconds: 60, ...options } });
const items = (count: number): INodeExecutionData[] => Array.from({ length: count }, (_, at) => ({ json: { text: `Text number ${at + 1}` } }));
const balance = (remaining: number | null) =>
	sandbox().configure({ account: { billing_type: 'wallet', wallet: { currency: 'credits', remaining_balance: remaining, auto_reload: null } } });

describe('Dry Run', () => {
	it('shows what would be sent and what that would cost, and asks HeyGen nothing', async () => {
		const { json, binary } = onlyItem(await speak(sandbox(), { options: { dryRun: true, speed: 1.2 } }));
		expect(json).toEqual({ dryRun: true, body: { voice_id: VOICE, text: TEXT, input_type: 'text', speed: 1.2 }, estimate: expect.objectContaining({ credits: expect.any(Number) as number }) as object });
		expect(binary).toBeUndefined();
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it('costs the more the longer the text is, and the less the faster it is spoken', async () => {
		const seconds = async (text: string, speed?: number) => {
			const { json } = onlyItem(await speak(sandbox(), { text, options: { dryRun: true, ...(speed === undefined ? {} : { speed }) } }));
			return Number((json.estimate as IDataObject).seconds);
		};
		const [short, long, fast] = [await seconds(longText(500)), await seconds(longText(1_000)), await seconds(longText(1_000), 2)];
		expect(long).toBeGreaterThan(short * 1.8);
		expect(fast).toBeCloseTo(long / 2, 1);
	});

	it('of some items leaves those alone', async () => {
		const result = await speak(sandbox(), { text: '={{ $json.text }}', options: { dryRun: '={{ $itemIndex === 1 }}' } }, { items: items(3) });
		expect(jsonOf(result).map(({ dryRun }) => dryRun === true)).toEqual([false, true, false]);
		expect(spoken(sandbox())).toBe(2);
	});

	it('that is neither on nor off is an error', async () => {
		expect(errorOf(await speak(sandbox(), { options: { dryRun: '={{ undefined }}' } })).message).toContain("'Dry Run' is empty");
		expect(sandbox().stats().requestsTotal).toBe(0);
	});
});

describe('a limit', () => {
	it.each<[string, INodeParameters, string]>([
		['Maximum Cost per Item', { maximumCostPerItem: 0.01 }, "Items 1 to 3 would cost more than 'Maximum Cost per Item' allows: 0.01 credits"],
		['Maximum Cost per Run', { maximumCostPerRun: 0.05 }, "The 3 items of this run would cost 0.05994 credits, and 'Maximum Cost per Run' is 0.05 credits"],
		['Maximum Cost per Execution', { maximumCostPerExecution: 0.05 }, "'Maximum Cost per Execution' is 0.05 credits"],
	])('stops before anything is sent: %s', async (_what, options, message) => {
		const error = errorOf(await speak(sandbox(), minutes(options), { items: items(3) }));
		expect(error.message).toContain(message);
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it('lets pass what costs just as much', async () => {
		expect(jsonOf(await speak(sandbox(), minutes({ maximumCostPerRun: 0.05994 }), { items: items(3) }))).toHaveLength(3);
	});

	it('of the execution counts earlier rounds of a loop', async () => {
		const result = await speak(sandbox(), minutes({ maximumCostPerExecution: 0.05 }), { items: items(2), times: 2 });
		expect(errorOf(result).message).toContain("'Maximum Cost per Execution'");
		expect(spoken(sandbox())).toBe(2);
	});

	it.each(['maximumCostPerItem', 'maximumCostPerRun'])('counts all parts of a text: %s', async (limit) => {
		// A part costs about 0.1 credits.
		const error = errorOf(await speak(sandbox(), { text: longText(12_000), options: { splitLongText: true, [limit]: 0.15 } }));
		expect(error.message).toContain('0.15 credits');
		expect(spoken(sandbox())).toBe(0);
	});

	it('does not count again what a later try has already', async () => {
		sandbox().addFault({ match: { path: '/v3/voices/speech' }, kind: 'status', status: 400, skip: 1, times: 1 });
		const result = await speak(sandbox(), minutes({ maximumCostPerExecution: 0.0599, maximumCostPerRun: 0.0599 }), { items: items(2), ...RETRY });
		expect(linksOf(result)).toEqual([0, 1]);
		expect(spoken(sandbox())).toBe(2);
	});
});

describe('Minimum Balance', () => {
	it('is compared with what all items leave, by one request', async () => {
		balance(1.05);
		const error = errorOf(await speak(sandbox(), minutes({ minimumBalance: 1 }), { items: items(3) }));
		expect(error.message).toContain("'Minimum Balance'");
		expect([countOf(sandbox(), ACCOUNT), countOf(sandbox(), SPEAK)]).toEqual([1, 0]);
	});

	it('lets pass what leaves enough', async () => {
		balance(1.06);
		expect(jsonOf(await speak(sandbox(), minutes({ minimumBalance: 1 }), { items: items(3) }))).toHaveLength(3);
		expect([countOf(sandbox(), ACCOUNT), countOf(sandbox(), GET_VOICE)]).toEqual([1, 1]);
	});

	it('that cannot be told stops the run', async () => {
		balance(null);
		expect(errorOf(await speak(sandbox(), minutes({ minimumBalance: 0 }), { items: items(1) })).message).toContain('balance');
		expect(spoken(sandbox())).toBe(0);
	});

	it('does not hold back the next run for speeches that are done', async () => {
		balance(0.05);
		for (let run = 0; run < 3; run++) {
			expect(jsonOf(await speak(sandbox(), minutes({ minimumBalance: 0 }), { items: items(2) }))).toHaveLength(2);
		}
	});
});

it('an empty wallet is told by HeyGen, and no speech is made', async () => {
	const error = errorOf(await speak(sandbox(), {}, { credentials: { apiKey: 'sandbox-key-no-credit' } }));
	expect(error.message).toContain('The wallet has too little credit');
	expect(error).toMatchObject({ context: { details: { httpCode: '402', code: 'insufficient_credit' } } });
	expect(spoken(sandbox())).toBe(0);
});

it("the user's own rate counts", async () => {
	const { json } = onlyItem(await speak(sandbox(), { options: { rate: 0.5 } }));
	expect(json.cost).toMatchObject({ seconds: json.duration, credits: Number(json.duration) / 2 });
});
