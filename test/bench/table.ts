/** One measured thing. */
export interface Row {
	/** What was done. */
	what: string;
	/** The figure, as a ratio or a count within one run. */
	figure: string;
	/** What it must be. */
	goal: string;
	ok: boolean;
}

/** Prints rows as a table. */
export function printTable(rows: Row[]): void {
	const header = { what: 'what', figure: 'figure', goal: 'goal' };
	const widths = (['what', 'figure', 'goal'] as const).map((column) =>
		Math.max(header[column].length, ...rows.map((row) => row[column].length)),
	);
	const line = (cells: string[]) =>
		`${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ')}\n`;
	process.stdout.write(line([header.what, header.figure, header.goal]));
	for (const row of rows) {
		process.stdout.write(line([row.what, row.figure, row.goal]).trimEnd());
		process.stdout.write(row.ok ? '\n' : '   <- missed\n');
	}
}

/**
 * A row for a figure that must not be above a bound.
 *
 * @param unit put behind both numbers
 */
export function atMost(what: string, value: number, bound: number, unit = ''): Row {
	return {
		what,
		figure: `${round(value)}${unit}`,
		goal: `<= ${bound}${unit}`,
		ok: value <= bound,
	};
}

/** A row for a figure that must be met exactly. */
export function exactly(what: string, value: number | string, goal: number | string): Row {
	return { what, figure: String(value), goal: String(goal), ok: value === goal };
}

/** The middle one of several measurements. */
export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

function round(value: number): string {
	return value >= 100 || Number.isInteger(value) ? value.toFixed(0) : value.toFixed(2);
}
