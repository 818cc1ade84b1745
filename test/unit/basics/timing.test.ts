import { now, wallClock } from '../../../nodes/engine/basics/timing';

/** The engine's two clocks: one for durations, one for dates. */

describe('a clock that is set back by an hour', () => {
	afterEach(() => jest.restoreAllMocks());

	it('is seen where dates are compared, and stops no duration', () => {
		const [before, date] = [now(), Date.now()];
		jest.spyOn(Date, 'now').mockReturnValue(date - 3_600_000);
		expect(wallClock()).toBe(date - 3_600_000);
		expect(now()).toBeGreaterThanOrEqual(before);
		expect(now() - before).toBeLessThan(60_000);
	});
});
