import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

import { documentText, PROJECT } from '../../docs/sections';

/** What the documents refer to is there: files, headings, commands, and what a file is said to hold. */

/** Folders of others' files. */
const FOREIGN = /^(node_modules|dist|\.git)$/;

function filesBelow(folder: string): string[] {
	return readdirSync(path.join(PROJECT, folder), { withFileTypes: true }).flatMap((entry) => {
		const file = path.posix.join(folder, entry.name);
		if (FOREIGN.test(entry.name)) return [];
		return entry.isDirectory() ? filesBelow(file) : [file];
	});
}

const files = filesBelow('');
const fileNames = new Set(files.map((file) => path.basename(file)));
const documents = files.filter((file) => file.endsWith('.md'));

/** A document without its fenced blocks. */
const prose = (file: string) => documentText(file).replaceAll(/^```[^]*?^```/gm, '');

/** Headings as GitHub makes addresses of them. */
function anchorsIn(file: string): string[] {
	return [...prose(file).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
		(heading as string).toLowerCase().replaceAll(/[^\w\- ]/g, '').replaceAll(' ', '-'),
	);
}

it('finds the documents', () => {
	expect(documents).toEqual(expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'docs/architecture.md', 'docs/invariants.md']));
});

describe.each(documents)('%s', (file) => {
	/** Pieces in backticks, word by word. */
	const words = [...prose(file).matchAll(/`([^`\n]+)`/g)].flatMap(([, code]) => (code as string).split(/\s+/));

	it('links to files and headings that are there', () => {
		const links = [...prose(file).matchAll(/\]\((?!https?:)([^)]+)\)/g)].map(([, target]) => target as string);
		const dead = links.filter((link) => {
			const [target = '', anchor] = link.split('#');
			const found = target === '' ? file : path.posix.join(path.posix.dirname(file), target);
			if (!existsSync(path.join(PROJECT, found))) return true;
			return anchor !== undefined && !anchorsIn(found).includes(anchor);
		});
		expect(dead).toEqual([]);
	});

	it('names files and folders that are there', () => {
		expect(words.filter(isDeadPath)).toEqual([]);
	});

	it('names commands that package.json has', () => {
		const { scripts } = JSON.parse(documentText('package.json')) as { scripts: object };
		const named = [...documentText(file).matchAll(/\bnpm run ([\w:]+)/g)].map(([, script]) => script as string);
		expect(named.filter((script) => !(script in scripts))).toEqual([]);
	});

	it('says of files only what they hold', () => {
		const said = [...prose(file).matchAll(/`(\w+)` in\s+`([\w./]+\.\w+)`/g)].map(([, name, place]) => ({ name, place }) as { name: string; place: string });
		const wrong = said.filter(({ name, place }) => {
			const found = placesOf(place).find((one) => existsSync(one));
			return found === undefined || !new RegExp(`\\b${name}\\b`).test(readFileSync(found, 'utf8'));
		});
		expect(wrong).toEqual([]);
	});
});

/** Where a path of the documents may begin. */
const placesOf = (word: string) => ['', 'nodes', 'test'].map((base) => path.join(PROJECT, base, word));

/** Endings of the project's files. */
const ENDING = /\.(ts|json|md|cjs|mjs|js|png|svg)$/;

/**
 * Whether a word is a path that leads nowhere. Words with placeholders are patterns, those that begin with a slash
 * addresses of the API. A word with a slash and no known ending is taken for a path when its first folder is there.
 */
function isDeadPath(word: string): boolean {
	if (!/^[\w.-]+(\/[\w.-]*)*$/.test(word)) return false;
	if (!word.includes('/')) return ENDING.test(word) && !/^\.\w+$/.test(word) && !fileNames.has(word);
	const begins = placesOf(word.split('/')[0] as string).some((place) => existsSync(place) && statSync(place).isDirectory());
	return (begins || ENDING.test(word)) && !placesOf(word).some((place) => existsSync(place));
}

it.each([
	['engine/http.ts', true],
	['nodes/engine/request/', false],
	['engine/request/send.ts', false],
	['engine/nowhere', true],
	['gone.ts', true],
	['index.ts', false],
	['application/json', false],
	['/v3/videos', false],
	['nodes/HeyGenVideo/<resource>/index.ts', false],
	['.jpg', false],
	['.dependency-cruiser.cjs', false],
	['created_at', false],
])('%s leads nowhere: %s', (word, expected) => {
	expect(isDeadPath(word)).toBe(expected);
});

it('the addresses of the README that the nodes and the credential hold lead to its headings', () => {
	const { homepage } = JSON.parse(documentText('package.json')) as { homepage: string };
	const page = homepage.replace(/#.*/, '');
	const holders = files.filter((file) => /^(nodes|credentials)\/.*\.(node\.json|ts)$/.test(file));
	const anchors = holders.flatMap((file) => documentText(file).split(page).slice(1).map((rest) => /^#([\w-]+)/.exec(rest)?.[1] ?? ''));
	expect(anchors.length).toBeGreaterThan(2);
	expect(anchors.filter((anchor) => anchor !== 'readme' && !anchorsIn('README.md').includes(anchor))).toEqual([]);
});

/** What npm's page of the package makes of the README: it turns relative links into those of a GitHub repository. */
it('package.json names the repository in the form in which npm finds it', () => {
	const { repository } = JSON.parse(documentText('package.json')) as { repository: { type: string; url: string } };
	expect(repository).toEqual({ type: 'git', url: expect.stringMatching(/^git\+https:\/\/github\.com\/[\w-]+\/[\w-]+\.git$/) as unknown });
});
