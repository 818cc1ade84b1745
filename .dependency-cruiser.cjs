/**
 * Which room of `nodes/` may import which: only those further down this list, never up and never in a circle. Types
 * count as much as values. docs/architecture.md says what each room is for.
 */
const ROOMS = [
	['the node files', '^nodes/HeyGen'],
	['declare', '^nodes/declare/'],
	['fields', '^nodes/fields/'],
	['operations and triggers', '^nodes/engine/(operations|triggers)/'],
	['jobs', '^nodes/engine/jobs/'],
	['files', '^nodes/engine/files/[^/]+$'],
	['files/media', '^nodes/engine/files/media/'],
	['item', '^nodes/engine/item/'],
	['request', '^nodes/engine/request/[^/]+$'],
	['request/pacing', '^nodes/engine/request/pacing/'],
	['basics', '^nodes/engine/basics/'],
	['heygen', '^nodes/heygen/'],
];

const upward = ROOMS.slice(1).map(([name, room], index) => ({
	name: `${name} looks up`.replaceAll(/[ /]/g, '-'),
	severity: 'error',
	comment: `Imports go down the list of rooms. Above ${name}: ${ROOMS.slice(0, index + 1).map(([other]) => other).join(', ')}.`,
	from: { path: room },
	to: { path: ROOMS.slice(0, index + 1).map(([, other]) => other) },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
	forbidden: [
		...upward,
		{
			name: 'circle',
			severity: 'error',
			comment: 'No file may need itself to be understood.',
			from: {},
			to: { circular: true },
		},
		{
			name: 'node-file-reaches-into-the-engine',
			severity: 'error',
			comment: 'A node file says what an operation is. How requests run, jobs are waited for and files move is not its business.',
			from: { path: '^nodes/HeyGen' },
			to: { path: '^nodes/engine/(request|jobs|files)/' },
		},
		{
			name: 'operations-and-triggers-are-apart',
			severity: 'error',
			comment: 'What both need is in a room below them.',
			from: { path: '^nodes/engine/(operations|triggers)/' },
			to: { path: '^nodes/engine/(operations|triggers)/', pathNot: '^nodes/engine/$1/' },
		},
		{
			name: 'file-in-no-room',
			severity: 'error',
			comment: 'Every file of nodes/ is in one of the rooms.',
			from: { path: '^nodes/', pathNot: ROOMS.map(([, room]) => room) },
			to: {},
		},
		{
			name: 'file-that-nobody-imports',
			severity: 'error',
			comment: 'n8n loads the node files; all others are there for somebody.',
			from: { orphan: true, path: '^nodes/', pathNot: '\\.node\\.ts$' },
			to: {},
		},
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		exclude: { path: 'node_modules' },
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.json' },
		reporterOptions: {
			archi: { collapsePattern: '^nodes/(HeyGen[^/]+|declare|fields|heygen|engine/(basics|item|jobs|operations|triggers)|engine/request/pacing|engine/request|engine/files/media|engine/files)' },
		},
	},
};
