import uniq from 'lodash/uniq';
import omit from 'lodash/omit';
import type { IDataObject } from 'n8n-workflow';

import { isAboutFields } from '../../heygen/errors';
import { pageMaxOf } from '../../heygen/limits';
import { readNumber } from '../../heygen/values/plain';
import { numeral } from '../../heygen/values/text';
import { EngineError, inputError } from '../basics/errors';
import { settle } from '../basics/settle';
import type { Call, Handler } from '../item/call';
import { CUSTOM_LABELS } from '../item/customFields';
import { taken } from '../item/given';
import { outputItem } from '../item/outputItem';
import type { ApiReply, ApiRequest } from '../request/apiRequest';
import { readPages } from '../request/readPages';
import { aboutPath, customRequest } from './customRequest';
import { wantedRecords } from './pages';

/** The option for the size of a page. */
export const PAGE_SIZE = { name: 'pageSize', label: 'Page Size' } as const;

/**
 * An operation that reads the list which the parameters `path` and `query` name: as many pages as `returnAll` and `limit`
 * ask for, one item for each entry. Reads the option `pageSize`.
 */
export function customList(): Handler {
	return async (call) => {
		const asked = customRequest(call, 'GET');
		const wanted = wantedRecords(call);
		const { query, sizes } = pagesOf(call, asked, wanted);
		const request = { ...asked, query, doing: `list ${asked.path}` };
		const read = await settle(recordsOf(call, request, sizes, wanted));
		if (!read.ok) throw aboutPath(read.error, request);
		return read.value.map((record) => outputItem(record, call.itemIndex));
	};
}

/** Sizes of pages that are tried where HeyGen refuses a larger one: those of its lists (API reference, section Basics). */
const SMALLER = [50, 20, 10];

/** The query without its size of a page, and the sizes to try, the largest first; undefined leaves it to HeyGen. */
function pagesOf(
	{ options }: Call,
	{ path, query = {} }: Pick<ApiRequest, 'path' | 'query'>,
	wanted: number,
): { query: IDataObject; sizes: Array<number | undefined> } {
	const range = { min: 1, whole: true };
	const own = taken(PAGE_SIZE.label, readNumber(options[PAGE_SIZE.name], range));
	const inQuery = taken(`${CUSTOM_LABELS.query} → limit`, readNumber(query.limit, range));
	if (own !== undefined && inQuery !== undefined && own !== inQuery) {
		throw inputError(
			`'${PAGE_SIZE.label}' is ${numeral(own)}, but the query has ${numeral(inQuery)} for limit`,
			"Both say how many records HeyGen sends at a time: remove one of the two. How many are put out says 'Limit'.",
		);
	}
	const most = pageMaxOf(path);
	const size = own ?? inQuery;
	const fit = (of: number) => Math.min(of, wanted);
	if (size !== undefined) return { query: omit(query, 'limit'), sizes: [fit(size)] };
	return { query, sizes: [...uniq([most, ...SMALLER.filter((smaller) => smaller < most)].map(fit)), undefined] };
}

/** Reads with the first size that HeyGen takes. */
async function recordsOf(call: Call, request: ApiRequest, sizes: ReadonlyArray<number | undefined>, wanted: number): Promise<IDataObject[]> {
	const [size, ...smaller] = sizes;
	const options = { of: request.path, anywhere: true, ...(size === undefined ? {} : { max: size }) };
	let pages = 0;
	const send = async (asked: ApiRequest): Promise<ApiReply> => {
		const reply = await call.client.send(asked);
		pages++;
		return reply;
	};
	const read = await settle(readPages(send, request, options, wanted));
	if (read.ok) return read.value;
	const refused = smaller.length === 0 ? undefined : fieldRefusedBy(read.error);
	if (refused === 'limit') return await recordsOf(call, request, smaller, wanted);
	if (refused !== '' || pages > 0) throw read.error;
	// Where HeyGen does not say what it objects to, naming a size at all may be it.
	return await recordsOf(call, request, [undefined], wanted);
}

/**
 * The field for which HeyGen refuses a request.
 *
 * @returns an empty text when it names none; undefined when the error is about something else
 */
function fieldRefusedBy(error: unknown): string | undefined {
	if (!(error instanceof EngineError) || !isAboutFields(Number(error.details.httpCode))) return undefined;
	return error.details.param ?? '';
}
