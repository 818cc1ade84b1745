import { Sandbox } from '../sandbox';

/** The API that the demo talks to. */
export interface DemoApi {
	/** True for HeyGen itself, which charges for every video. */
	real: boolean;
	baseUrl: string;
	apiKey: string;
	stop(): Promise<void>;
}

/** Something that a list of the editor offers. */
export interface NamedRecord {
	id: string;
	name: string;
	/** Address of a preview, if there is one. */
	url: string | null;
}

/** The pieces that every avatar video needs. */
export interface Presenter {
	/** An avatar look. */
	avatar: NamedRecord;
	voice: NamedRecord;
}

interface Look {
	id: string;
	name: string;
	preview_image_url: string | null;
	default_voice_id?: string | null;
}

interface Voice {
	voice_id: string;
	name: string;
	preview_audio_url: string | null;
}

const SANDBOX_JOB_SECONDS = 3;

/**
 * @param apiKey key of a HeyGen account; without one a stand-in is started on this machine, which costs nothing
 * @returns the API to use; call `stop()` when done
 */
export async function openApi(apiKey: string | undefined): Promise<DemoApi> {
	if (apiKey) return { real: true, baseUrl: 'https://api.heygen.com', apiKey, stop: async () => {} };
	const sandbox = await Sandbox.start({ jobSeconds: SANDBOX_JOB_SECONDS });
	return { real: false, baseUrl: sandbox.url, apiKey: sandbox.apiKey, stop: async () => await sandbox.stop() };
}

/**
 * Picks the first avatar look of the account, and its own voice or else the first voice.
 *
 * @throws Error when the API refuses or has none
 */
export async function pickPresenter(api: DemoApi): Promise<Presenter> {
	const look = await first<Look>(api, '/v3/avatars/looks');
	const own = look.default_voice_id;
	const voice = own ? await read<Voice>(api, `/v3/voices/${own}`) : await first<Voice>(api, '/v3/voices');
	return {
		avatar: { id: look.id, name: look.name, url: look.preview_image_url },
		voice: { id: voice.voice_id, name: voice.name, url: voice.preview_audio_url },
	};
}

/** First record of a list of the API. */
async function first<T>(api: DemoApi, path: string): Promise<T> {
	const [record] = await read<T[]>(api, `${path}?limit=1`);
	if (record === undefined) throw new Error(`GET ${path} has nothing to offer, so there is nothing to make a video with.`);
	return record;
}

/** `data` of an answer of the API. */
async function read<T>(api: DemoApi, path: string): Promise<T> {
	const headers = { 'x-api-key': api.apiKey };
	const response = await fetch(`${api.baseUrl}${path}`, { headers }).catch((cause: unknown) => {
		throw new Error(`Cannot reach ${api.baseUrl}.`, { cause });
	});
	if (!response.ok) throw new Error(`GET ${path} answered ${response.status}: ${(await response.text()).slice(0, 300)}`);
	return ((await response.json()) as { data: T }).data;
}
