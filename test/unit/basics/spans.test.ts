import { Spans } from '../../../nodes/engine/basics/spans';

function total(...spans: Array<[from: number, to: number]>): number {
	const all = new Spans();
	spans.forEach(([from, to]) => all.add(from, to));
	return all.total;
}

it.each<[string, Array<[number, number]>, number]>([
	['none', [], 0],
	['one', [[100, 400]], 300],
	['two apart', [[0, 100], [200, 250]], 150],
	['two that overlap', [[0, 100], [50, 250]], 250],
	['one within another', [[0, 100], [20, 30]], 100],
	['one around others', [[10, 20], [40, 50], [0, 100]], 100],
	['one that began before those that ended earlier', [[0, 10], [20, 30], [40, 50], [25, 60]], 50],
	['one that is told late', [[100, 200], [0, 10]], 110],
	['one between others, told last', [[0, 10], [100, 110], [50, 60]], 30],
	['the same twice', [[0, 10], [0, 10]], 10],
	['one without a length', [[5, 5]], 0],
	['one whose end is before its beginning', [[9, 5]], 0],
])('%s', (_name, spans, expected) => {
	expect(total(...spans)).toBe(expected);
});

it('a thousand in every order are as long together', () => {
	const all = Array.from({ length: 1_000 }, (_, at): [number, number] => [at * 10, at * 10 + 5]);
	const mixed = all.map((_span, at) => all[(at * 377) % 1_000] as [number, number]);
	expect(total(...mixed)).toBe(5_000);
});

it('keeps few of them when they follow one another', () => {
	const spans = new Spans();
	for (let at = 0; at < 1_000; at++) spans.add(at * 10, at * 10 + 9.5);
	expect(spans.total).toBe(9_999.5);
});
