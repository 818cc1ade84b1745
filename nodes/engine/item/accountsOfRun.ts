import { type IDataObject, type IExecutePaginationFunctions, isExpression } from 'n8n-workflow';

import { API_KEYS_PAGE } from '../../heygen/baseUrl';
import { isNothing } from '../../heygen/values/reading';
import { trimBlank } from '../../heygen/values/text';
import { inputError } from '../basics/errors';
import { settle } from '../basics/settle';
import { Account, CREDENTIAL_NAME, type CredentialData } from '../request/account';

/** How the credentials of a run's items differ. */
type Kind =
	/** Not at all. */
	| { same: true }
	/** By these expressions, whose results tell which items share a key. */
	| { same: false; expressions: readonly string[] }
	/** In a way that only reading the credential for each item can tell. */
	| { same: false; expressions?: undefined };

/**
 * The accounts that the items of a run belong to. A credential whose fields are expressions (`{{ $json.key }}`) can be
 * another one for each item; n8n resolves it by item. Reading and decrypting it is dear, so it is done once for every key.
 */
export class Accounts {
	private readonly known = new Map<string, Promise<Account>>();
	private readonly byTerms = new Map<string, Account>();
	private kind?: Promise<Kind>;

	/** @param several whether the run has more than one item */
	constructor(private readonly several: boolean) {}

	/**
	 * The account of an item.
	 *
	 * @param context the item's context
	 * @throws Error when there is no credential, an expression in it fails, or its base URL is not allowed
	 */
	async of(context: IExecutePaginationFunctions): Promise<Account> {
		this.kind ??= this.several ? kindOf(context) : Promise.resolve({ same: true });
		const kind = await this.kind;
		if (kind.same) return await this.shared('', context);
		const results = kind.expressions === undefined ? undefined : resolved(kind.expressions, context);
		return results === undefined ? await this.read(context) : await this.shared(results, context);
	}

	private async shared(name: string, context: IExecutePaginationFunctions): Promise<Account> {
		const known = this.known.get(name);
		if (known !== undefined) return await known;
		const account = this.read(context);
		this.known.set(name, account);
		return await account;
	}

	/** Items with one key share its account, however they came to it. Other prices or limits are another one. */
	private async read(context: IExecutePaginationFunctions): Promise<Account> {
		const data = await context.getCredentials<CredentialData>(CREDENTIAL_NAME);
		checkKey(data.apiKey);
		const account = new Account(data, context.getNode().credentials?.[CREDENTIAL_NAME]);
		const terms = JSON.stringify([account.id, data.rates, data.concurrency, data.workers]);
		const known = this.byTerms.get(terms) ?? account;
		this.byTerms.set(terms, known);
		return known;
	}
}

/**
 * Checks that there is a key. An expression may find none for one item, and others would be paid for before HeyGen says so.
 *
 * @throws EngineError when it is blank, or holds what no header can
 */
function checkKey(key: unknown): void {
	if (isNothing(key)) {
		throw inputError("The credential's 'API Key' is empty", 'An expression that finds nothing gives an empty key.');
	}
	if (/^[\x21-\x7e]+$/.test(trimBlank(String(key)))) return;
	throw inputError("The credential's 'API Key' holds blanks or characters that no key has", `Paste the key again. HeyGen makes keys at ${API_KEYS_PAGE}.`);
}

/** What `$` names in an expression that is the same for every item: n8n's secrets and variables. */
const SAME_FOR_ALL: ReadonlySet<string> = new Set(['$secrets', '$vars', '$env']);

/** What n8n's contexts hold besides what their types show (n8n-core 2.41, base-execute-context). */
interface Inside {
	additionalData?: {
		credentialsHelper?: {
			getDecrypted(...about: readonly unknown[]): Promise<CredentialData>;
		};
	};
}

/** Looks at the credential as it is stored, with its expressions. */
async function kindOf(context: IExecutePaginationFunctions): Promise<Kind> {
	const stored = await settle(storedData(context));
	if (!stored.ok || stored.value === undefined) return { same: false };
	const expressions = Object.values(stored.value as IDataObject).filter(isExpression);
	const names = new Set(expressions.join(' ').match(/\$\w*/g));
	if (expressions.length === 0 || (names.size > 0 && [...names].every((name) => SAME_FOR_ALL.has(name)))) {
		return { same: true };
	}
	// n8n hands these to credentials only, so the result of such an expression cannot be told from here.
	return names.has('$secrets') || names.has('$self') ? { same: false } : { same: false, expressions };
}

async function storedData(context: IExecutePaginationFunctions): Promise<CredentialData | undefined> {
	const { additionalData } = context as unknown as Inside;
	const reference = context.getNode().credentials?.[CREDENTIAL_NAME];
	if (additionalData?.credentialsHelper === undefined || reference === undefined) return undefined;
	return await additionalData.credentialsHelper.getDecrypted(
		additionalData,
		reference,
		CREDENTIAL_NAME,
		context.getMode(),
		context.getExecuteData(),
		true,
	);
}

/** What the expressions come to for an item; undefined when n8n must be asked. */
function resolved(expressions: readonly string[], context: IExecutePaginationFunctions): string | undefined {
	try {
		const values = expressions.map((expression) =>
			context.evaluateExpression(expression.slice(1), context.getItemIndex()),
		);
		return JSON.stringify(values);
	} catch {
		return undefined;
	}
}
