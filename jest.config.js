/** One transform for all: types are checked by `npm run typecheck`, not anew by every test run. */
const shared = {
	testEnvironment: 'node',
	transform: { '^.+\\.ts$': ['ts-jest', { diagnostics: false }] },
};

/** The files of one process share n8n, which takes long to load. */
const withN8n = {
	...shared,
	testEnvironment: '<rootDir>/test/jest/environment.ts',
	setupFiles: ['<rootDir>/test/jest/shareN8n.ts'],
	setupFilesAfterEnv: ['<rootDir>/test/jest/noLeaks.ts'],
	globalSetup: '<rootDir>/test/jest/folders.ts',
	globalTeardown: '<rootDir>/test/jest/removeFolders.ts',
};

/** @type {import('jest').Config} */
module.exports = {
	projects: [
		{ ...withN8n, displayName: 'unit', testMatch: ['<rootDir>/test/unit/**/*.test.ts'] },
		{ ...withN8n, displayName: 'engine', testMatch: ['<rootDir>/test/engine/**/*.test.ts'] },
		{ ...shared, displayName: 'package', testMatch: ['<rootDir>/test/package/**/*.test.ts'] },
		{
			...shared,
			displayName: 'n8n',
			testMatch: ['<rootDir>/test/n8n/**/*.test.ts'],
			globalSetup: '<rootDir>/test/jest/prepareN8n.ts',
		},
	],
	// Much of a test's time is waiting, so that one process would leave a core idle.
	maxWorkers: 2,
	testTimeout: 60_000,
};
