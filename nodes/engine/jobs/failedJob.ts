import type { IDataObject } from 'n8n-workflow';

import type { JobKind } from '../../heygen/jobs/kind';
import { failureIn } from '../../heygen/reasons';
import { isNothing } from '../../heygen/values/reading';
import { EngineError } from '../basics/errors';

/** What is to be done about a key of the user's, which HeyGen answers with the job that has failed. */
export const newKeyFor = ({ noun }: JobKind): string =>
	`An 'Idempotency Key' of your own has to be changed as well: HeyGen would answer the old one with this ${noun}.`;

/** The same where the item asks for several: another key would make all of them anew. */
export const RETRY_WITH_KEY = "With an 'Idempotency Key' of your own leave the key as it is, and switch on n8n's Retry On Fail: another key would make what is finished anew.";

/** HeyGen could not finish a job. */
export class FailedJob extends EngineError {
	/** @param ownKey what is said of an idempotency key of the user's */
	constructor(kind: JobKind, id: string, record: IDataObject, ownKey = newKeyFor(kind)) {
		const { message, code } = failureIn(record, kind);
		super(
			`HeyGen could not finish the ${kind.noun} ${id}: ${message ?? code ?? `its status is '${String(record.status)}'`}`,
			`${kind.failureAdvice === undefined ? '' : adviceOn(kind.failureAdvice({ message, code }))}HeyGen does not charge for a ${kind.noun} that has failed. Change what HeyGen objects to and run the item again. ${ownKey}`,
			{ ...ownerIn(kind, record), [kind.idField]: id, status: record.status, code, heyGenMessage: message },
		);
	}
}

/** What a job belongs to, for the details of an error. */
export function ownerIn({ ownerField }: JobKind, record: IDataObject): IDataObject {
	const owner = ownerField === undefined ? undefined : record[ownerField];
	return ownerField === undefined || isNothing(owner) ? {} : { [ownerField]: owner };
}

function adviceOn(advice: string | undefined): string {
	return advice === undefined ? '' : `${advice} `;
}
