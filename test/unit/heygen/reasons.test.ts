import { readEvent } from '../../../nodes/heygen/events';
import { translationJob } from '../../../nodes/heygen/jobs/translation';
import { videoJob } from '../../../nodes/heygen/jobs/video';
import { failureIn, type Reason } from '../../../nodes/heygen/reasons';

const FACE = { message: 'Face not found', code: undefined };

describe('failureIn', () => {
	it.each<[object, Reason]>([
		[{ failure_code: 'RENDER', failure_message: 'Face not found' }, { ...FACE, code: 'RENDER' }],
		[{ failure_message: 'Face not found', error: 'Another' }, FACE],
		[{ failure_message: null, error: { code: 'RENDER', message: 'Face not found' } }, { ...FACE, code: 'RENDER' }],
		[{ error: 'Face not found' }, FACE],
		[{ failure_message: { message: 'Face not found' } }, FACE],
		[{ failure_message: ['Face not found', 'Voice lost'] }, { ...FACE, message: 'Face not found; Voice lost' }],
		[{ error: { code: 40119, detail: 'Face not found' } }, { ...FACE, code: '40119' }],
		[{ failure_code: 40119 }, { message: undefined, code: '40119' }],
		[{ msg: 'Face not found' }, FACE],
		[{ failure_message: ' ', status: 'failed' }, { message: undefined, code: undefined }],
	])('reads %j', (record, expected) => {
		expect(failureIn(record as Record<string, unknown>, videoJob)).toEqual(expected);
	});

	it('reads those of other kinds, and cuts what is long', () => {
		const { message } = failureIn({ failure_message: 'a'.repeat(5_000_000) }, translationJob);
		expect(message).toBe(`${'a'.repeat(500)}…`);
	});

	it('copes with a record that holds itself', () => {
		const error: Record<string, unknown> = {};
		error.error = error;
		expect(failureIn({ error }, videoJob)).toEqual({ message: undefined, code: undefined });
	});
});

it.each([
	[{ msg: ['Face not found'] }, 'Face not found'],
	[{ failure: { detail: 'Face not found' } }, 'Face not found'],
	[{ failure_code: 40119 }, '40119'],
	[{ errors: [{ message: 'Face not found' }] }, 'Face not found'],
	[{ message: 'a'.repeat(1_000) }, `${'a'.repeat(500)}…`],
])('an event says why it failed: %j', (data, expected) => {
	expect(readEvent('avatar_video.fail', data).error).toBe(expected);
});
