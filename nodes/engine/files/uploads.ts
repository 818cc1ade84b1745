import { DIRECT_ONLY, type FilesToZip, type FileToUpload, type FileUse, PROJECT_ENTRY } from '../../heygen/fileUses';
import { type FileFormat, formatOfName, SRT } from '../../heygen/formats';
import { SIMPLE_UPLOAD_MAX_MB } from '../../heygen/limits';
import { Semaphore } from '../basics/semaphore';
import type { Settled } from '../basics/settle';
import type { Call } from '../item/call';
import { Collector, type Member } from '../item/collector';
import { fingerprint } from '../item/fingerprint';
import { sharedIn } from '../item/run';
import { archiveOf } from './archive';
import { type ArchiveNames, namesIn } from './archiveNames';
import { type BinaryFile, findBinary } from './binary';
import { FileForm } from './bodies';
import { checkFile } from './checkFile';
import { directUpload } from './directUpload';
import { inspect, type Inspected } from './inspect';
import { checkProject } from './projectArchive';
import { type Asset, assetOf, contentName, doingWith, keep, keptAsset, type ReadyFile, uploadKey } from './readyFile';
import { CHECKED_SUBTITLES, checkedSubtitles } from './subtitlesFile';
import { uploadBatch } from './uploadBatch';
import { archiveParts } from './zippedFiles';

/** For choosing the way HeyGen's 32 MB are counted at their smallest, so that it never refuses. */
const MEGABYTE = 1_000_000;

const PARALLEL_INSPECTIONS = 2;

/**
 * The uploads of one run. Each stored file is read once to check it, and each content goes up once, however many items
 * carry it.
 */
export class Uploads {
	/** Reading is the work of one processor core: more at a time are not faster, and take more memory. */
	private readonly inspectionSlots = new Semaphore(PARALLEL_INSPECTIONS);
	private readonly inspections = new Map<string, Promise<Inspected>>();
	private readonly archives = new Map<string, Promise<BinaryFile>>();
	private readonly contents = new Map<string, Promise<ArchiveNames | undefined>>();
	private readonly uploads = new Map<string, Promise<Asset>>();
	private batches?: Collector<ReadyFile, Asset>;

	/**
	 * The run's own.
	 *
	 * @param call one of its items
	 */
	static of(call: Call): Uploads {
		return sharedIn(call.run, 'uploads', () => new Uploads());
	}

	/** Names an upload: what is in one account is not in another. */
	private static nameOf(call: Call, ready: ReadyFile): string {
		return `${call.account.id} ${contentName(ready)}`;
	}

	/**
	 * Reads and checks a file, without sending anything.
	 *
	 * @param call the item
	 * @param file the binary field, and what HeyGen takes it for
	 * @throws EngineError when there is no such file, or HeyGen would not take it
	 */
	async prepare(call: Call, file: FileToUpload): Promise<ReadyFile> {
		const binary = await findBinary(call, file);
		return await this.prepareFound(call, binary, file.use);
	}

	/**
	 * Reads and checks a file that has been found already.
	 *
	 * @param call the item
	 * @param file the file
	 * @param use what HeyGen takes it for
	 * @throws EngineError when HeyGen would not take it
	 */
	async prepareFound(call: Call, file: BinaryFile, use: FileUse): Promise<ReadyFile> {
		const inspected = await this.inspected(call, file);
		// A file of another format is told as such.
		if (use.isSubtitles === true && (inspected.format === undefined || inspected.format === SRT) && inspected.size > 0) {
			return await this.prepareFound(call, await checkedSubtitles(call, file), CHECKED_SUBTITLES);
		}
		const format = checkFile(file, inspected, use);
		if (use.entry !== undefined) checkProject(file.label, await this.contentsOf(call, file), use.entry);
		const { size, sha256, facts } = inspected;
		const length = facts.seconds === undefined ? {} : { seconds: facts.seconds };
		return { file, name: uploadName(file, format), mediaType: format.mediaTypes[0], size, sha256, format, ...length };
	}

	private async inspected(call: Call, file: BinaryFile): Promise<Inspected> {
		const read = async () => await this.reading(call, async (signal) => await inspect(file, signal));
		return await once(this.inspections, file.identity, read);
	}

	private async contentsOf(call: Call, file: BinaryFile): Promise<ArchiveNames | undefined> {
		const read = async () => await this.reading(call, async (signal) => await namesIn(file, signal));
		return await once(this.contents, file.identity, read);
	}

	/** Reads a file when there is room for it. */
	private async reading<T>({ client }: Call, read: (signal?: AbortSignal) => Promise<T>): Promise<T> {
		return await this.inspectionSlots.run(async () => await read(client.signal), client.signal);
	}

	/**
	 * Reads and checks files that go up as one archive. What is in the archive is checked without being packed.
	 *
	 * @param call the item
	 * @param files the parameter, and what HeyGen takes the archive for
	 * @throws EngineError when one of them is missing, or HeyGen would not take the archive
	 */
	async prepareArchive(call: Call, files: FilesToZip): Promise<ReadyFile> {
		const { use, parameter } = files.fields;
		const { entry = PROJECT_ENTRY, ...archiveUse } = use;
		const parts = await archiveParts(call, files, entry);
		// Items often carry the same project, with other variables.
		const archive = await once(
			this.archives,
			fingerprint(parts.map(({ path, file }) => [path, fingerprint(file.identity)])),
			async () => await this.reading(call, async (signal) => await archiveOf(files.name, `'${parameter}'`, parts, signal)),
		);
		return { ...(await this.prepareFound(call, archive, archiveUse)), partCount: parts.length };
	}

	/**
	 * Uploads a file, by the way that its size asks for; one that this run has uploaded already is not sent again.
	 *
	 * @param call the item
	 * @param ready what `prepare` gave
	 */
	async upload(call: Call, ready: ReadyFile): Promise<Asset> {
		const known = await keptAsset(call, ready);
		if (known !== undefined) return known;
		return await once(this.uploads, Uploads.nameOf(call, ready), async () => {
			const send = isDirect(ready) ? directUpload : simpleUpload;
			const { run, client } = call;
			const asset = await run.fileSlots.run(async () => await send(call, ready), client.signal, client.most);
			keep(call, ready, asset);
			return asset;
		});
	}

	/**
	 * Uploads files together with those of the run's other items, in direct-upload batches.
	 *
	 * @param call the item
	 * @param files its binary fields
	 * @returns the assets, in the order of the fields
	 */
	async uploadInBatches(call: Call, files: readonly FileToUpload[]): Promise<Array<Settled<Asset>>> {
		this.batches ??= new Collector(() => call.run.itemCount, async (members) => await this.sendBatch(members));
		return await this.batches.addEach(
			call,
			async () => await Promise.all(files.map(async (file) => await this.prepare(call, file))),
		);
	}

	private async sendBatch(members: Array<Member<ReadyFile, Asset>>): Promise<void> {
		const fresh: Array<Member<ReadyFile, Asset>> = [];
		const kept = await Promise.all(members.map(async (member) => await keptAsset(member.call, member.content)));
		for (const [index, member] of members.entries()) {
			const { call, content } = member;
			const known = kept[index];
			if (known !== undefined) {
				member.resolve(known);
				continue;
			}
			// The first with this content brings it along, the others wait for it.
			once(
				this.uploads,
				Uploads.nameOf(call, content),
				async () =>
					await new Promise<Asset>((resolve, reject) => {
						fresh.push({ call, content, resolve, fail: reject });
					}),
			).then(member.resolve, member.fail);
		}
		await uploadBatch(fresh);
	}
}

function isDirect({ size, format }: ReadyFile): boolean {
	return size > SIMPLE_UPLOAD_MAX_MB * MEGABYTE || DIRECT_ONLY.includes(format);
}

async function simpleUpload(call: Call, ready: ReadyFile): Promise<Asset> {
	const key = uploadKey(call, ready, 'upload');
	const reply = await call.client.send({
		method: 'POST',
		path: '/v3/assets',
		form: { make: () => new FileForm('file', ready), bytes: ready.size },
		...(key === undefined ? {} : { idempotencyKey: key }),
		doing: doingWith(ready),
	});
	return assetOf(reply.body.data, ready);
}

/** Leaves room for an extension. */
const MAX_NAME_BYTES = 240;

/** A name that ends in the extension of the real format. */
function uploadName({ name }: BinaryFile, format: FileFormat): string {
	// Paths and control characters are of no use to HeyGen, and some systems allow no more than 255 bytes.
	const plain = shortened(name.replace(/^.*[\\/]/, '').replace(/[\p{Cc}\p{Cs}"]/gu, ''));
	return formatOfName(plain) === format ? plain : `${plain}.${format.extensions[0]}`;
}

/** The end of a name, of whole characters. */
function shortened(name: string): string {
	const characters = [...name].slice(-120);
	while (Buffer.byteLength(characters.join('')) > MAX_NAME_BYTES) characters.shift();
	return characters.join('');
}

/** Runs a task once per name; a failed one may be run again. */
async function once<T>(running: Map<string, Promise<T>>, name: string, task: () => Promise<T>): Promise<T> {
	const known = running.get(name);
	if (known !== undefined) return await known;
	const started = task();
	running.set(name, started);
	started.catch(() => running.delete(name));
	return await started;
}
