/** Errors in other words stay what they are: whoever catches one goes by its class. */
import { isNativeError } from 'node:util/types';
import { EngineError, reworded, RunRefusal, withDetails } from '../../../nodes/engine/basics/errors';
import { refusedField, withFieldRenamed } from '../../../nodes/engine/basics/refusedField';
import { withRowsNamed } from '../../../nodes/engine/item/rowNames';
import { NotMade } from '../../../nodes/engine/jobs/createBatches';
import { FailedJob } from '../../../nodes/engine/jobs/failedJob';
import { aboutPath } from '../../../nodes/engine/operations/customRequest';
import { videoJob } from '../../../nodes/heygen/jobs/video';

const text = `'Scenes → 3' is wrong${refusedField('videos[0].script')}`;
const errors: Array<[string, EngineError]> = [
	['an error', new EngineError(text, 'Look at it', { httpCode: '404' }, 'input')],
	['a refusal of the run', new RunRefusal(text, 'Look at it', { httpCode: '404' })],
	['a job that is not made', new NotMade(text, 'Look at it', { httpCode: '404' })],
	['a job that has failed', reworded(new FailedJob(videoJob, 'v1', { status: 'failed' }), { message: text, details: { httpCode: '404' } })],
];
const ways: Array<[string, (error: EngineError) => unknown, RegExp]> = [
	['with details', (error) => withDetails(error, { session_id: 's1' }, 'agent session s1'), /\(agent session s1\)$/],
	['with a field renamed', (error) => withFieldRenamed(error, () => 'Script'), /\(field 'Script'\)/],
	['with rows named', (error) => withRowsNamed(error, [{ label: 'Scenes', rowName: 'Scene', place: 'scenes' }]), /^Scene 3 is wrong/],
	['about a path', (error) => aboutPath(error, { method: 'GET', path: '/v3/x' }), /is wrong/],
];

describe.each(errors)('%s', (_what, error) => {
	it.each(ways)('%s stays of its class', (_way, change, message) => {
		const { message: before } = error;
		const changed = change(error) as EngineError;
		expect(changed).not.toBe(error);
		expect(changed.constructor).toBe(error.constructor);
		expect(isNativeError(changed)).toBe(true);
		expect(changed.message).toMatch(message);
		expect(changed.stack).toContain('is wrong');
		expect(changed).toMatchObject({ kind: error.kind, advice: expect.stringContaining(error.advice) as string, details: error.details });
		expect(error.message).toBe(before);
	});
});

it("keeps an error's own details where others are added", () => {
	const error = new FailedJob(videoJob, 'v1', { status: 'failed' });
	expect(withDetails(error, { session_id: 's1', video_id: 'v2' }, 'agent session s1').details).toMatchObject({ session_id: 's1', video_id: 'v1' });
});

it('makes an error of whatever else was thrown, which says that what was started is not lost', () => {
	expect(withDetails(new TypeError('Odd'), { video_id: 'v1' }, 'video v1')).toMatchObject({
		message: 'Odd (video v1)',
		advice: 'What was started in HeyGen goes on and is not lost.',
		details: { video_id: 'v1' },
	});
});
