import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isSafe } from 'redos-detector';
import ts from 'typescript';

import { PROJECT, sourceFiles } from './support/walk';

/**
 * Every regular expression takes time that grows with the text, not with its square or worse: most of them meet texts,
 * file names, headers and files of strangers, and a long one would keep n8n from all other work. The detector counts the
 * ways in which an expression can match the same text; a bound on them that holds for every text makes it linear. It is
 * stricter than it has to be: what it refuses may be harmless, and is then written in a way that shows it.
 */

interface Found {
	/** As in the source: "/a+/g". */
	text: string;
	file: string;
}

function expressionsIn(file: string): { literals: Found[]; made: Found[] } {
	const source = ts.createSourceFile(file, readFileSync(path.join(PROJECT, file), 'utf8'), ts.ScriptTarget.ES2022, true);
	const literals: Found[] = [];
	const made: Found[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isRegularExpressionLiteral(node)) literals.push({ text: node.text, file });
		const isCall = ts.isNewExpression(node) || ts.isCallExpression(node);
		if (isCall && node.expression.getText(source) === 'RegExp') made.push({ text: node.getText(source), file });
		ts.forEachChild(node, visit);
	};
	visit(source);
	return { literals, made };
}

/** Ways to match one text, at most; expressions with many words in them have some dozens. */
const MAX_WAYS = 60;

function isLinear(expression: RegExp): boolean {
	return isSafe(expression, { maxScore: MAX_WAYS, maxSteps: 20_000 }).safe;
}

const found = [...sourceFiles('nodes'), ...sourceFiles('credentials')].map(expressionsIn);
const literals = found.flatMap((file) => file.literals);

it('finds them', () => {
	expect(literals.length).toBeGreaterThan(40);
});

it.each([...new Set(literals.map(({ text }) => text))])('%s is linear', (text) => {
	const end = text.lastIndexOf('/');
	expect(isLinear(new RegExp(text.slice(1, end), text.slice(end + 1)))).toBe(true);
});

it('none is put together at run time, where no one can judge it', () => {
	expect(found.flatMap((file) => file.made)).toEqual([]);
});

describe('the detector', () => {
	it.each([
		/^\s*\d+\s*[\r\n]+\s*\d{1,2}:/,
		/\/+$/,
		/[.\s]+$/,
		/\0+$/,
		/^\d+\.?\d*$/,
		/(a+)+$/,
		/<!--[^>]*-->/,
		/\bfoo.*bar/,
		/^\s*\s*x/,
	])('refuses %s', (expression) => {
		expect(isLinear(expression)).toBe(false);
	});
});
