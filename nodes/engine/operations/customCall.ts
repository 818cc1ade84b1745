import isEmpty from 'lodash/isEmpty';
import isPlainObject from 'lodash/isPlainObject';
import omit from 'lodash/omit';
import once from 'lodash/once';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { outputItem } from '../item/outputItem';
import type { Call, Handler } from '../item/call';
import type { ApiRequest } from '../request/apiRequest';
import type { Method } from '../request/judgeReply';
import { type AnswerFiles, fetchFields, wantedFields } from './answerFiles';
import { customRequest } from './customRequest';
import { type CustomAnswer, customAnswer, rereadData } from './customAnswer';
import { deletedRecord } from './deleted';

/**
 * An operation that sends the request which the parameters `method`, `path`, `query` and `body` describe, and puts out what
 * HeyGen answers: a record as one item, a list as one item for each of its entries, a bare value as the field `value`, and
 * an answer that says nothing as `success`. Reads the options `download` and `fullResponse`.
 */
export function customCall(): Handler {
	return async (call) => {
		const asked = customRequest(call, call.parameter<Method>('method', 'GET'));
		const request: ApiRequest = { ...asked, doing: `call ${asked.method} ${asked.path}` };
		const fields = wantedFields(call);
		const { method, path, query = {}, body = {} } = request;
		const answer = await customAnswer({ ...call, method, path, query, body }, request);
		return await itemsOf(call, request, answer, fields);
	};
}

async function itemsOf(call: Call, request: ApiRequest, answer: CustomAnswer, fields: readonly string[]): Promise<INodeExecutionData[]> {
	const { data } = answer;
	const isWhole = call.options.fullResponse === true;
	const puts = isWhole ? [wholeOf(request, answer)] : recordsOf(request, answer);
	const files = answer.gone === true ? [] : await filesOf(call, request, data, fields, isWhole);
	return puts.map((json, at) => withFiles(outputItem(json, call.itemIndex, files[at]?.binary), files[at]));
}

async function filesOf(
	call: Call,
	request: ApiRequest,
	data: unknown,
	fields: readonly string[],
	isWhole: boolean,
): Promise<AnswerFiles[]> {
	if (fields.length === 0) return [];
	// All files that want a fresh address share one look.
	const reread = request.method === 'GET' ? { reread: once(async () => await rereadData(call, request)) } : {};
	return await fetchFields(call, { data, path: request.path, ...reread }, fields, isWhole);
}

function withFiles(item: INodeExecutionData, files: AnswerFiles | undefined): INodeExecutionData {
	if (files === undefined || files.missing.length === 0) return item;
	return { ...item, json: { ...item.json, missing_files: files.missing } };
}

/** The whole answer; of a delete that has found nothing also what that means. */
function wholeOf(request: ApiRequest, { statusCode, gone, data, whole }: CustomAnswer): IDataObject {
	const { body, headers } = whole ?? { body: { data }, headers: {} };
	const note = gone === true ? nothingIn(request, true) : {};
	return { body: body as IDataObject, headers, statusCode, ...note };
}

/** What is put out for the data, one for each item. */
function recordsOf(request: ApiRequest, { gone, data }: CustomAnswer): unknown[] {
	if (gone === true) return [nothingIn(request, true)];
	if (Array.isArray(data)) return data;
	const isBare = data === undefined || data === null || (isPlainObject(data) && isEmpty(data));
	return [isBare ? nothingIn(request, false) : data];
}

/** What is put out for an answer that holds nothing. */
function nothingIn({ method, path, body }: ApiRequest, isGone: boolean): IDataObject {
	if (method !== 'DELETE') return { success: true };
	const last = decodeURIComponent(path.slice(path.lastIndexOf('/') + 1));
	const isNamed = body === undefined && !COLLECTION.test(last);
	const record = deletedRecord(isGone, last, `HeyGen has nothing at ${path}`);
	return isNamed ? record : omit(record, 'id');
}

/** The end of a path that names a list instead of a record: words only, such as "brand-kits". */
const COLLECTION = /^[a-z]+(-[a-z]+)*$/;
