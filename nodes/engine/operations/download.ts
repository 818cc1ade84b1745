import type { IDataObject } from 'n8n-workflow';

import { endOfStrange, hasResult, type JobFile, type JobKind, jobPhase, mainFileOf } from '../../heygen/jobs/kind';
import { EngineError } from '../basics/errors';
import { pause, timing } from '../basics/timing';
import type { Call, Handler } from '../item/call';
import { FailedJob } from '../jobs/failedJob';
import { jobOutput } from '../jobs/finishJob';
import { wantedFiles } from '../jobs/jobFiles';
import { readRecord, readComplete } from '../request/readRecord';

/**
 * An operation that fetches the files of a finished job.
 *
 * @param kind the job's kind
 */
export function download(kind: JobKind): Handler {
	return async (call) => {
		const files = wantedFiles(call, kind);
		const id = call.ids[kind.idField] as string;
		const record = await readFinished(call, kind, id, files);
		const phase = jobPhase(kind, record.status);
		if (phase === 'failed') throw new FailedJob(kind, id, record);
		// In a state that nobody knows, the files say more than the word.
		const isThere = endOfStrange(kind, record) === 'succeeded';
		if (phase !== 'succeeded' && !isThere) {
			throw new EngineError(
				`The ${kind.noun} ${id} is not finished: its status is '${String(record.status)}'`,
				`Use the operation 'Wait Until Finished', which downloads as soon as the ${kind.noun} is finished.`,
				{ [kind.idField]: id },
			);
		}
		return await jobOutput(call, kind, id, record, files);
	};
}

/** Reads a job whose files are wanted; one that has just ended lacks its film for some seconds (API reference, The Video object). */
async function readFinished(call: Call, kind: JobKind, id: string, wanted: readonly JobFile[]): Promise<IDataObject> {
	const [first] = kind.files;
	const isMainWanted = (record: IDataObject) => wanted.some((file) => file === first || file === mainFileOf(kind, record));
	const isComplete = (record: IDataObject) => jobPhase(kind, record.status) !== 'succeeded' || !isMainWanted(record) || hasResult(kind, record);
	const record = await readRecord(call.client, kind, id);
	if (isComplete(record)) return record;
	await pause(timing.pollFirst, call.client.signal);
	return await readComplete(call.client, kind, id, isComplete);
}
