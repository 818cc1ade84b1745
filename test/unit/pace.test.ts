import { Pace } from '../../nodes/engine/pacing/pace';

describe('Pace', () => {
	it('keeps to a limit that counts more requests than it remembers', () => {
		const pace = new Pace();
		for (let request = 0; request < 1_500; request++) pace.sent(request / 10);
		const refused = pace.sent(150);
		pace.refused(refused, 200);
		pace.learn(0, 150, 1_000, 1_200);
		const sent: number[] = [];
		let time = 1_200;
		for (let request = 0; request < 6_000; request++) {
			time = Math.max(time, pace.nextAt);
			pace.sent(time);
			sent.push(time);
		}
		const most = Math.max(...sent.map((at) => sent.filter((other) => other >= at && other < at + 1_000).length));
		expect(most).toBeLessThanOrEqual(1_500);
	});
});
