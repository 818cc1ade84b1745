const { spawnSync } = require('child_process');
const { rmSync } = require('fs');
const path = require('path');
const { dest, parallel, series, src } = require('gulp');

/** Removes the last build, so that no file without a source stays in it. */
async function clean() {
	rmSync(path.join(__dirname, 'dist'), { recursive: true, force: true });
}

/** TypeScript to dist/nodes and dist/credentials. */
async function compile() {
	const tsc = require.resolve('typescript/bin/tsc');
	const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], {
		cwd: __dirname,
		stdio: 'inherit',
	});
	if (status !== 0) throw new Error('TypeScript found mistakes');
}

/** Drawings, which nodes and credentials name by relative paths. */
function icons() {
	return src('icons/*.svg').pipe(dest('dist/icons'));
}

/** What n8n reads beside a node file: its catalogue entry and the schemas of its outputs. */
function besideNodes() {
	return src(['nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json']).pipe(dest('dist/nodes'));
}

exports.build = series(clean, parallel(compile, icons, besideNodes));
