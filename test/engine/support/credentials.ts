/** Credentials for the in-process engine. */
import { ICredentialsHelper, isExpression, NodeHelpers } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentials,
	ICredentialsExpressionResolveValues,
	ICredentialType,
	IDataObject,
	IExecuteData,
	IHttpRequestOptions,
	INode,
	INodeParameters,
	INodeProperties,
	IRequestOptionsSimplified,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';

/** Decrypted credential data as a user would have saved it. */
export interface HarnessCredentials {
	apiKey: string;
	baseUrl: string;
	[key: string]: unknown;
}

/** Counterpart of the server's credentials helper for one credential that is never stored. */
export class HarnessCredentialsHelper extends ICredentialsHelper {
	/**
	 * @param data live: what a test changes later is what is decrypted then
	 * @param onDecrypt told of every decryption
	 */
	constructor(
		private readonly data: HarnessCredentials,
		private readonly credentialType?: ICredentialType,
		private readonly onDecrypt: () => void = () => {},
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

	/** A fresh object with the type's defaults filled in and its expressions resolved, as decrypting the stored data gives. */
	async getDecrypted(
		_additionalData: unknown,
		_reference: unknown,
		_type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		about?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		this.onDecrypt();
		const data = this.data as INodeParameters;
		if (raw === true) return { ...data } as ICredentialDataDecryptedObject;
		// Fields that the type does not describe or show are forgotten, as by the server.
		const whole =
			this.credentialType === undefined
				? { ...data }
				: (NodeHelpers.getNodeParameters(this.credentialType.properties, data, true, false, null, null) ?? {});
		if (about === undefined) return whole as ICredentialDataDecryptedObject;
		const { workflow, runExecutionData, runIndex, itemIndex, node, connectionInputData } = about;
		return workflow.expression.getParameterValue(
			whole,
			runExecutionData,
			runIndex,
			itemIndex,
			node.name,
			connectionInputData,
			mode,
			{},
			executeData,
			false,
			whole,
		) as ICredentialDataDecryptedObject;
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
