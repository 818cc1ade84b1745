/**
 * Measures the package in a real n8n against the sandbox and prints figures as ratios: `npm run bench`, or only some
 * scenarios: `npm run bench -- rateLimit waiting`.
 */
import { packOnce } from '../n8n/host/pack';
import { startSuite, withSandbox } from '../n8n/support/suite';
import { deliveries } from './deliveries';
import { downloads, loading } from './footprint';
import { jobLimit, rateLimit, waiting } from './limits';
import { pace } from './pace';
import { batches, lists } from './requests';
import { againstHttpRequest, expressions, overTls } from './speed';
import { printTable, type Row } from './table';
import { uploads } from './uploads';
import { sleeping, workers } from './workers';

const SCENARIOS = {
	loading,
	againstHttpRequest,
	overTls,
	expressions,
	rateLimit,
	pace,
	jobLimit,
	waiting,
	batches,
	lists,
	downloads,
	uploads,
	deliveries,
	workers,
	sleeping,
};

type Name = keyof typeof SCENARIOS;

function chosen(names: string[]): Name[] {
	const all = Object.keys(SCENARIOS) as Name[];
	const unknown = names.find((name) => !all.includes(name as Name));
	if (unknown !== undefined) {
		throw new Error(`There is no scenario "${unknown}". There are: ${all.join(', ')}`);
	}
	return names.length === 0 ? all : (names as Name[]);
}

async function main(): Promise<void> {
	const names = chosen(process.argv.slice(2));
	await packOnce();
	const suite = await startSuite();
	const rows: Row[] = [];
	try {
		for (const name of names) {
			process.stdout.write(`… ${name}\n`);
			// A sandbox of its own for each: what the nodes learn of one account's limits is not for the next.
			const own = await withSandbox(suite.n8n);
			rows.push(...(await SCENARIOS[name](own)));
			await own.stop();
		}
	} finally {
		await suite.stop();
	}
	printTable(rows);
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
	process.exit(1);
});
