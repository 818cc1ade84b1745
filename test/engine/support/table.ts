/** A table of text that a test prints when it is over. */
export class Table {
	private readonly cells = new Map<string, Map<string, string>>();
	private readonly columns = new Set<string>();

	/** @param title stands above the table */
	constructor(private readonly title: string) {}

	/** Fills a cell; rows and columns appear in the order in which they are first named. */
	set(row: string, column: string, text: string): void {
		this.columns.add(column);
		const cells = this.cells.get(row) ?? new Map<string, string>();
		cells.set(column, text);
		this.cells.set(row, cells);
	}

	/** The table with padded columns; cells that were never filled hold a dash. */
	toString(): string {
		const columns = [...this.columns];
		const lines = [
			['', ...columns],
			...[...this.cells].map(([row, cells]) => [row, ...columns.map((name) => cells.get(name) ?? '–')]),
		];
		const widths = ['', ...columns].map((_, index) =>
			Math.max(...lines.map((line) => (line[index] ?? '').length)),
		);
		const text = lines.map((line) =>
			line.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ').trimEnd(),
		);
		const rule = widths.map((width) => '-'.repeat(width)).join('-|-');
		return [this.title, '', text[0], rule, ...text.slice(1), ''].join('\n');
	}
}
