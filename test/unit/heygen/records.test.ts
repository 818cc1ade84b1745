import { idIn, idOf, idsIn, isoTime, shortRecord, timeMs } from '../../../nodes/heygen/records';

describe('timeMs', () => {
	const MS = Date.parse('2026-05-28T20:26:40Z');

	it.each<[unknown, number]>([
		[1_780_000_000, MS],
		[1_780_000_000.123, MS + 123],
		[1_780_000_000_123, MS + 123],
		[1_780_000_000_123_000, MS + 123],
		[1_780_000_000_123_000_000, MS + 123],
		['1780000000', MS],
		[' 1780000000.123 ', MS + 123],
		['1780000000123', MS + 123],
		['1780000000123000', MS + 123],
		['2026-05-28T20:26:40Z', MS],
		['2026-05-28T20:26:40.123Z', MS + 123],
		['2026-05-28T22:26:40+02:00', MS],
		['2026-05-28T20:26:40.123000+00:00', MS + 123],
		['2026-05-28T20:26:40', MS],
		['2026-05-28 20:26:40.123', MS + 123],
		['2026-05-28', MS - 73_600_000],
	])('reads %j', (value, expected) => {
		expect(Math.round(timeMs(value) ?? 0)).toBe(expected);
	});

	it.each([[null], [undefined], [''], ['soon'], [Number.NaN], [Infinity], [{}], [[1]], [true], [0], [-1], ['0'], ['-5'], [1e300], ['9'.repeat(400)]])(
		'finds no time in %j',
		(value) => {
			expect(timeMs(value)).toBeUndefined();
		},
	);

	it('gives what a date can be made of', () => {
		for (const value of [1, 1e11, 1e14 - 1, 1e17 - 1, 9e19]) {
			expect(new Date(timeMs(value) ?? Number.NaN).toISOString()).toMatch(/Z$/);
		}
	});
});

describe('idIn', () => {
	it.each<[Record<string, unknown>, string | undefined]>([
		[{ id: 'a', video_id: 'b' }, 'a'],
		[{ id: null, video_id: 'b' }, 'b'],
		[{ id: ' ', video_id: 7 }, '7'],
		[{ id: 0 }, '0'],
		[{ id: { id: 'a' } }, undefined],
		[{ id: Number.NaN }, undefined],
		[{}, undefined],
	])('reads %j', (record, expected) => {
		expect(idIn(record, ['id', 'video_id'])).toBe(expected);
	});
});

describe('idOf', () => {
	it.each<[string, Record<string, unknown>, string | undefined]>([
		['/v3/templates/t1', { folder_id: 'f', id: 'v' }, 'v'],
		['/v3/folders', { parent_id: 'p', folder_id: 'f' }, 'f'],
		['/v3/lipsyncs', { callback_id: 'c', lipsync_id: 'l' }, 'l'],
		['/v3/brand-glossaries', { brand_kit_id: 'k', brand_glossary_id: 'g' }, 'g'],
		['/v3/video-translations/proofreads/p1/generate', { status: 'x', video_translation_id: 't' }, 't'],
		['/v3/videos/batches', { video_id: 'v', batch_id: 'b' }, 'b'],
		['/v3/folders/f/videos', { folder_id: 'f', video_id: 'v' }, 'v'],
		['/v3/video-agents', { session_id: 's', video_id: null }, 's'],
		['/v3/voices/clone', { voice_clone_id: 'c' }, 'c'],
		['/v3/voices/speech', { request_id: 'r', audio_url: 'u' }, undefined],
		['/v3/podcasts', { folder_id: 'f' }, undefined],
	])('of an answer at %s reads %j', (path, record, expected) => {
		expect(idOf(record, path)).toBe(expected);
	});
});

describe('idsIn', () => {
	it.each<[string, unknown, string[]]>([
		['/v3/video-translations', { video_translation_ids: ['a', 'b', 'a'] }, ['a', 'b']],
		['/v3/avatars', { avatar_item: { id: 'l', group_id: 'g' }, avatar_group: { id: 'g' } }, ['l', 'g']],
		['/v3/voices', { seed: 1, voices: [{ voice_id: 'v' }, { voice_id: 'w' }] }, ['v', 'w']],
		['/v3/things', [{ id: 'a' }, 'b2', 7], ['a', 'b2']],
		['/v3/things', 'job_1', ['job_1']],
		['/v3/things', 'queued', []],
		['/v3/things', { folder_ids: ['f'], user: { name: 'u' }, status: 'x' }, []],
		['/v3/things', null, []],
		['/v3/things', { a: { b: { c: { d: { id: 'deep' } } } } }, []],
		['/v3/things', Array.from({ length: 500 }, (_entry, id) => ({ id })), Array.from({ length: 100 }, (_entry, id) => String(id))],
	])('of an answer at %s reads %j', (path, data, expected) => {
		expect(idsIn(data, path)).toEqual(expected);
	});
});

describe('isoTime', () => {
	it.each<[unknown, string]>([
		[1_780_000_000, '2026-05-28T20:26:40.000Z'],
		['1780000000', '2026-05-28T20:26:40.000Z'],
		[1_780_000_000_123, '2026-05-28T20:26:40.123Z'],
		['2026-05-28T22:26:40+02:00', '2026-05-28T20:26:40.000Z'],
		['2026-05-28T20:26:40', '2026-05-28T20:26:40.000Z'],
	])('writes %j as %s', (value, expected) => {
		expect(isoTime(value)).toBe(expected);
	});

	it.each([[null], [''], ['soon'], [0], [-1], [1e300], [{}], [true]])('leaves %j as it is', (value) => {
		expect(isoTime(value)).toBe(value);
	});
});

describe('shortRecord', () => {
	const outline = { idField: 'video_id', fields: ['status', 'title', 'created_at', 'failure_message'], optional: ['failure_message'] };

	it('has one id, the fields in their order, and times as ISO 8601', () => {
		const record = { created_at: 1_780_000_000, id: 'v1', folder_id: 'f', title: 'T', status: 'completed', failure_message: null };
		expect(Object.entries(shortRecord(record, outline))).toEqual([
			['video_id', 'v1'],
			['status', 'completed'],
			['title', 'T'],
			['created_at', '2026-05-28T20:26:40.000Z'],
		]);
	});

	it.each<[Record<string, unknown>, Record<string, unknown>]>([
		[{ video_id: 'v1', id: 'other' }, { video_id: 'v1' }],
		[{ id: 7 }, { video_id: '7' }],
		[{ status: 'failed' }, { status: 'failed' }],
		[{ id: 'v1', title: null }, { video_id: 'v1', title: null }],
		[{ id: 'v1', failure_message: ' ' }, { video_id: 'v1' }],
		[{ id: 'v1', failure_message: 'Bad face' }, { video_id: 'v1', failure_message: 'Bad face' }],
		[{ id: 'v1', created_at: 'soon' }, { video_id: 'v1', created_at: 'soon' }],
	])('makes of %j: %j', (record, expected) => {
		expect(shortRecord(record, outline)).toEqual(expected);
	});
});
