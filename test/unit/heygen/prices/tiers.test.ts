import { TIERS } from '../../../../nodes/heygen/prices/billing';
import { readTiers } from '../../../../nodes/heygen/prices/tiers';

/** Tiers as people write them down. */

const ROW = { commitmentUsd: 10, includedSeconds: 100, overageRate: 0.2 };

it.each<[string, unknown, unknown]>([
	['a list', [ROW], [{ ...ROW, rate: 0.2 }]],
	['one row', ROW, [{ ...ROW, rate: 0.2 }]],
	['JSON text', JSON.stringify([ROW, { ...ROW, rate: 0.1 }]), [{ ...ROW, rate: 0.2 }, { ...ROW, rate: 0.1 }]],
	["HeyGen's own", JSON.stringify(TIERS), TIERS],
	['numbers as text', [{ ...ROW, overageRate: '0.25' }], [{ ...ROW, overageRate: 0.25, rate: 0.25 }]],
	['nothing', '', undefined],
	['an empty list', [], undefined],
])('%s is read', (_what, given, tiers) => {
	expect(readTiers(given)).toEqual({ value: tiers });
});

it.each<[string, unknown, RegExp]>([
	['text', 'cheap', /^must be JSON such as \[\{"commitmentUsd": 5000.*but it is "cheap"$/],
	['a list of numbers', [1], /^must be JSON such as/],
	['a row that lacks a name', [ROW, { commitmentUsd: 10 }], /^has in its row 2 no "includedSeconds"$/],
	['a name that is none', [{ ...ROW, price: 1 }], /^has in its row 1 a name that no tier has, "price": the names are commitmentUsd, /],
	['a negative number', [{ ...ROW, overageRate: -1 }], /^has in its row 1 for "overageRate" what must be a number of 0 or more, but it is "-1"$/],
	['a number with a comma', [{ ...ROW, includedSeconds: '1,000' }], /for "includedSeconds" what must be a number of 0 or more, but it is "1,000"$/],
])('%s is refused', (_what, given, problem) => {
	expect(readTiers(given).problem).toMatch(problem);
});
