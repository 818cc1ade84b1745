// Loaded into n8n's main process before n8n itself. The standard input is a pipe that the test process holds open:
// it closes when that process ends in whatever way, and then nobody is left to stop this server.
const { rmSync, writeFileSync } = require('node:fs');
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');
const { isMainThread } = require('node:worker_threads');

// n8n's worker threads load this file too; their standard input is another one.
if (isMainThread) {
	process.stdin.on('close', () => {
		const folder = process.env.HEYGEN_SUITE_REMOVE_FOLDER;
		if (folder) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
		// n8n leads a process group of its own; its helper processes are in it.
		process.kill(-process.pid, 'SIGKILL');
	});
	process.stdin.resume();
	process.stdin.unref();
	// What n8n has in use, and not what V8 has not collected yet: written whenever the tests ask by this signal.
	process.on('SIGUSR2', () => {
		setFlagsFromString('--expose-gc');
		runInNewContext('gc')();
		const { heapUsed, external } = process.memoryUsage();
		const file = process.env.HEYGEN_SUITE_MEMORY_FILE;
		if (file) writeFileSync(file, String(heapUsed + external));
	});
}
