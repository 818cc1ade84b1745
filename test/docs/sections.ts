/** Parts of the documents that a program writes, each between two comments that readers do not see. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The project's folder. */
export const PROJECT = path.resolve(__dirname, '..', '..');

/** A part of a document that is written from the code. */
export interface Section {
	/** The document, from the project's folder on. */
	file: string;
	/** The name in its comments. */
	name: string;
	/** What belongs between them. */
	text: string;
}

/**
 * A document as it stands.
 *
 * @param file from the project's folder on
 */
export function documentText(file: string): string {
	return readFileSync(path.join(PROJECT, file), 'utf8');
}

function frame(name: string): { head: string; foot: string } {
	return { head: `<!-- ${name}: written by \`npm run docs\` -->`, foot: `<!-- end of ${name} -->` };
}

/**
 * What stands in a document's section.
 *
 * @param file the document, from the project's folder on
 * @param name the section
 * @throws Error when the document has no such section
 */
export function sectionIn(file: string, name: string): string {
	return split(file, name).inside.trim();
}

/**
 * Writes a section into its document.
 *
 * @param section the section
 * @returns whether the document has changed
 * @throws Error when the document has no such section
 */
export function writeSection({ file, name, text }: Section): boolean {
	const { before, inside, after } = split(file, name);
	const wanted = `\n\n${text}\n\n`;
	if (inside === wanted) return false;
	writeFileSync(path.join(PROJECT, file), before + wanted + after);
	return true;
}

function split(file: string, name: string): { before: string; inside: string; after: string } {
	const text = documentText(file);
	const { head, foot } = frame(name);
	const start = text.indexOf(head);
	const end = text.indexOf(foot);
	if (start < 0 || end < start) throw new Error(`${file} has no section between ${head} and ${foot}`);
	const inside = start + head.length;
	return { before: text.slice(0, inside), inside: text.slice(inside, end), after: text.slice(end) };
}

/**
 * A Markdown table.
 *
 * @param head its titles
 * @param rows its cells
 */
export function table(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
	const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
	return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

/**
 * The cells of all tables in a text, without their heads.
 *
 * @param text Markdown
 */
export function cellsIn(text: string): string[][] {
	const lines = text.split('\n');
	const isHead = (at: number) => /^\|(\s*:?-+:?\s*\|)+$/.test(lines[at + 1] ?? '');
	const isRow = (line: string, at: number) => line.startsWith('|') && !isHead(at) && !isHead(at - 1);
	const cells = (line: string) => line.slice(1, line.lastIndexOf('|')).split(/(?<!\\)\|/);
	return lines.filter(isRow).map((line) => cells(line).map((cell) => cell.trim().replaceAll('\\|', '|')));
}
