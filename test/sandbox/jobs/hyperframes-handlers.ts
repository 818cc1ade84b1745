/** Answers of the operations on HyperFrames renders. */
import { useOfInput } from '../assets/asset-uses';
import { isOfType } from '../assets/media-types';
import { ApiError, invalidParameter } from '../server/errors';
import { type Call, type Handlers, ok } from '../server/operation';
import { presentRender, type RenderDetails, renderDraft } from './hyperframes';
import type { Job } from './job';
import { admitJob, jobAt, pageOfJobs } from './job-answers';

const INVALID_PROJECT = 'hyperframes_project_invalid';
const ARCHIVE_TYPE = 'application/zip';

const renderOf = (call: Call): Job<RenderDetails> =>
	jobAt(call, 'render_id', call.world.jobs.hyperframes, {
		code: 'hyperframes_render_not_found',
		noun: 'Render',
	});

/** @throws ApiError 400 when a project that came within the body is no archive. */
function checkInlineProject(project: unknown): void {
	const { type, media_type: mediaType, data } = (project ?? {}) as Record<string, unknown>;
	if (type !== 'base64') return;
	if (mediaType === ARCHIVE_TYPE && isOfType(Buffer.from(String(data), 'base64'), ARCHIVE_TYPE)) return;
	throw new ApiError(400, INVALID_PROJECT, 'The project is no ZIP archive', { param: 'project' });
}

export const hyperframesHandlers: Handlers = {
	'POST /v3/hyperframes/renders': (call) => {
		const { world, body } = call;
		const draft = renderDraft(body);
		const { format, resolution } = draft.details;
		if (resolution === '4k' && format !== 'mp4') {
			throw invalidParameter([{ param: 'resolution', message: `4k is not possible with ${format}` }]);
		}
		if (world.config.validateAssets) checkInlineProject(body.project);
		const uses = [useOfInput(body.project, ['archive'], 'project')];
		const { id } = admitJob(call, world.jobs.hyperframes, draft, uses, INVALID_PROJECT);
		return ok({ data: { render_id: id } });
	},

	'GET /v3/hyperframes/renders': (call) =>
		ok(pageOfJobs(call, 'renders', call.world.jobs.hyperframes, presentRender)),

	'GET /v3/hyperframes/renders/{render_id}': (call) =>
		ok({ data: presentRender(renderOf(call), call.now, call.world.signer) }),

	'DELETE /v3/hyperframes/renders/{render_id}': (call) => {
		const { id } = renderOf(call);
		call.world.jobs.hyperframes.delete(id, call.now);
		return ok({ data: { render_id: id } });
	},
};
