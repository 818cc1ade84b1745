import { firstText } from '../../heygen/records';
import { type Template, templateIn } from '../../heygen/templates/template';
import { type EngineError, reworded } from '../basics/errors';
import { refusedField } from '../basics/refusedField';
import { settle } from '../basics/settle';
import type { Call } from '../item/call';
import { sharedIn } from '../item/run';
import { isGone } from '../request/readRecord';
import { recordIn } from '../request/reply';

/** A template that the items of a run share, from its request on. */
interface SharedTemplate {
	reading: Promise<Template>;
	/** As soon as it has been read. */
	read?: Template;
}

/** Names it within the run, by its account: another account may have another template of that ID. */
function sharedName({ account, path }: Call): string {
	return `template ${account.id} ${path}`;
}

/**
 * The template of an item, read once per run for all items that have it.
 *
 * @param call an item whose path is that of the template
 * @throws EngineError when HeyGen has no such template, or the key may not read it
 */
export async function templateOf(call: Call): Promise<Template> {
	const shared = sharedIn(call.run, sharedName(call), (): SharedTemplate => ({ reading: readTemplate(call) }));
	return (shared.read ??= await shared.reading);
}

/**
 * The template of an item that has been checked by it.
 *
 * @param call the item
 * @returns undefined when it has not been read
 */
export function knownTemplate(call: Call): Template | undefined {
	return (call.run.shared.get(sharedName(call)) as SharedTemplate | undefined)?.read;
}

async function readTemplate({ client, path }: Call): Promise<Template> {
	const request = { method: 'GET' as const, path, doing: 'read the template' };
	const reply = await settle(client.send(request));
	if (reply.ok) return templateIn(recordIn(reply.value, request));
	throw isGone(reply.error) ? missing(reply.error as EngineError) : reply.error;
}

/** HeyGen's word for it, with the parameter that names the template. */
function missing(error: EngineError): EngineError {
	const { message, details } = error;
	return reworded(error, {
		message: firstText(details, ['param']) === undefined ? `${message}${refusedField('Template')}` : message,
		advice:
			'Pick the template again from the list: it may be deleted, or belong to another HeyGen account. HeyGen knows only templates of its present editor here, that have variables.',
	});
}
