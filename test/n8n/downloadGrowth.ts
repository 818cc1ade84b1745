import { createAvatar, HEYGEN, heyGenNode, runNode, scripts, type Suite } from './suite';

const MIB = 1024 ** 2;

/**
 * Downloads a large file and measures what n8n's memory grows by meanwhile.
 *
 * @param fileMib size of the file in MiB
 * @returns growth of the resident memory at its peak, in MiB
 * @throws Error when the file that n8n stored has another size
 */
export async function downloadGrowth(suite: Suite, fileMib: number): Promise<number> {
	const heygen = heyGenNode(suite, createAvatar({ download: ['video'] }));
	const run = async (fileBytes: number) => {
		await suite.sandbox.configure({ jobSeconds: 0, jobQueueSeconds: 0, fileBytes });
		return await runNode(suite, scripts(1), heygen, 300_000);
	};
	// What the first download of a process loads is not what is measured.
	await run(MIB);
	await suite.n8n.resetPeakRss();
	const before = await suite.n8n.rssBytes();
	const execution = await run(fileMib * MIB);
	const peak = await suite.n8n.peakRssBytes();
	const file = execution.items(HEYGEN)[0]?.binary?.video;
	const { bytes } = await suite.n8n.client.hashBinary(file?.id ?? '');
	if (bytes !== fileMib * MIB) throw new Error(`${bytes} bytes of ${fileMib} MiB arrived`);
	return (peak - before) / MIB;
}
