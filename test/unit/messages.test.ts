import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

import { N8N_ERROR_TOKENS } from './support/simulation/n8nTokens';
import { PROJECT, sourceFiles } from './support/walk';

/** What users read must reach them: n8n replaces a message that holds one of its tokens, even inside a word. */

/** All texts of a source file that are sentences or parts of one, i.e. have a blank in them. */
function sentences(file: string): string[] {
	const source = ts.createSourceFile(file, readFileSync(path.join(PROJECT, file), 'utf8'), ts.ScriptTarget.ES2022, true);
	const found: string[] = [];
	const visit = (node: ts.Node): void => {
		const isText = ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
		if (isText && /\S\s+\S/.test(node.text)) found.push(node.text);
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}

const texts = [...sourceFiles('nodes'), ...sourceFiles('credentials')].flatMap((file) =>
	sentences(file).map((text) => ({ file, text })),
);

it('finds texts', () => {
	expect(texts.length).toBeGreaterThan(100);
});

it.each(N8N_ERROR_TOKENS)('holds no %s', (token) => {
	expect(texts.filter(({ text }) => text.toUpperCase().includes(token))).toEqual([]);
});
