import { type DiskFile, mp4Of, putFile } from './support/files';
import { assetDownloadGrowth, downloadGrowth, MIB, uploadGrowth } from './support/growth';
import { startSuite, useSuite } from './support/suite';

/** Large files must stream: what n8n's memory grows by may not depend on their size. */

jest.setTimeout(600_000);

const GOAL_MIB = 64;
/** Large, and still sent as a form. */
const FORM_BYTES = 31_000_000;

// V8 keeps a few hundred MiB of discarded network buffers before it collects them, however much is free. A small
// young generation makes it collect often, so that the peak shows what is in use.
const suite = useSuite(async () => await startSuite({ env: { NODE_OPTIONS: '--max-semi-space-size=1' } }));

function report(what: string, growths: number[]): void {
	const figures = growths.map((growth) => growth.toFixed(0)).join(' and ');
	process.stdout.write(`${what}: n8n's memory grew by ${figures} MiB at its peak\n`);
}

/** Measures twice: what else n8n does meanwhile only adds to it. @returns the smaller growth */
async function twice(what: string, measure: () => Promise<number>): Promise<number> {
	const growths = [await measure(), await measure()];
	report(what, growths);
	return Math.min(...growths);
}

it('downloads 1 GiB with less than 64 MiB of memory', async () => {
	const growth = await twice('1 GiB download', async () => await downloadGrowth(suite, 1024));
	expect(growth).toBeLessThan(GOAL_MIB);
});

it('uploads 1 GiB with less than 64 MiB of memory, and downloads it again', async () => {
	const film = await putFile(suite.n8n, 'film.mp4', mp4Of(1024 * MIB));
	let id = '';
	const up = await twice('1 GiB from disk to HeyGen', async () => {
		const { result, growth } = await uploadGrowth(suite, [film]);
		id = result[0] ?? '';
		return growth;
	});
	const down = await twice('1 GiB asset download', async () => await assetDownloadGrowth(suite, id, film));
	expect(up).toBeLessThan(GOAL_MIB);
	expect(down).toBeLessThan(GOAL_MIB);
});

it('uploads eight forms of 31 MB at a time with less memory than half of them', async () => {
	const films: DiskFile[] = [];
	for (let n = 0; n < 8; n++) {
		const name = `form-${n}.mp4`;
		films.push(await putFile(suite.n8n, name, mp4Of(FORM_BYTES, name)));
	}
	const growth = await twice('8 forms of 31 MB', async () => (await uploadGrowth(suite, films)).growth);
	// Some 7 MiB are in use; the rest are pieces of eight files that V8 has not yet collected.
	expect(growth).toBeLessThan((8 * FORM_BYTES) / MIB / 2);
});
