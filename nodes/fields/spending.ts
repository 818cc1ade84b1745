import type { INodeProperties } from 'n8n-workflow';

/** Options of operations that are paid for: what they may cost, and what they would do. */

const ESTIMATED = "The costs are estimates, by HeyGen's price list or the rates in the credential.";

/** Members of the Options of every operation that is paid for. */
export const spendingOptions: INodeProperties[] = [
	{
		displayName: 'Dry Run',
		name: 'dryRun',
		type: 'boolean',
		default: false,
		description: 'Whether to hand on what would be sent, with its estimated cost, and to send nothing. Limits on costs count all the same.',
	},
	{
		displayName: 'Expected Duration (Seconds)',
		name: 'expectedSeconds',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 60,
		description:
			'How long the result will be, or the video that HeyGen works on, for the estimate. Without it the node tells from the script or the uploaded file. A recording that is only an URL or an asset counts as the longest that HeyGen takes; the length of such a video is not known.',
	},
	{
		displayName: 'Maximum Cost per Execution',
		name: 'maximumCostPerExecution',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 100,
		description: `Credits that all runs of this node in one execution may cost together: those of a loop, and all calls of an AI agent in a conversation. Other nodes with this option count as well. ${ESTIMATED}`,
	},
	{
		displayName: 'Maximum Cost per Item',
		name: 'maximumCostPerItem',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 10,
		description: `Credits that one item may cost. When an item would cost more, nothing is sent for any of them; with an error output, only that one is not made. ${ESTIMATED}`,
	},
	{
		displayName: 'Maximum Cost per Run',
		name: 'maximumCostPerRun',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 100,
		description: `Credits that all items of a run may cost together. When they would cost more, nothing is sent. In a loop, each round is a run. ${ESTIMATED}`,
	},
	{
		displayName: 'Minimum Balance',
		name: 'minimumBalance',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description: `What must be left in the HeyGen account after all items are paid for, in the currency of its balance. The node reads the balance once, before it sends anything. ${ESTIMATED}`,
	},
	{
		displayName: 'Rate',
		name: 'rate',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0.1,
		description: "Credits that HeyGen charges you for a second (of HyperFrames and filler words: for a minute), or for each call, in place of the rates in the credential and HeyGen's price list. Where HeyGen publishes no price, limits on costs need a rate.",
	},
];

/** The same for what is paid for by the call, so that no length counts. */
export const callSpendingOptions: INodeProperties[] = spendingOptions.filter(({ name }) => name !== 'expectedSeconds');
