import { HEYGEN_BASE_URL } from '../baseUrl';
import { parseUrl } from '../hosts';
import { unquoted } from './lists';
import { readLabel } from './plain';
import { type Query, readQueryText } from './query';
import { isNothing, NOTHING, type Reading } from './reading';
import { isBlank, shown, trimBlank } from './text';

/**
 * Paths of HeyGen's API that somebody gives. The API key goes wherever a path leads, so nothing is left to how URLs are put
 * together: whatever is not plainly a path of version 3 is refused.
 */

/** A path, and the query that was given behind it. */
export interface ApiPath {
	/** "/v3/videos/abc": encoded, and the same after everything that programs do to paths. */
	path: string;
	query: Query;
}

/**
 * A path of HeyGen's API v3, with or without the slash at its beginning, or its full address.
 *
 * @param given as the parameter has it
 * @param baseUrl the credential's own, whose addresses are taken as well
 */
export function readApiPath(given: unknown, baseUrl: string): Reading<ApiPath> {
	const label = readLabel(given);
	if (label.value === undefined) return label.problem === undefined ? NOTHING : label;
	const text = unquoted(label.value);
	const flaw = flawOf(text);
	if (flaw !== undefined) return { problem: flaw };
	const [place = '', ...behind] = text.split('?');
	const within = withinApi(place, baseUrl);
	if (within.problem !== undefined) return within;
	const path = encodedPath(within.value ?? '');
	if (path.problem !== undefined) return path;
	const query = readQueryText(behind.join('?'));
	if (query.problem !== undefined) return query;
	return { value: { path: path.value ?? '', query: query.value ?? {} } };
}

const EXAMPLE = 'such as /v3/videos';

/** Methods that documents put before a path. */
const METHOD = /^(get|post|put|patch|delete|head|options)\s/i;

/** What no one sees, and what URLs drop or read as an end of line. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

function flawOf(text: string): string | undefined {
	if (METHOD.test(text)) return `takes the path alone, without the method before it, but it is ${shown(text)}`;
	if (UNSEEN.test(text)) return `has a line end or another character that no one sees in it: ${shown(text)}`;
	if (text.includes('\\')) return `has a backslash in it: ${shown(text)}`;
	if (text.includes('#')) return `has a # in it, behind which nothing would be sent: ${shown(text)}. In an ID it is written %23`;
	return undefined;
}

/** The beginning of an address; of one without a scheme two slashes are left. */
const SCHEME = /^([a-z][a-z0-9+.-]{0,20}:|\/\/)/i;

/** HeyGen's host alone, as browsers copy an address in part. */
const BARE_HOST = /^api\.heygen\.com(:443)?(?=\/|$)/i;

/** The path of an address that is HeyGen's or the credential's own, or the path that was given. */
function withinApi(place: string, baseUrl: string): Reading<string> {
	const address = BARE_HOST.test(place) ? `https://${place}` : place;
	if (!SCHEME.test(address)) return { value: place };
	for (const own of [baseUrl, HEYGEN_BASE_URL]) {
		const rest = behindBase(address, own);
		if (rest !== undefined) return { value: rest };
	}
	// A login is not repeated in messages.
	const named = address.includes('@') ? '' : `: ${shown(address)}`;
	return { problem: `must be a path of HeyGen's API, ${EXAMPLE}, but it is an address elsewhere, where the API key must not go${named}` };
}

/**
 * What an address has behind a base URL. The text itself is compared, so that nothing depends on how it would be parsed.
 *
 * @returns undefined for an address elsewhere
 */
function behindBase(address: string, baseUrl: string): string | undefined {
	const base = parseUrl(baseUrl);
	if (base === undefined) return undefined;
	const port = base.protocol === 'https:' ? ':443' : ':80';
	for (const origin of [base.origin, `${base.origin}${base.port === '' ? port : ''}`]) {
		if (address.slice(0, origin.length).toLowerCase() !== origin) continue;
		const rest = address.slice(origin.length);
		const folder = base.pathname === '/' ? '' : base.pathname;
		if (rest.startsWith(`${folder}/`)) return rest.slice(folder.length);
	}
	return undefined;
}

/** What is left of a path whose ID was not filled in: {video_id}, :video_id, <video_id>, {{ $json.id }}, "…". */
const PLACEHOLDER = /[{}<>…]|^:|^\.{3}$/;

/** What programs write for a value that is not there. */
const NO_VALUE = /^(undefined|null|nan)$/i;

/** HeyGen's API before version 3, which ended on 31 October 2026 (API reference, section Basics). */
const FORMER = /^v[12]$/i;

function encodedPath(place: string): Reading<string> {
	const parts = (place.startsWith('/') ? place.slice(1) : place).split('/').map(trimBlank);
	const decoded: string[] = [];
	for (const part of parts) {
		const reading = readPart(part);
		if (reading.problem !== undefined) return { problem: `${reading.problem}: ${shown(place)}` };
		decoded.push(reading.value ?? '');
	}
	const [version = '', ...rest] = decoded;
	if (FORMER.test(version)) {
		return { problem: `is one of HeyGen's API before version 3, which HeyGen has ended on 31 October 2026: ${shown(place)}. Paths of today begin with /v3/` };
	}
	if (!/^v3$/i.test(version)) return { problem: `must begin with /v3/, ${EXAMPLE}, but it is ${shown(place)}` };
	if (rest.length === 0) return { problem: `names nothing behind /v3, ${EXAMPLE}: ${shown(place)}` };
	return { value: `/v3/${rest.map(encodeURIComponent).join('/')}` };
}

/** One or two dots that no name goes on behind: servers end a part at "?", "#", ";" and blanks, each in its own way. */
const DOTS = /^\.\.(?![\p{L}\p{N}])|^\.(?![.\p{L}\p{N}])/u;

/** One part of a path, decoded. The problem is for the path as a whole. */
function readPart(part: string): Reading<string> {
	if (isNothing(part)) return { problem: 'has a part with nothing in it, as an expression leaves that finds nothing, or a slash too many' };
	const known = onceDecoded(part);
	if (known === undefined) return { problem: 'has a % in it that is no part of an encoded character (a % itself is written %25)' };
	if (isBlank(known)) return { problem: 'has a part with nothing in it' };
	if (PLACEHOLDER.test(known)) return { problem: 'has a placeholder in it: put the ID there, for example by an expression' };
	for (const stage of stagesOf(known)) {
		if (/[/\\]/.test(stage)) return { problem: 'has an encoded slash in it' };
		if (DOTS.test(trimBlank(stage))) return { problem: 'leads somewhere else by its dots' };
		if (UNSEEN.test(stage)) return { problem: 'has an encoded character in it that no one sees' };
	}
	if (NO_VALUE.test(known)) return { problem: 'has a part without a value, as an expression leaves that finds nothing' };
	return { value: known };
}

function onceDecoded(part: string): string | undefined {
	try {
		return decodeURIComponent(part);
	} catch {
		return undefined;
	}
}

/**
 * What a part can become where servers decode again, or take wide forms of characters for the plain ones. Each decoding
 * makes the part shorter, so there is a last one.
 */
function stagesOf(part: string): string[] {
	const stages = [part];
	for (let next = leniently(part); next !== stages.at(-1); next = leniently(next)) stages.push(next);
	return stages.flatMap((stage) => [stage, stage.normalize('NFKC')]);
}

/** A part as servers decode it that leave alone what they cannot decode. */
function leniently(part: string): string {
	return onceDecoded(part) ?? part.replace(/%[0-7][0-9a-f]/gi, (encoded) => decodeURIComponent(encoded));
}
