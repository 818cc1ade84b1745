import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { API_KEYS_PAGE, HEYGEN_BASE_URL, normalizeBaseUrl } from '../nodes/heygen/baseUrl';
import { ENTERPRISE_JOBS } from '../nodes/heygen/limits';
import { trimBlank } from '../nodes/heygen/values/text';

type TestRule = NonNullable<ICredentialTestRequest['rules']>[number];

/** Statuses of failures, proxies' own among them. A valid key that lacks the account scope is answered 403, and is welcome. */
const REFUSALS = Array.from({ length: 200 }, (_, index) => 400 + index).filter((status) => status !== 403);

/** Failures that n8n has no words for, or too few: those of proxies. */
const UNREACHED = [502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 530];

/** Words for a status. */
function statusRule(value: number, message: string): TestRule {
	return { type: 'responseCode', properties: { value, message } };
}

/** Words for an answer that passes by its status. */
function bodyRule(key: string, value: string, message: string): TestRule {
	return { type: 'responseSuccessBody', properties: { key, value, message } };
}

/** A page instead of JSON, told by its first character, whatever its status. */
function pageWith(first: string): TestRule {
	return bodyRule('0', first, "A web page answers at the 'Base URL' instead of HeyGen's API, or a firewall in between. Use https://api.heygen.com.");
}

/** A 403 that is not about a scope, told apart by HeyGen's error code. */
function refusedWith(code: string): TestRule {
	return bodyRule('error.code', code, 'HeyGen refuses this API key. Check in HeyGen that the key and its account are active.');
}

/**
 * The address of the API, for the few who need another one than HeyGen's.
 *
 * n8n forgets the value of a field that is not shown, and the key would then go to HeyGen instead. So the field is
 * described twice: shown where the switch is on, and, with an address of one's own, hidden in no other case. Credentials
 * that are older than the switch have such an address without it.
 */
const baseUrl: INodeProperties = {
	displayName: 'Base URL',
	name: 'baseUrl',
	type: 'string',
	default: HEYGEN_BASE_URL,
	description: 'Where the key is sent to. Only https:// addresses; http:// for this machine itself.',
};

/** One API key for every node of the package. */
export class HeyGenSuiteApi implements ICredentialType {
	name = 'heyGenSuiteApi';

	displayName = 'HeyGen API';

	icon = { light: 'file:../icons/heygen.svg', dark: 'file:../icons/heygen.dark.svg' } as const;

	documentationUrl = 'https://github.com/heygen-suite/n8n-nodes-heygen-suite#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			hint: `Make one in HeyGen, at <a href="${API_KEYS_PAGE}" target="_blank">${API_KEYS_PAGE.replace('https://', '')}</a>. HeyGen shows it once.`,
		},
		{
			displayName: 'Custom Base URL',
			name: 'customBaseUrl',
			type: 'boolean',
			noDataExpression: true,
			default: false,
			description: "Whether to send the key to another address than HeyGen's, such as a proxy or a test system",
		},
		{ ...baseUrl, displayOptions: { show: { customBaseUrl: [true] } } },
		// The slash stands for the top of the form. A field must not depend on itself by its own name.
		{ ...baseUrl, displayOptions: { hide: { customBaseUrl: [true], '/baseUrl': [HEYGEN_BASE_URL] } } },
		{
			displayName: 'Concurrent Jobs',
			name: 'concurrency',
			type: 'string',
			default: '',
			placeholder: `e.g. ${ENTERPRISE_JOBS}`,
			description: `How many jobs the account's plan lets run at the same time, such as the ${ENTERPRISE_JOBS} or more of an Enterprise contract. The nodes start and wait for no more at a time; batches are started by HeyGen itself. Leave it empty to find it out from HeyGen's answers.`,
		},
		{
			displayName: 'n8n Workers',
			name: 'workers',
			type: 'string',
			default: '',
			placeholder: 'e.g. 4',
			description: "How many n8n processes run workflows with this key at the same time, such as the workers of queue mode. Each of them keeps to its share of Concurrent Jobs, and looks for HeyGen's rate limit in smaller steps, so that HeyGen refuses fewer requests. Leave it empty where n8n is one process.",
		},
		{
			displayName: 'Rates (JSON)',
			name: 'rates',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			placeholder: 'e.g. {"avatarVideo": 0.08, "usdPerCredit": 0.5}',
			description:
				"Prices of your contract in credits, where they differ from HeyGen's price list, and what a credit costs in US dollars. The names are those of the job kinds that HeyGen Usage estimates. They are for estimates and the spend guard only.",
		},
	];

	/**
	 * Adds the key, to requests to the base URL's host only. A function, since expressions would cost time for every
	 * request.
	 *
	 * @throws Error when the base URL is not allowed, or the request goes to another host
	 */
	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const baseUrl = normalizeBaseUrl(credentials.baseUrl);
		// The test of a credential takes the base URL as it was typed: nothing, or with blanks or the version around it.
		const asTyped = (requestOptions.baseURL ?? '') === (credentials.baseUrl ?? '');
		if (asTyped || !requestOptions.baseURL) requestOptions.baseURL = baseUrl;
		// n8n's HTTP Request node says `uri`.
		const { url, uri } = requestOptions as IHttpRequestOptions & { uri?: string };
		const { origin } = new URL(url ?? uri ?? '', requestOptions.baseURL);
		if (origin !== new URL(baseUrl).origin) {
			// Another base URL than HeyGen's is not repeated: a key may have been pasted there.
			const allowed = baseUrl === HEYGEN_BASE_URL ? `${baseUrl}, ` : '';
			throw new Error(`The HeyGen API key is only sent to ${allowed}the credential's 'Base URL', not to ${origin}.`);
		}
		requestOptions.headers = { ...requestOptions.headers, 'x-api-key': trimBlank(String(credentials.apiKey)) };
		// A redirect to another host must not take the key along.
		requestOptions.sendCredentialsOnCrossOriginRedirect = false;
		return requestOptions;
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl }}',
			url: '/v3/users/me',
			ignoreHttpStatusErrors: { ignore: true, except: REFUSALS },
		},
		// n8n's type allows one kind of rule in a list; its tester reads both.
		rules: [
			statusRule(401, `HeyGen does not know this API key. Make one at ${API_KEYS_PAGE}, and paste it whole.`),
			statusRule(404, "There is no HeyGen API at the 'Base URL'. Use https://api.heygen.com."),
			...UNREACHED.map((status) =>
				statusRule(status, 'HeyGen does not answer, or a proxy in between cannot reach it. Try again in a few minutes.'),
			),
			refusedWith('forbidden'),
			refusedWith('resource_access_denied'),
			refusedWith('phone_verification_required'),
			...['<', '\n', '\r'].map(pageWith),
		] as ICredentialTestRequest['rules'],
	};
}
