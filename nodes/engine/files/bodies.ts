import type { BinaryFile } from './binary';

/**
 * Request bodies that stream. n8n's request helper (axios) takes objects of the web's classes FormData and Blob, by
 * their shape, and reads a file out of them piece by piece (n8n 2.41: axios 1.18, helpers formDataToStream and
 * readBlob). The classes themselves would need the file in memory. Each try needs a new body, since a body is read once.
 */

/** What is sent of a file. */
export interface FileContent {
	file: BinaryFile;
	/** Name the receiver is told. */
	name: string;
	mediaType: string;
	/** Bytes. */
	size: number;
}

/** A file as the whole body. */
export class FileBody {
	readonly [Symbol.toStringTag]: string = 'Blob';
	readonly name: string;
	readonly type: string;
	readonly size: number;
	private readonly readers: Array<AsyncGenerator<Uint8Array>> = [];

	/**
	 * @param content what to send
	 * @param moved told whenever a piece has been taken
	 */
	constructor(
		private readonly content: FileContent,
		private readonly moved: () => void = () => undefined,
	) {
		this.name = content.name;
		this.type = content.mediaType;
		this.size = content.size;
	}

	/** The file's bytes. */
	stream(): AsyncGenerator<Uint8Array> {
		const reader = this.pieces();
		this.readers.push(reader);
		return reader;
	}

	/** Closes the file; whoever gave up reading it in the middle has left it open. */
	async end(): Promise<void> {
		await Promise.allSettled(this.readers.map(async (reader) => await reader.return(undefined)));
	}

	private async *pieces(): AsyncGenerator<Uint8Array> {
		for await (const chunk of this.content.file.open()) {
			this.moved();
			yield chunk;
		}
	}
}

/** A file as the one part of a form. */
export class FileForm {
	readonly [Symbol.toStringTag]: string = 'FormData';
	/** Readers of forms look for it; this one is complete from the start. */
	readonly append = () => undefined;

	private readonly file: FileBody;

	/**
	 * @param field the part's name
	 * @param content what to send
	 */
	constructor(
		private readonly field: string,
		content: FileContent,
	) {
		this.file = new FileBody(content);
	}

	/** The part. */
	*entries(): Generator<[string, FileBody]> {
		yield [this.field, this.file];
	}

	/** Closes the file; whoever gave up reading it in the middle has left it open. */
	async end(): Promise<void> {
		await this.file.end();
	}

	/** The part. */
	[Symbol.iterator](): Generator<[string, FileBody]> {
		return this.entries();
	}
}
