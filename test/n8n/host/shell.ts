import { spawn } from 'node:child_process';

/** How a program is started by {@link run}. */
export interface RunOptions {
	/** Working directory. */
	cwd: string;
	/** Environment of the child; the caller's own unless given. */
	env?: NodeJS.ProcessEnv;
}

/** How much of a failed program's output its error repeats, in characters. */
const TAIL_LENGTH = 4_000;

/**
 * Runs a program to its end, quietly.
 *
 * @param command program, looked up in the PATH of `options.env`
 * @param args its arguments; no shell is involved
 * @returns what it wrote to standard output
 * @throws Error with the end of its output when it cannot be started or exits non-zero
 */
export async function run(command: string, args: string[], options: RunOptions): Promise<string> {
	return await new Promise((resolve, reject) => {
		const child = spawn(command, args, {
			cwd: options.cwd,
			env: options.env ?? process.env,
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		let stdout = '';
		let all = '';
		child.stdout.setEncoding('utf8').on('data', (text: string) => {
			stdout += text;
			all += text;
		});
		child.stderr.setEncoding('utf8').on('data', (text: string) => {
			all += text;
		});
		child.on('error', (error) => reject(new Error(`Cannot start ${command}: ${error.message}`)));
		child.on('close', (code, signal) => {
			if (code === 0) resolve(stdout);
			else {
				reject(
					new Error(
						`"${[command, ...args].join(' ')}" in ${options.cwd} ended with ${signal ?? `code ${String(code)}`}:\n${all.slice(-TAIL_LENGTH)}`,
					),
				);
			}
		});
	});
}

/**
 * @param error what was caught
 * @param code of an operating system error, e.g. `ENOENT`
 * @returns whether it is that error. Not by `instanceof`: in Jest, Node's own errors are of another realm
 */
export function hasCode(error: unknown, code: string): boolean {
	return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
