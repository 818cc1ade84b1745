import fc from 'fast-check';

import { EngineError } from '../../../nodes/engine/basics/errors';
import { checkProject } from '../../../nodes/engine/files/projectArchive';
import { type ProjectFile, projectPaths } from '../../../nodes/engine/files/projectFiles';

/** Where the files of a project lie, by what n8n knows of them; and archives of projects that people bring. */

const PARAMETER = 'Project Binary Fields';

/** "folder|name", in the fields data0, data1 and so on. */
function filesOf(given: readonly string[]): ProjectFile[] {
	return given.map((text, index) => {
		const [directory, name] = text.includes('|') ? (text.split('|') as [string, string]) : [undefined, text];
		return { field: `data${index}`, name, ...(directory === undefined ? {} : { directory }) };
	});
}

const pathsOf = (given: readonly string[], entry = 'index.html') => projectPaths(filesOf(given), entry, PARAMETER);

/** The words of a refusal, without the parameter that each of them begins with. */
function refusal(work: () => unknown, label = `'${PARAMETER}'`): { message: string; advice: string } {
	try {
		work();
	} catch (error) {
		expect(error).toBeInstanceOf(EngineError);
		const { message, advice, kind } = error as EngineError;
		expect(kind).toBe('input');
		expect(message.startsWith(label)).toBe(true);
		expect(advice).toMatch(/\.$/);
		return { message: message.slice(label.length).replace(/^:? /, ''), advice };
	}
	throw new Error('Nothing was refused');
}

const problemOf = (given: readonly string[], entry?: string) => refusal(() => pathsOf(given, entry)).message;

describe('finds the path within the project', () => {
	it.each<[string, string[], string[]]>([
		['of one page', ['index.html'], ['index.html']],
		['of files without folders', ['logo.png', 'index.html'], ['logo.png', 'index.html']],
		[
			'of files from a disk',
			['/home/ada/project/assets|logo.png', '/home/ada/project|index.html', '/home/ada/project/assets/fonts|a.woff2'],
			['assets/logo.png', 'index.html', 'assets/fonts/a.woff2'],
		],
		[
			'of files from Windows',
			['C:\\Users\\Ada\\project|index.html', 'c:\\Users\\Ada\\project\\assets|logo.png', 'C:/Users/Ada/project|a.css'],
			['index.html', 'assets/logo.png', 'a.css'],
		],
		['of files from the root of a drive', ['C:\\|index.html', 'C:\\assets|logo.png'], ['index.html', 'assets/logo.png']],
		['of files from a share', ['\\\\server\\share\\p|index.html', '\\\\server\\share\\p\\a|b.png'], ['index.html', 'a/b.png']],
		['of files from the root of a disk', ['/|index.html', '/assets|logo.png'], ['index.html', 'assets/logo.png']],
		['of folders that end in a slash', ['/project/|index.html', '/project/assets/|logo.png'], ['index.html', 'assets/logo.png']],
		['of folders with detours', ['/home/./ada/x/../project|index.html', '/home/ada//project/assets|logo.png'], ['index.html', 'assets/logo.png']],
		['of folders relative to that of n8n', ['../project|index.html', '../project/assets|logo.png'], ['index.html', 'assets/logo.png']],
		['of an archive that n8n has unpacked', ['index.html', 'assets|logo.png'], ['index.html', 'assets/logo.png']],
		['of an archive of a folder that n8n has unpacked', ['project/assets|logo.png', 'project|index.html'], ['assets/logo.png', 'index.html']],
		['of names that are paths', ['index.html', 'assets/logo.png', './a.css', 'fonts\\b.woff2'], ['index.html', 'assets/logo.png', 'a.css', 'fonts/b.woff2']],
		['of names that are paths from one folder on', ['project/index.html', 'project/assets/logo.png'], ['index.html', 'assets/logo.png']],
		['of names from the root on', ['/index.html', '/assets/logo.png', 'a.css'], ['index.html', 'assets/logo.png', 'a.css']],
		['of names that are whole paths', ['/data/p/index.html', '/data/p/assets/logo.png'], ['index.html', 'assets/logo.png']],
		['of names that are whole paths on Windows', ['D:\\p\\index.html', 'd:\\p\\a\\b.png'], ['index.html', 'a/b.png']],
		[
			'by a name that is a path, and not by the folder',
			['/home/ada/project|index.html', '/home/ada/project/assets|assets/logo.png', '/srv/icons|assets/icon.svg'],
			['index.html', 'assets/logo.png', 'assets/icon.svg'],
		],
		['of what a node has made, beside files from a disk', ['/home/ada/project|index.html', 'data.json'], ['index.html', 'data.json']],
		['of the shallowest page', ['/p/pages|index.html', '/p|index.html', '/p/pages|logo.png'], ['pages/index.html', 'index.html', 'pages/logo.png']],
		['of a page from a node, and files of one folder', ['index.html', '/data/images|a.png', '/data/images|b.png'], ['index.html', 'a.png', 'b.png']],
		['of a page from a node, and files from the web', ['index.html', 'https://e.com/x/logo.png|logo.png', 'https://f.org/y/my%20song.mp3|my%20song.mp3'], ['index.html', 'logo.png', 'my song.mp3']],
		['of a page from a disk, and files from the web', ['/data/p|index.html', 'https://e.com/x/logo.png|logo.png'], ['index.html', 'logo.png']],
		['of a page from a disk, named with its folder, and files from there', ['/data/p/index.html', '/data/p/assets|a.png', '/data/p/fonts|b.woff'], ['index.html', 'assets/a.png', 'fonts/b.woff']],
		[
			'of a whole project from the web',
			['https://e.com/p/index.html?v=1|index.html', 'https://e.com/p/my%20assets/logo%C3%BC.png|logo%C3%BC.png'],
			['index.html', 'my assets/logoü.png'],
		],
		['of downloads whose address says nothing', ['https://e.com/d?id=7|index.html', 'https://f.org/9c2a|logo.png'], ['index.html', 'logo.png']],
		['of an address with a slash or nonsense in a name', ['https://e.com/index.html|index.html', 'https://e.com/a%2Fb.png|a%2Fb.png', 'https://e.com/100%.png|100%.png'], ['index.html', 'a%2Fb.png', '100%.png']],
		['of names with blanks and letters of all kinds', ['index.html', 'my assets/ünï 日本 😀.png', '...dots', '.hidden'], ['index.html', 'my assets/ünï 日本 😀.png', '...dots', '.hidden']],
		['of files whose folder is blank', [' |index.html', '|logo.png'], ['index.html', 'logo.png']],
	])('%s', (_what, given, paths) => {
		expect(pathsOf(given)).toEqual(paths);
		// The order of the files does not matter.
		expect(pathsOf([...given].reverse())).toEqual([...paths].reverse());
	});

	it('by another entry file, in the root or in a folder', () => {
		expect(pathsOf(['/p|intro.html', '/p/a|b.png', '/p/x|index.html'], 'intro.html')).toEqual(['intro.html', 'a/b.png', 'x/index.html']);
		expect(pathsOf(['/p/scenes|intro.html', '/p/a|b.png', '/p|index.html'], './scenes\\intro.html')).toEqual(['scenes/intro.html', 'a/b.png', 'index.html']);
	});

	it('of any folder on a disk, wherever that folder lies', () => {
		const part = fc.stringMatching(/^[a-z0-9 _-]{1,6}$/).filter((text) => text.trim() !== '');
		fc.assert(
			fc.property(
				fc.array(part, { maxLength: 4 }),
				fc.uniqueArray(fc.tuple(fc.array(part, { maxLength: 3 }), part).map(([folders, name]) => [...folders, `${name}.png`].join('/')), { maxLength: 6 }),
				fc.constantFrom('/', 'C:/'),
				fc.boolean(),
				(root, paths, start, isWindows) => {
					const all = ['index.html', ...paths];
					const files = all.map((path) => {
						const folders = [...root, ...path.split('/')];
						const name = folders.pop() as string;
						const directory = `${start}${folders.join('/')}`;
						return { field: path, name, directory: isWindows ? directory.replaceAll('/', '\\') : directory };
					});
					expect(projectPaths(files, 'index.html', PARAMETER)).toEqual(all);
				},
			),
		);
	});
});

describe('refuses', () => {
	it.each<[string, string[], string]>([
		['nothing', [], 'has no files'],
		['no entry file', ['page.html', '/p|logo.png'], 'has no file "index.html", only "page.html" (binary field data0), "/p/logo.png" (binary field data1)'],
		[
			'no entry file among many',
			Array.from({ length: 1_240 }, (_, at) => `${at}.png`),
			'has no file "index.html", only "0.png" (binary field data0), "1.png" (binary field data1), "2.png" (binary field data2), "3.png" (binary field data3), "4.png" (binary field data4) and 1,235 more',
		],
		['an entry file in capitals', ['Index.HTML', 'logo.png'], 'has no file "index.html", but "Index.HTML" (binary field data0)'],
		['an entry file of the old kind', ['logo.png', 'C:\\p|index.htm'], 'has no file "index.html", but "c:/p/index.htm" (binary field data1)'],
		['another file that ends like the entry file', ['my-index.html'], 'has no file "index.html", only "my-index.html" (binary field data0)'],
		['the field as a name', ['data'], 'has no file "index.html", only "data" (binary field data0)'],
		[
			'a file outside',
			['/home/ada/project|index.html', '/home/ada/pictures|logo.png', '/home/ada/project2|a.png'],
			'"/home/ada/pictures/logo.png" (binary field data1), "/home/ada/project2/a.png" (binary field data2) lie outside of the folder that "index.html" is in, "/home/ada/project"',
		],
		['a file on another drive', ['C:\\p|index.html', 'D:\\p|a.png'], '"d:/p/a.png" (binary field data1) lies outside of the folder that "index.html" is in, "c:/p"'],
		['a file on another site', ['https://e.com/p/index.html|index.html', 'https://f.org/p/a.png|a.png'], '"https://f.org/p/a.png" (binary field data1) lies outside of the folder that "index.html" is in, "https://e.com/p"'],
		['a path that leads out', ['index.html', '../logo.png'], '"../logo.png" (binary field data1) lies outside of the folder that "index.html" is in'],
		['a path that leads out on its way', ['/p|index.html', 'a/../../logo.png'], '"../logo.png" (binary field data1) lies outside of the folder that "index.html" is in, "/p"'],
		['a path beside the folder', ['project/index.html', 'assets/logo.png'], '"assets/logo.png" (binary field data1) lies outside of the folder that "project/index.html" is in, "project"'],
		['two projects', ['/a|index.html', '/b|index.html'], '"/b/index.html" (binary field data1) lies outside of the folder that "index.html" is in, "/a"'],
		[
			'files of several folders, when the page is in none',
			['index.html', '/data/images|a.png', '/data/fonts|b.woff'],
			'"/data/images/a.png" (binary field data1) and "/data/fonts/b.woff" (binary field data2) lie in different folders, but "index.html" lies in neither, so their places in the project are not known',
		],
		['two files with one path', ['index.html', 'a.png', './a.png'], 'the binary fields "data1" and "data2" hold files with the same path in the project, "a.png"'],
		['two pages', ['index.html', '/p|index.html'], 'the binary fields "data0" and "data1" hold files with the same path in the project, "index.html"'],
		[
			'a file that has the name of a folder',
			['index.html', 'assets/img/logo.png', 'assets'],
			'the file "assets" of the binary field "data2" has the name of the folder that holds "assets/img/logo.png" of the field "data1"',
		],
		['no name', ['index.html', ' \u200b'], 'the file in the binary field "data1" has no name'],
		['a folder', ['index.html', 'assets/'], 'the file in the binary field "data1" has the name "assets/", which is that of a folder'],
		['dots', ['index.html', '..'], 'the file in the binary field "data1" has the name "..", which is that of a folder'],
		['dots at the end', ['index.html', 'a\\.'], 'the file in the binary field "data1" has the name "a\\.", which is that of a folder'],
		['a drive', ['index.html', 'C:logo.png'], 'the file in the binary field "data1" has the name "C:logo.png", which is no path'],
		['an address', ['index.html', 'https://e.com/a.png'], 'the file in the binary field "data1" has the name "https://e.com/a.png", which is no path'],
		['control characters', ['index.html', 'a\0.png'], 'the file in the binary field "data1" has the name "a\ufffd.png", with characters that a file\'s name cannot have'],
		['half a character', ['index.html', 'a\ud83d.png'], 'the file in the binary field "data1" has the name "a\ufffd.png", with characters that a file\'s name cannot have'],
	])('%s', (_what, given, problem) => {
		expect(problemOf(given)).toBe(problem);
	});

	it('with the name of the entry file that was chosen', () => {
		expect(refusal(() => pathsOf(['index.html'], 'scenes/intro.html'))).toEqual({
			message: 'has no file "scenes/intro.html", only "index.html" (binary field data0)',
			advice: 'A project has the file "scenes/intro.html" in its root: name the page that is to be rendered so.',
		});
	});
});

describe('an archive of a project', () => {
	const LABEL = `'${PARAMETER}': "project.zip"`;
	const check = (names: string[], entry = 'index.html', isEncrypted = false) => checkProject(LABEL, { names, isEncrypted }, entry);

	it.each<[string, string, string[]]>([
		['with the page in its root', 'index.html', ['assets/', 'assets/logo.png', 'index.html']],
		['of tar', 'index.html', ['./', './index.html']],
		['from the root of a disk', 'index.html', ['/index.html']],
		['from macOS', 'index.html', ['index.html', '__MACOSX/._index.html', '.DS_Store']],
		['with other pages', 'index.html', ['pages/index.html', 'index.html', 'Index.html']],
		['with another page', 'scenes/intro.html', ['scenes/intro.html']],
		['with another page in its root', './intro.html', ['intro.html']],
	])('is fine %s', (_what, entry, names) => {
		expect(() => check(names, entry)).not.toThrow();
	});

	it('is fine when nobody can tell what is in it', () => {
		expect(() => checkProject(LABEL, undefined, 'index.html')).not.toThrow();
	});

	it.each<[string, string[], string, string]>([
		[
			'packed with its folder',
			['project/', 'project/index.html', 'project/a.png', '__MACOSX/project/._index.html'],
			'has the file "index.html" not in its root, but in the folder "project"',
			'Zip what is in the folder "project", not the folder itself.',
		],
		[
			'packed with several folders',
			['a/b/old/index.html', 'a/b/index.html'],
			'has the file "index.html" not in its root, but in the folder "a/b"',
			'Zip what is in the folder "a/b", not the folder itself.',
		],
		[
			'with a page in capitals',
			['INDEX.html', 'project/index.html'],
			'has no file "index.html" in its root, but "INDEX.html"',
			'HeyGen looks for exactly "index.html", letter by letter. Rename the file, and make the archive anew.',
		],
		[
			'without its page',
			['main.html', 'a/1.png', 'a/2.png', '.DS_Store', 'index.html/', 'b/', 'my-index.html'],
			'has no file "index.html" in its root, only "main.html", "a/", "my-index.html"',
			'A project is an archive with the file "index.html" in its root: name the page that is to be rendered so, and make the archive anew.',
		],
		['with folders only', ['a/', '__MACOSX/a/._b', 'a/.DS_Store'], 'holds no files', 'A project is an archive with the file "index.html" in its root.'],
		['without anything', [], 'holds no files', 'A project is an archive with the file "index.html" in its root.'],
	])('is refused %s', (_what, names, message, advice) => {
		expect(refusal(() => check(names), LABEL)).toEqual({ message, advice });
	});

	it('is refused with a password', () => {
		expect(refusal(() => check(['index.html'], 'index.html', true), LABEL).message).toBe('is protected by a password');
	});
});
