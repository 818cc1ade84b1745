import { z } from 'zod';

import { FilesToZip, FileToUpload, HYPERFRAMES_PROJECT, InlineFile, PROJECT_ENTRY } from '../fileUses';
import { FRAME_RATE } from '../limits';
import { pathSegments } from '../values/paths';
import { shown } from '../values/text';
import { assetInput } from './files';
import { addIssue, flag, httpsUrl, label, numberIn, openOneOf } from './primitives';
import { variables } from './variables';

/** The body of `POST /v3/hyperframes/renders` (API reference, section HyperFrames). */

/** What an archive is called that is made of several files. */
const ARCHIVE_NAME = 'project.zip';

/** Files of the item: all of them (`all`), or those of some binary fields (`fields`). */
const projectFiles = z
	.object({ all: flag.optional(), fields: z.instanceof(FileToUpload).optional() })
	.strict()
	.transform(({ fields, all = fields === undefined }, context) => {
		if (all) return projectInput(new FilesToZip(new FileToUpload(undefined, ALL_FIELDS), true, ARCHIVE_NAME));
		if (fields !== undefined) return projectInput(new FilesToZip(fields, false, ARCHIVE_NAME));
		addIssue(context, 'fields', 'is empty');
		return z.NEVER;
	});

/** Display name of the parameter that takes all files of the item. */
const ALL_FIELDS = 'All Binary Fields';

function projectInput(file: FilesToZip) {
	return { type: 'asset_id' as const, asset_id: file };
}

const archive = assetInput(HYPERFRAMES_PROJECT);

/** A zipped project in any of the API's forms, or its files. */
const project = z.record(z.unknown()).transform((given, context) => {
	const schema = 'all' in given || 'fields' in given ? projectFiles : archive;
	const result = schema.safeParse(given);
	if (result.success) return result.data;
	for (const issue of result.error.issues) context.addIssue(issue);
	return z.NEVER;
});

/** An address, or a path from a drive of Windows on. */
const OUTSIDE = /^[a-z][a-z\d+.-]{0,20}:[\\/]/i;

/** A page's path within the project, as archives write paths. People copy "./intro.html" and "scenes\\intro.html". */
const composition = label.transform((path, context) => {
	const segments = pathSegments(path);
	const isPage = segments.length > 0 && segments[0] !== '..' && !/[\\/]$/.test(path);
	if (isPage && !OUTSIDE.test(path)) return segments.join('/');
	context.addIssue({ code: z.ZodIssueCode.custom, message: `must be the path of a page within the project, but it is ${shown(path)}` });
	return z.NEVER;
});

/** What the project is checked for, once it is known which page is rendered. */
function checkedFor(entry: string, file: unknown): unknown {
	const isFile = file instanceof FileToUpload || file instanceof FilesToZip || file instanceof InlineFile;
	return isFile ? file.for({ ...HYPERFRAMES_PROJECT, entry }) : file;
}

/** Shapes of a render, as far as they are known. */
export const RENDER_RATIOS = ['16:9', '9:16', '1:1'] as const;

/** `POST /v3/hyperframes/renders`. The project is checked for the page that is rendered. */
export const hyperframesRender = z
	.object({
		project,
		fps: numberIn(FRAME_RATE).optional(),
		quality: openOneOf(['draft', 'standard', 'high']).optional(),
		format: openOneOf(['mp4', 'webm', 'mov']).optional(),
		resolution: openOneOf(['1080p', '4k']).optional(),
		aspect_ratio: openOneOf(RENDER_RATIOS).optional(),
		composition: composition.optional(),
		variables: variables.optional(),
		title: label.optional(),
		callback_id: label.optional(),
		callback_url: httpsUrl.optional(),
	})
	.strict()
	.superRefine(({ resolution, format }, context) => {
		// What formats that come later can do is for HeyGen to say.
		if (resolution !== '4k' || (format !== 'webm' && format !== 'mov')) return;
		addIssue(context, 'resolution', `is 4K, which HeyGen renders as MP4 only, but 'Output Format' is ${shown(format)}`);
	})
	.transform(({ project: given, variables: named, ...rest }) => {
		const entry = rest.composition ?? PROJECT_ENTRY;
		const checked = given instanceof InlineFile
			? checkedFor(entry, given)
			: 'asset_id' in given ? { ...given, asset_id: checkedFor(entry, given.asset_id) } : given;
		return { project: checked, ...rest, ...(named === undefined ? {} : { variables: named }) };
	});
