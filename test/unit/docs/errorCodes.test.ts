import { readFileSync } from 'node:fs';
import path from 'node:path';

import { adviceFor } from '../../../nodes/heygen/errors';
import { MEANINGS } from '../../docs/errors';
import { PROJECT } from '../../docs/sections';

/** The table of HeyGen's errors has a row for all that the code knows, under the right status. */

/** The names in a table of the code; the tables are nobody else's business, so they are not exported. */
function keysOf(file: string, name: string): string[] {
	const source = readFileSync(path.join(PROJECT, file), 'utf8');
	const [, body = ''] = new RegExp(`const ${name}\\b[^=]*= \\{\\n([^]*?)\\n\\};`).exec(source) ?? [];
	return [...body.matchAll(/^\t(\w+):/gm)].map(([, key]) => key as string);
}

const coded = MEANINGS.filter(({ codes }) => codes.length > 0);
const others = MEANINGS.filter(({ codes }) => codes.length === 0);

/** Codes that a row names in its words, beside which it has no advice of its own. */
const named = others.flatMap(({ status, meaning }) =>
	[...meaning.matchAll(/`(\w+)`(?: \((\d+)\))?/g)].map(([, code, other]) => ({ code: code as string, status: Number(other ?? status) })),
);

it('each code that has advice of its own has a row, and no row a code without', () => {
	const known = keysOf('nodes/heygen/errors.ts', 'ADVICE_BY_CODE');
	expect(known.length).toBeGreaterThan(10);
	expect(coded.flatMap(({ codes }) => codes).sort()).toEqual(known.sort());
});

it('each status that has advice of its own has a row for all other codes', () => {
	const known = keysOf('nodes/heygen/errors.ts', 'ADVICE_BY_STATUS');
	expect(known.length).toBeGreaterThan(5);
	const rows = others.map(({ status }) => String(status));
	expect(rows).toEqual([...new Set(rows)]);
	expect(rows.filter((status) => status !== '500').sort()).toEqual(known.sort());
});

it('codes that a row names in its words have the advice of that row', () => {
	expect(named.length).toBeGreaterThan(15);
	for (const { code, status } of named) expect([code, adviceFor(status, code)]).toEqual([code, adviceFor(status, '')]);
});

it('codes stand under the status that the engine takes them for', () => {
	const source = readFileSync(path.join(PROJECT, 'nodes/engine/request/judgeReply.ts'), 'utf8');
	const known = keysOf('nodes/engine/request/judgeReply.ts', 'STATUS_OF_CODE');
	expect(known.length).toBeGreaterThan(10);
	const rows = [...coded.flatMap(({ status, codes }) => codes.map((code) => ({ code, status }))), ...named];
	for (const code of known) {
		const status = Number(new RegExp(`^\\t${code}: (\\d+),`, 'm').exec(source)?.[1]);
		expect(rows).toContainEqual({ code, status });
	}
});
