import { createHmac } from 'node:crypto';
import path from 'node:path';
import type { IDataObject, INode } from 'n8n-workflow';
import ts from 'typescript';

import { EngineError, toNodeError } from '../../nodes/engine/basics/errors';
import { checkFile } from '../../nodes/engine/files/checkFile';
import { checkedSlot } from '../../nodes/engine/files/directUpload';
import type { ReadyFile } from '../../nodes/engine/files/readyFile';
import { checkBody } from '../../nodes/engine/item/checkBody';
import { Checkpoint } from '../../nodes/engine/item/checkpoint';
import { Journal } from '../../nodes/engine/item/journal';
import { StartedList } from '../../nodes/engine/item/started';
import type { ApiReply } from '../../nodes/engine/request/apiRequest';
import { readPages } from '../../nodes/engine/request/readPages';
import { recordsIn } from '../../nodes/engine/request/reply';
import { AGENT_FILE, RENDER_IMAGE, SPEECH } from '../../nodes/heygen/fileUses';
import { MP3, PNG } from '../../nodes/heygen/formats';
import { avatarVideo } from '../../nodes/heygen/schemas/avatarVideo';
import { newBrandGlossary } from '../../nodes/heygen/schemas/brand';
import { assetInputs } from '../../nodes/heygen/schemas/files';
import { readId, readIds } from '../../nodes/heygen/values/ids';
import { readNumber } from '../../nodes/heygen/values/plain';
import { verifyDelivery } from '../../nodes/heygen/webhooks';
import { leaves, nodes, PROJECT, sourceFiles } from './support/walk';

/** Numbers in what users read are written as people write them: "5,000 characters". */

const NODE: INode = { id: 'n', name: 'HeyGen', type: 't', typeVersion: 1, position: [0, 0], parameters: {} };

/** The words of whatever is thrown. */
async function wordsOf(work: () => unknown): Promise<string> {
	try {
		await work();
	} catch (error) {
		return [(error as Error).message, (error as Partial<EngineError>).advice].join(' ');
	}
	throw new Error('Nothing was thrown');
}

const file = { label: 'The file', name: 'data', mediaType: '', identity: '', open: () => [] as never };
const inspected = { size: 1, sha256: '', format: PNG, facts: {} };
const indexes = (from: number, count: number) => Array.from({ length: count }, (_, at) => from + at);

/** Pages of a list, each with the next one's cursor. */
function listOf(size: number, cursor: (page: number) => string | null) {
	let page = 0;
	return async (): Promise<ApiReply> => {
		const data = Array.from({ length: size }, () => ({ id: 'v' }));
		page++;
		return { statusCode: 200, body: { data, has_more: true, next_token: cursor(page) }, repeated: false, answeredAt: 0 };
	};
}

const listVideos = (send: () => Promise<ApiReply>) => async () =>
	await readPages(send, { method: 'GET', path: '/v3/videos', doing: 'list the videos' }, { max: 100, of: 'videos' }, Infinity);

function startedBy(items: number[]): StartedList {
	const journal = new Journal({ logger: { info: () => {}, warn: () => {} } }, 'Node');
	return new StartedList([], [{ what: 'a batch', items, callbackIds: items.map(() => 'n8n-12345-0') }], journal);
}

const reading = (problem: string | undefined) => () => {
	throw new Error(problem);
};

/** The editor's names of fields do not matter here. */
const NO_NAMES: ReadonlyMap<string, string> = new Map();

/** What a user can do to meet a large number, and how it must be written. */
const PROVOKED: Array<[what: string, provoke: () => unknown, written: string[]]> = [
	['a script', () => checkBody(avatarVideo, { type: 'avatar', avatar_id: 'a', script: 'x'.repeat(12_345) }, NO_NAMES), ['5,000', '12,345']],
	['a row', () => checkBody(newBrandGlossary, { name: 'N', terms: [...Array<IDataObject>(1_233).fill({ term: 't', translation: 't' }), { term: 't' }] }, NO_NAMES), ['→ 1,234']],
	['rows that are wrong', () => checkBody(newBrandGlossary, { name: 'N', terms: Array<IDataObject>(1_235).fill({ term: 't' }) }, NO_NAMES), ['1,234 more fields']],
	['files', () => checkBody(assetInputs(AGENT_FILE, 1_000), Array(1_234).fill({ url: 'https://e.com/a.png' }) as never, NO_NAMES), ['1,000', '1,234']],
	['the least number', reading(readNumber(1, { min: 1_000 }).problem), ['of 1,000 or more']],
	['the range of a number', reading(readNumber(1, { min: 1_000, max: 20_000 }).problem), ['from 1,000 to 20,000']],
	['the bound of a number', reading(readNumber(1, { above: 1_000 }).problem), ['above 1,000']],
	['an entry of a list', reading(readIds([...Array<string>(1_233).fill('v'), 'a"b'], ['video_id']).problem), ['(entry 1,234)']],
	['ids for one', reading(readId(Array<string>(1_234).fill('v'), ['video_id']).problem), ['1,234 were given']],
	['the length of an id', reading(readId('x'.repeat(1_234), ['video_id']).problem), ['1,234 characters']],
	['the size of a file', () => checkFile(file, { ...inspected, size: 1_234_567_890_000 }, RENDER_IMAGE), ['1,177,375.7 MB']],
	['the sides of a picture', () => checkFile(file, { ...inspected, facts: { width: 12_345, height: 6_789 } }, RENDER_IMAGE), ['12,345 x 6,789', '2,048']],
	['the length of a recording', () => checkFile(file, { ...inspected, format: MP3, facts: { seconds: 3_600.5 } }, SPEECH), ['3,601 seconds']],
	[
		'the bytes of an upload',
		() => checkedSlot({ asset_id: 'a', upload_url: 'https://e.com', max_bytes: 12_345 }, { name: 'a.png', size: 67_890 } as ReadyFile),
		['12,345', '67,890 bytes'],
	],
	['an entry of an answer', () => recordsIn([...Array<IDataObject>(1_233).fill({}), null], 'list the videos'), ['entry 1,234']],
	['records that came', listVideos(listOf(1_234, () => null)), ['1,234 records']],
	['records before a cursor that comes again', listVideos(listOf(1_234, () => 'same')), ['2,468 records']],
	['pages', listVideos(listOf(0, String)), ['10,000 pages']],
	[
		'items that share a key',
		() => {
			const checkpoint = new Checkpoint(false);
			for (const item of indexes(1_233, 12)) checkpoint.claim('k', String(item), item);
			checkpoint.checkClaim('k', 'k');
		},
		['items 1,234 to 1,243 and more'],
	],
	['items that are in doubt', reading(startedBy(indexes(1_233, 1_500)).summary([]).join(' ')), ['items 1,234 to 2,733', '1,497 more']],
	['an item', reading(toNodeError(NODE, new EngineError('It failed', ''), 1_233).message), ['(item 1,234)']],
	[
		'a tolerance',
		() => {
			const rawBody = Buffer.from('{}');
			const signature = createHmac('sha256', 's').update(rawBody).digest('hex');
			const headers = { 'heygen-signature': signature, 'heygen-timestamp': '1' };
			const verdict = verifyDelivery({ headers, rawBody }, 's', 3_600, 1_780_000_000_000);
			if (!verdict.genuine) throw new Error(verdict.reason);
		},
		['3,600 seconds'],
	],
];

/** Text without what was given or sent, and without the callback IDs, which are no numbers. */
function ownWords(text: string): string {
	return text.replace(/"[^"]*"/g, '').replace(/n8n-\d+-\d+/g, '');
}

it.each(PROVOKED)('a message writes %s as people do', async (_what, provoke, written) => {
	const words = ownWords(await wordsOf(provoke));
	expect(words).not.toMatch(/\d{4}/);
	for (const number of written) expect(words).toContain(number);
});

it('what the editor says about a parameter does so as well', () => {
	const texts = nodes.flatMap(({ description }) =>
		description.properties.flatMap(leaves).flatMap(({ property }) => [property.description ?? '', property.hint ?? '']),
	);
	expect(texts.filter((text) => /\b\d{4,}\b/.test(text))).toEqual([]);
});

/** Numbers that are names, and texts that nobody reads. */
const NO_AMOUNTS: readonly RegExp[] = [/^(reply\.)?statusCode$/, /^failed$/];

/** All numbers that the engine and its knowledge of HeyGen put into sentences as JavaScript writes them. */
function bareNumbers(): string[] {
	const config = ts.getParsedCommandLineOfConfigFile(path.join(PROJECT, 'tsconfig.json'), {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} });
	const files = [...sourceFiles('nodes/engine'), ...sourceFiles('nodes/heygen')].map((name) => path.join(PROJECT, name));
	const program = ts.createProgram(files, config?.options ?? {});
	const checker = program.getTypeChecker();
	const isNumber = (type: ts.Type): boolean => (type.isUnion() ? type.types.some(isNumber) : (type.flags & ts.TypeFlags.NumberLike) !== 0);
	const found: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isTemplateExpression(node) && /[a-z] | [a-z]/.test([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join(''))) {
			for (const { expression } of node.templateSpans) {
				const text = expression.getText();
				if (!NO_AMOUNTS.some((name) => name.test(text)) && isNumber(checker.getTypeAtLocation(expression))) found.push(`${text} in ${node.getText()}`);
			}
		}
		ts.forEachChild(node, visit);
	};
	for (const name of files) visit(program.getSourceFile(name) as ts.SourceFile);
	return found;
}

it('no sentence of the engine holds a number that is not written so', () => {
	expect(bareNumbers()).toEqual([]);
});
