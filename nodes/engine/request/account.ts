import { createHash } from 'crypto';
import type { ICredentialDataDecryptedObject, ICredentialsDecrypted, INodeCredentialsDetails } from 'n8n-workflow';

import { normalizeBaseUrl } from '../../heygen/baseUrl';
import { readNumber } from '../../heygen/values/plain';
import { trimBlank } from '../../heygen/values/text';
import { settle } from '../basics/settle';
import { now, timing } from '../basics/timing';
import { type Gate, gateFor } from './pacing/gate';

/** Name of the package's one credential type. */
export const CREDENTIAL_NAME = 'heyGenSuiteApi';

/** The credential's fields, decrypted. */
export type CredentialData = ICredentialDataDecryptedObject;

/** Reads the credential, decrypted and with its expressions resolved. */
export type ReadCredential = () => Promise<CredentialData>;

/** The key, host and pace that one API key gives. */
export class Account {
	/** Names key and host; stays the same when the key is renewed, and gives nothing away. */
	readonly id: string;
	/** Counts the keys that it has had. */
	version = 0;
	baseUrl!: string;
	gate!: Gate;
	credential!: ICredentialsDecrypted;
	private key!: string;
	private renewal?: Promise<boolean>;
	private renewedAt = -Infinity;

	/**
	 * @param data the decrypted credential
	 * @param reference the credential as the node names it
	 * @throws Error when the credential's base URL is not allowed
	 */
	constructor(
		data: CredentialData,
		private readonly reference: INodeCredentialsDetails | undefined,
	) {
		this.take(data);
		this.id = this.key.slice(0, 16);
	}

	/**
	 * Reads the credential again after HeyGen has refused its key: somebody may have renewed it during a long wait.
	 *
	 * @param version of the key that was refused
	 * @param read reads the credential
	 * @returns whether there is another key now
	 */
	async renewed(version: number, read: ReadCredential): Promise<boolean> {
		if (version !== this.version) return true;
		// Many items are refused at once; one look is enough for all.
		if (now() - this.renewedAt < timing.renewPause) return false;
		this.renewal ??= this.renew(read).finally(() => {
			this.renewal = undefined;
		});
		return await this.renewal;
	}

	private async renew(read: ReadCredential): Promise<boolean> {
		const before = this.key;
		const data = await settle(read());
		this.renewedAt = now();
		if (!data.ok) return false;
		this.take(data.value);
		if (this.key === before) return false;
		this.version++;
		return true;
	}

	private take(data: CredentialData): void {
		this.baseUrl = normalizeBaseUrl(data.baseUrl);
		this.key = createHash('sha256').update(`${this.baseUrl}\n${trimBlank(String(data.apiKey))}`).digest('hex');
		this.gate = gateFor(this.key, readNumber(data.workers, { min: 1, whole: true }).value ?? 1);
		this.credential = {
			id: this.reference?.id ?? '',
			name: this.reference?.name ?? CREDENTIAL_NAME,
			type: CREDENTIAL_NAME,
			data,
		};
	}
}
