import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../declare/resource';
import { inputError } from '../../engine/basics/errors';
import type { Asked, Call, Ordered } from '../../engine/item/call';
import { checkBody } from '../../engine/item/checkBody';
import { withPreset } from '../../engine/item/preset';
import { job } from '../../engine/operations/job';
import { additionalFieldsOption } from '../../fields/additionalFields';
import { costNotice } from '../../fields/cost';
import { aspectRatioFields, resolutionFields } from '../../fields/film';
import { inBody } from '../../fields/inBody';
import { openChoiceFields } from '../../fields/openChoice';
import { presetOption } from '../../fields/presets';
import { optionsField, reportedJobOptions, requestOptionsField } from '../../fields/sending';
import { simplifyResultField } from '../../fields/simplify';
import { spendingOptions } from '../../fields/spending';
import { titleOption } from '../../fields/title';
import { variablesFields } from '../../fields/variables';
import { optionalWaitOptions, waitForCompletionFields } from '../../fields/waiting';
import { PROJECT_ENTRY } from '../../heygen/fileUses';
import { hyperframesJob } from '../../heygen/jobs/hyperframes';
import { FRAME_RATE } from '../../heygen/limits';
import { hyperframesRender, RENDER_RATIOS } from '../../heygen/schemas/hyperframes';
import { readNumber } from '../../heygen/values/plain';
import { isNothing } from '../../heygen/values/reading';
import { shown } from '../../heygen/values/text';
import { projectFieldName, projectFields } from './projectFields';

/** The body in the API's form. */
function renderBody(call: Call): IDataObject {
	const body = withPreset(call, call.body);
	return checkBody(hyperframesRender, { ...body, project: body.project ?? projectLeft(call) }, call.names);
}

/**
 * The project of an item that names none: all of its files, where an expression in 'All Binary Fields' finds nothing.
 *
 * @throws EngineError naming the parameter that should hold the project
 */
function projectLeft(call: Call): IDataObject {
	const source: string = call.parameter('projectSource', 'binary');
	if (source === 'files' && call.parameter('allBinaryFields', true)) return { all: true };
	throw inputError(
		`'${projectFieldName(source)}' is empty`,
		"Give a project to render, or choose another 'Project Source'. An expression that finds nothing gives an empty field.",
	);
}

/** The price by resolution and frame rate; fields that the user adds are not checked. Only a render knows its length. */
function priced({ body }: Asked): Ordered {
	const { resolution, fps } = body as { resolution?: unknown; fps?: unknown };
	const frameRate = readNumber(fps).value;
	const rate = frameRate === undefined ? {} : { frameRate };
	if (isNothing(resolution) || resolution === '1080p' || resolution === '4k') {
		return { kind: 'hyperframes', ...(resolution === '4k' ? { resolution } : {}), ...rate };
	}
	const rateNote = `the price of the resolution ${shown(resolution)} is not known here, and that of 4K is taken`;
	return { kind: 'hyperframes', resolution: '4k', ...rate, rateNote };
}

/** Everything optional about a render: members of its Options. */
const renderOptions: INodeProperties[] = [
	additionalFieldsOption,
	...aspectRatioFields(['1:1', '16:9', '9:16'], { description: "The video's shape, which must be that of the page" }),
	{
		displayName: 'Composition',
		name: 'composition',
		type: 'string',
		default: '',
		placeholder: `e.g. ${PROJECT_ENTRY}`,
		description: `The page of the project that is rendered, as its path within the project; ${PROJECT_ENTRY} when none is named`,
		routing: inBody('composition'),
	},
	{
		displayName: 'Frame Rate',
		name: 'fps',
		type: 'number',
		typeOptions: { minValue: FRAME_RATE.min, maxValue: FRAME_RATE.max, numberPrecision: 0 },
		default: 30,
		description: 'Frames per second. Above the default, HeyGen charges about twice as much.',
		routing: inBody('fps'),
	},
	...openChoiceFields({
		displayName: 'Output Format',
		name: 'format',
		type: 'options',
		options: [
			{ name: 'MOV', value: 'mov', description: 'For editing programs' },
			{ name: 'MP4', value: 'mp4', description: 'Plays everywhere' },
			{ name: 'WebM', value: 'webm', description: 'For web pages' },
		],
		default: 'mp4',
		routing: inBody('format'),
	}),
	presetOption(RENDER_RATIOS, false),
	...openChoiceFields({
		displayName: 'Quality',
		name: 'quality',
		type: 'options',
		options: [
			{ name: 'Draft', value: 'draft', description: 'For a first look' },
			{ name: 'High', value: 'high', description: 'The finest picture, and the largest file' },
			{ name: 'Standard', value: 'standard' },
		],
		default: 'standard',
		description: 'How finely the picture is compressed',
		routing: inBody('quality'),
	}),
	...resolutionFields(
		['1080p', { name: '4K', value: '4k', description: 'As MP4 only, and about half as much again to pay' }],
		'1080p',
	),
	titleOption("The video's name in HeyGen"),
];

/** `POST /v3/hyperframes/renders`. */
export const create: Operation = {
	value: 'create',
	name: 'Render',
	action: 'Render hyperframes project',
	description: 'Turn a web page with its pictures and animations into a video, with values of the item in it',
	builderHint: `The project is a folder of web pages with ${PROJECT_ENTRY} in it. Where its files come one per item, put Aggregate in front with Include Binaries on, and choose "Project Files". Values that differ from video to video go into Variables. A page that is made in the workflow becomes a file with Convert to File, named ${PROJECT_ENTRY}.`,
	request: { method: 'POST', url: '/v3/hyperframes/renders' },
	run: job(hyperframesJob, 'render the project', renderBody, { callbackId: true }),
	cost: priced,
	properties: [
		costNotice('hyperframes', 'video'),
		...projectFields,
		...variablesFields('the project'),
		...waitForCompletionFields(hyperframesJob),
		simplifyResultField,
		optionsField([...renderOptions, ...optionalWaitOptions, ...spendingOptions]),
		requestOptionsField(reportedJobOptions),
	],
};
