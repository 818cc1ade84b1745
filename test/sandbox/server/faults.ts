/** Faults that tests inject: which request they hit, how often, and what goes wrong. */
import { operations } from './contract';

export const faultKinds = [
	'status',
	'drop_before',
	'drop_after',
	'hang',
	'hang_in_progress',
	'garbage',
	'endless_cursor',
	'expired_url',
	'redirect',
	'truncate',
	'answer',
] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface Fault {
	match: {
		/** HTTP method, any case; absent: every method that the kind applies to. */
		method?: string;
		/** Path template of the contract, or `/files` for the file host; absent: every API request. */
		path?: string;
	};
	kind: FaultKind;
	/** HTTP status of the kinds `status` (default 500) and `answer` (default 200). */
	status?: number;
	/** Error code of kind `status`; by default one that goes with the status. */
	code?: string;
	/** `Retry-After` of kind `status`: seconds, or a text such as an HTTP date. */
	retryAfter?: number | string;
	/** How many requests it hits (default 1); -1 for ever. */
	times?: number;
	/** How many matching requests pass before it strikes (default 0). */
	skip?: number;
	/** Milliseconds of the kinds `hang` and `hang_in_progress` (default 600,000). */
	hangMs?: number;
	/** What the kind `answer` answers, whatever was asked, instead of doing it. */
	body?: unknown;
	/** Target of kind `redirect`. */
	location?: string;
}

export type Listener = 'api' | 'files';

export const FILES_PATH = '/files';
export const DEFAULT_HANG_MS = 600_000;

const kindsOf: Record<Listener, ReadonlySet<FaultKind>> = {
	api: new Set([
		'status',
		'drop_before',
		'drop_after',
		'hang',
		'hang_in_progress',
		'garbage',
		'endless_cursor',
		'redirect',
		'answer',
	]),
	files: new Set([
		'status',
		'drop_before',
		'drop_after',
		'hang',
		'garbage',
		'expired_url',
		'redirect',
		'truncate',
	]),
};

/** Kinds that make sense for one method of the file host only: uploads are PUT, downloads are GET. */
const fileMethodOf: Partial<Record<FaultKind, string>> = { drop_after: 'PUT', truncate: 'GET' };

interface ArmedFault {
	fault: Fault;
	listener: Listener;
	/** In upper case; undefined: every method. */
	method: string | undefined;
	skipsLeft: number;
	hitsLeft: number;
}

const templates = new Set(operations.map((operation) => operation.template));

function listenerOf({ kind, match }: Fault): Listener {
	if (match.path === FILES_PATH) return 'files';
	return match.path === undefined && !kindsOf.api.has(kind) ? 'files' : 'api';
}

/** @throws Error saying what is wrong with a fault, so that a misspelt one does not silently never strike. */
function arm(fault: Fault): ArmedFault {
	if (!faultKinds.includes(fault.kind)) throw new Error(`unknown fault kind "${fault.kind}"`);
	if (typeof fault.match !== 'object') throw new Error('a fault needs a match');
	const { path } = fault.match;
	if (path !== undefined && path !== FILES_PATH && !templates.has(path)) {
		throw new Error(`"${path}" is no path template of the contract`);
	}
	const listener = listenerOf(fault);
	if (!kindsOf[listener].has(fault.kind)) {
		throw new Error(`fault kind "${fault.kind}" does not apply to ${path ?? 'the API'}`);
	}
	const onlyMethod = listener === 'files' ? fileMethodOf[fault.kind] : undefined;
	const method = fault.match.method?.toUpperCase() ?? onlyMethod;
	if (onlyMethod !== undefined && method !== onlyMethod) {
		throw new Error(`fault kind "${fault.kind}" applies to ${onlyMethod} only`);
	}
	if (fault.kind === 'redirect' && !fault.location) throw new Error('a redirect needs a location');
	const times = fault.times ?? 1;
	const hitsLeft = times < 0 ? Infinity : times;
	return { fault, listener, method, skipsLeft: fault.skip ?? 0, hitsLeft };
}

export class FaultBook {
	private armed: ArmedFault[] = [];

	/** @throws Error when the fault could never strike. */
	add(fault: Fault): void {
		this.armed.push(arm(fault));
	}

	clear(): void {
		this.armed = [];
	}

	/**
	 * The fault that strikes this request, if any; the first one added wins. Uses it up by one.
	 * @param template path template of the contract, `/files`, or null for a path outside the contract.
	 */
	take(listener: Listener, method: string, template: string | null): Fault | null {
		for (const entry of this.armed) {
			const { match } = entry.fault;
			if (entry.listener !== listener) continue;
			if (entry.method !== undefined && entry.method !== method) continue;
			if (match.path !== undefined && match.path !== template) continue;
			if (entry.skipsLeft > 0) {
				entry.skipsLeft -= 1;
				continue;
			}
			entry.hitsLeft -= 1;
			if (entry.hitsLeft <= 0) this.armed = this.armed.filter((other) => other !== entry);
			return entry.fault;
		}
		return null;
	}
}
