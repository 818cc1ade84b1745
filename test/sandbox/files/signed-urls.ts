/** Presigned links to the file host. */
import { createHmac, randomBytes } from 'node:crypto';

/** Why a link does not open, as S3 would name it. */
export type LinkProblem = 'Request has expired' | 'SignatureDoesNotMatch';

export class UrlSigner {
	private readonly secret = randomBytes(32);
	private minted = 0;

	/**
	 * @param base origin of the file host.
	 * @param ttlSeconds life of a link, read at each minting.
	 */
	constructor(
		private readonly base: () => string,
		private readonly ttlSeconds: () => number,
	) {}

	/**
	 * A new link to a path of the file host; no two links are equal.
	 * @param ttlSeconds life of this link, if it is another than usual.
	 */
	mint(path: string, now: number, ttlSeconds = this.ttlSeconds()): string {
		this.minted += 1;
		const expires = String(Math.round(now + ttlSeconds * 1_000));
		const nonce = String(this.minted);
		const query = new URLSearchParams({
			Expires: expires,
			Nonce: nonce,
			Signature: this.sign(path, expires, nonce),
		});
		return `${this.base()}${path}?${query.toString()}`;
	}

	/** @returns what is wrong with a link, or null when it may be opened. */
	check(path: string, query: URLSearchParams, now: number): LinkProblem | null {
		const expires = query.get('Expires') ?? '';
		const expected = this.sign(path, expires, query.get('Nonce') ?? '');
		if (query.get('Signature') !== expected) return 'SignatureDoesNotMatch';
		return now >= Number(expires) ? 'Request has expired' : null;
	}

	private sign(path: string, expires: string, nonce: string): string {
		return createHmac('sha256', this.secret).update(`${path}\n${expires}\n${nonce}`).digest('hex');
	}
}
