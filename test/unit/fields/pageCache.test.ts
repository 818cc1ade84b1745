import type { Page } from '../../../nodes/engine/request/readPages';
import { keptPage } from '../../../nodes/fields/listSearch/pageCache';

const page: Page = { records: [], next: undefined, breaksOff: false };

it('a page that is being read is read once, however many ask for it', async () => {
	const read = jest.fn(async () => await new Promise<Page>((resolve) => setTimeout(() => resolve(page), 5)));
	const asked = Array.from({ length: 5 }, async () => await keptPage('one', read));
	expect(await Promise.all(asked)).toEqual(Array(5).fill(page));
	await keptPage('one', read);
	expect(read).toHaveBeenCalledTimes(1);
	await keptPage('another', read);
	expect(read).toHaveBeenCalledTimes(2);
});

it('a page that could not be read is told to all who ask for it, and is read again afterwards', async () => {
	const failing = jest.fn(async () => await Promise.reject<Page>(new Error('down')));
	const asked = await Promise.allSettled([keptPage('two', failing), keptPage('two', failing)]);
	expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
	expect(failing).toHaveBeenCalledTimes(1);
	const read = jest.fn(async () => await Promise.resolve(page));
	expect(await keptPage('two', read)).toBe(page);
	expect(read).toHaveBeenCalledTimes(1);
});
