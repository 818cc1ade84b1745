/** Credentials for the in-process engine. */
import { ICredentialsHelper, isExpression, NodeHelpers } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentials,
	ICredentialType,
	IDataObject,
	IHttpRequestOptions,
	INode,
	INodeParameters,
	INodeProperties,
	IRequestOptionsSimplified,
	Workflow,
} from 'n8n-workflow';

/** Decrypted credential data as a user would have saved it. */
export interface HarnessCredentials {
	apiKey: string;
	baseUrl: string;
	[key: string]: unknown;
}

/** Counterpart of the server's credentials helper for one credential that is never stored. */
export class HarnessCredentialsHelper extends ICredentialsHelper {
	constructor(
		private readonly data: HarnessCredentials,
		private readonly credentialType?: ICredentialType,
	) {
		super();
	}

	getParentTypes(): string[] {
		return [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		_typeName: string,
		incomingOptions: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const options = incomingOptions as IHttpRequestOptions;
		const authenticate = this.credentialType?.authenticate;
		if (authenticate === undefined) return options;
		if (typeof authenticate === 'function') return await authenticate(credentials, options);
		if (!workflow || !node) throw new Error('A generic authenticate needs a workflow and a node');

		const resolve = (value: unknown): string =>
			isExpression(value)
				? String(
						workflow.expression.getSimpleParameterValue(
							node,
							value,
							'internal',
							{ $credentials: credentials },
							undefined,
							'',
						) || '',
					)
				: (value as string);
		const target = options as unknown as Record<string, IDataObject | undefined>;
		target.headers ??= {};
		for (const [part, entries] of Object.entries(authenticate.properties)) {
			for (const [key, value] of Object.entries(entries as IDataObject)) {
				(target[part] ??= {})[resolve(key)] = resolve(value);
			}
		}
		return options;
	}

	async preAuthentication(): Promise<undefined> {
		return undefined;
	}

	async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	/** A fresh object with the type's defaults filled in, as decrypting the stored data gives. */
	async getDecrypted(): Promise<ICredentialDataDecryptedObject> {
		const data = this.data as INodeParameters;
		const properties = this.getCredentialsProperties();
		const known = NodeHelpers.getNodeParameters(properties, data, true, false, null, null);
		return { ...data, ...known } as ICredentialDataDecryptedObject;
	}

	getCredentialsProperties(): INodeProperties[] {
		return this.credentialType?.properties ?? [];
	}

	async getCredentials(): Promise<ICredentials> {
		throw new Error('The harness stores no credentials');
	}

	async updateCredentials(): Promise<void> {}

	async updateCredentialsOauthTokenData(): Promise<void> {}
}
