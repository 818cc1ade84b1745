/** What the tests of templates share: runs of their operations, and what reaches HeyGen. */
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { HeyGenVideo } from '../../../nodes/HeyGenVideo/HeyGenVideo.node';
import type { Sandbox } from '../../sandbox';
import { runNode, type RunOptions, type RunResult } from './harness';
import { bodiesOf, locator, nodeRun, type NodeRunOptions } from './support';

export const READ_TEMPLATE = 'GET /v3/templates/{template_id}';
export const GENERATE = 'POST /v3/templates/{template_id}';

export const WELCOME = 'template_welcome';
/** Both texts of that template, which must be given. */
export const TEXTS = { headline: 'Spring', offer: 'Half price' };

/** A text as HeyGen has it. */
export const textRecord = (name: string, content: string) => ({ name, type: 'text', properties: { content } });
/** The texts of `TEXTS` as they are sent. */
export const TEXT_RECORDS = { headline: textRecord('headline', 'Spring'), offer: textRecord('offer', 'Half price') };

/**
 * Everything a run of a template's operation needs.
 *
 * @param operation value of the Operation parameter
 * @param parameters the operation's own
 * @param options the run's further settings
 */
export function templateRun(
	sandbox: { apiKey: string; url: string } | null,
	operation: string,
	parameters: INodeParameters = {},
	options: NodeRunOptions = {},
): RunOptions {
	return nodeRun(new HeyGenVideo(), sandbox, { resource: 'template', operation, ...parameters }, options);
}

/** Runs an operation of templates to its end. */
export async function runTemplate(...run: Parameters<typeof templateRun>): Promise<RunResult> {
	return await runNode(templateRun(...run));
}

/**
 * Makes a video of a template; does not wait unless told to.
 *
 * @param templateId the template
 * @param variables as the parameter has them
 * @param more further parameters
 * @param items input; by default one empty item
 */
export async function generate(
	sandbox: { apiKey: string; url: string },
	templateId: string,
	variables: unknown,
	more: INodeParameters = {},
	items: INodeExecutionData[] = [{ json: {} }],
	options: NodeRunOptions = {},
): Promise<RunResult> {
	const parameters = { templateId: locator(templateId), variables: variables as INodeParameters, waitForCompletion: false, ...more };
	return await runTemplate(sandbox, 'generate', parameters, { items, ...options });
}

/** The resource mapper as the editor saves it. @param value by variable; null leaves the mapper as a new node has it */
export function mapped(value: unknown, mappingMode = 'defineBelow'): INodeParameters {
	const names = typeof value === 'object' && value !== null ? Object.keys(value) : [];
	const schema = names.map((id) => ({ id, displayName: `${id} (text)`, required: true, defaultMatch: false, display: true, type: 'string' }));
	return { mappingMode, value, schema, matchingColumns: [], attemptToConvertTypes: false, convertFieldsToString: false } as unknown as INodeParameters;
}

/** Bodies of the creates, without automatic callback ids. */
export function generated(sandbox: Sandbox): IDataObject[] {
	return bodiesOf(sandbox, GENERATE);
}
