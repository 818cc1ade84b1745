/** A small client for tests of the sandbox; it checks every answer against the contract. */
import { validateResponse } from './server/contract';
import type { SimpleJobName } from './jobs/job';
import { FULL_KEY } from './server/keys';
import type { Seed } from './server/seeds';
import type { EmitRequest, WebhooksView } from './webhooks/webhooks';

/** An answer with its body parsed; `body` is loosely typed, as tests look into all kinds of answers. */
export interface Answer {
	status: number;
	headers: Headers;
	// eslint-disable-next-line @typescript-eslint/no-explicit-any
	body: any;
}

export interface CallOptions {
	body?: unknown;
	/** null sends no key at all. */
	key?: string | null;
	idempotencyKey?: string;
	headers?: Record<string, string>;
	/** Leave out the check of the answer, for answers that break the contract on purpose. */
	unchecked?: boolean;
	signal?: AbortSignal;
}

const FILM = { type: 'url', url: 'https://example.com/film.mp4' };

/** For each kind of simple job: its path, the field of the answer that names a new one, and a valid request. */
export const simpleJobs: Readonly<Record<SimpleJobName, { path: string; idField: string; request: object }>> = {
	modelVideo: {
		path: '/v3/models/videos',
		idField: 'video_id',
		request: { model: 'heygen-video-1', mode: 'text_to_video', prompt: 'A lighthouse' },
	},
	hyperframes: {
		path: '/v3/hyperframes/renders',
		idField: 'render_id',
		request: { project: { type: 'url', url: 'https://example.com/project.zip' } },
	},
	clipping: { path: '/v3/ai-clipping', idField: 'ai_clipping_id', request: { video: FILM } },
	backgroundRemoval: { path: '/v3/background-removals', idField: 'id', request: { video: FILM } },
	fillerWordRemoval: {
		path: '/v3/filler-word-removals',
		idField: 'filler_word_removal_id',
		request: { video: FILM },
	},
};

/** A valid request for a job of a simple kind, with other fields laid over it. */
export function jobRequest(name: SimpleJobName, fields: Record<string, unknown> = {}): Record<string, unknown> {
	return { ...simpleJobs[name].request, ...fields };
}

/** Valid requests for the jobs that have a path of their own, with other fields laid over them. */
export const translationRequest = (fields: Record<string, unknown> = {}): Record<string, unknown> => ({
	video: FILM,
	output_languages: ['Spanish (Spain)'],
	...fields,
});
export const proofreadRequest = (fields: Record<string, unknown> = {}): Record<string, unknown> =>
	translationRequest({ title: 'Proofread', ...fields });
export const lipsyncRequest = (fields: Record<string, unknown> = {}): Record<string, unknown> => ({
	video: FILM,
	audio: { type: 'url', url: 'https://example.com/dub.mp3' },
	...fields,
});
export const avatarRequest = (fields: Record<string, unknown> = {}): Record<string, unknown> => ({
	type: 'photo',
	name: 'Ada',
	file: { type: 'url', url: 'https://example.com/ada.png' },
	...fields,
});

export const cloneRequest = (fields: Record<string, unknown> = {}): Record<string, unknown> => ({
	voice_name: 'Ada',
	audio: { type: 'url', url: 'https://example.com/ada.mp3' },
	...fields,
});
/** The voice speaks English on starfish, and keeps pauses. */
export const speechRequest = (fields: Record<string, unknown> = {}): Record<string, unknown> => ({
	text: 'Hello there, Ada.',
	voice_id: 'voice_ann_calm_001',
	...fields,
});

/** Calls one sandbox. @param origin e.g. `http://127.0.0.1:4321`. */
export class SandboxClient {
	constructor(private readonly origin: string) {}

	/**
	 * Sends a request and parses the JSON answer.
	 * @param body a string or a form is sent as it stands, anything else as JSON.
	 * @throws Error when the answer does not fit the contract, or when the connection breaks.
	 */
	async call(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
		const { body, key = FULL_KEY, idempotencyKey, headers, signal } = options;
		const form = body instanceof FormData;
		const response = await fetch(this.origin + path, {
			method,
			redirect: 'manual',
			headers: {
				...(key === null ? {} : { 'x-api-key': key }),
				...(idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey }),
				...(body === undefined || form ? {} : { 'Content-Type': 'application/json' }),
				...headers,
			},
			...(body === undefined
				? {}
				: { body: form || typeof body === 'string' ? body : JSON.stringify(body) }),
			...(signal ? { signal } : {}),
		});
		const parsed: unknown = await response.json();
		const [pathname = ''] = path.split('?');
		if (options.unchecked !== true && !pathname.startsWith('/_sandbox')) {
			const violations = validateResponse(method, pathname, response.status, parsed);
			if (violations.length > 0) throw new Error(`${method} ${path}: ${JSON.stringify(violations)}`);
		}
		return { status: response.status, headers: response.headers, body: parsed };
	}

	get(path: string, options?: CallOptions): Promise<Answer> {
		return this.call('GET', path, options);
	}

	post(path: string, body: unknown, options?: CallOptions): Promise<Answer> {
		return this.call('POST', path, { ...options, body });
	}

	/** Creates a video of a public photo avatar. @returns its id. */
	async createVideo(fields: Record<string, unknown> = {}): Promise<string> {
		const { status, body } = await this.post('/v3/videos', avatarVideo(fields));
		if (status !== 200) throw new Error(`no video was created: ${JSON.stringify(body)}`);
		return String(body.data.video_id);
	}

	/** Starts a session of the video agent. @returns its id. */
	async createSession(fields: Record<string, unknown> = {}): Promise<string> {
		const { status, body } = await this.post('/v3/video-agents', { prompt: 'A film on tea', ...fields });
		if (status !== 200) throw new Error(`no session was created: ${JSON.stringify(body)}`);
		return String(body.data.session_id);
	}

	/** The record of a session; a marker may make its state break the contract. */
	async getSession(id: string): Promise<Answer['body']> {
		return (await this.get(`/v3/video-agents/${id}`, { unchecked: true })).body.data;
	}

	/** Tells the video agent something. @throws Error when it is refused. */
	async sendMessage(id: string, message: string, fields: Record<string, unknown> = {}): Promise<void> {
		const { status, body } = await this.post(`/v3/video-agents/${id}`, { message, ...fields });
		if (status !== 200) throw new Error(`the message was refused: ${JSON.stringify(body)}`);
	}

	/** Asks for a session until `isReached` holds for its data. @throws Error after ten seconds. */
	waitForSession(id: string, isReached: (session: Answer['body']) => boolean): Promise<Answer['body']> {
		return this.waitForRecord(`/v3/video-agents/${id}`, isReached);
	}

	/** Uploads a file in one piece. */
	upload(filename: string, bytes: Buffer, options?: CallOptions): Promise<Answer> {
		const form = new FormData();
		form.append('file', new Blob([new Uint8Array(bytes)]), filename);
		return this.post('/v3/assets', form, options);
	}

	/** Adds jobs to the account of every key. @throws Error when it makes no sense. */
	async seed(seed: Seed): Promise<void> {
		await this.control('POST', 'seed', seed);
	}

	/** Makes webhook events happen. @returns their ids. @throws Error when the request makes no sense. */
	async emit(request: EmitRequest): Promise<string[]> {
		const { event_ids: ids } = await this.control('POST', 'events', request);
		return ids;
	}

	/** Delivers an event once more. @returns to how many endpoints. @throws Error when there is no such event. */
	async redeliver(eventId: string): Promise<number> {
		const { deliveries } = await this.control('POST', 'redeliver', { event_id: eventId });
		return deliveries;
	}

	/** The webhook endpoints and the last 5,000 deliveries. */
	async webhooks(): Promise<WebhooksView> {
		return await this.control('GET', 'webhooks');
	}

	/** Creates a job of a simple kind. @returns its id. @throws Error when it is refused. */
	async createJob(name: SimpleJobName, fields: Record<string, unknown> = {}): Promise<string> {
		const { path, idField } = simpleJobs[name];
		const { status, body } = await this.post(path, jobRequest(name, fields));
		if (status >= 300) throw new Error(`no ${name} was created: ${JSON.stringify(body)}`);
		return String(body.data[idField]);
	}

	/** Translates a film, into Spanish by default. @returns the ids, one for each language. @throws Error when it is refused. */
	async createTranslations(fields: Record<string, unknown> = {}): Promise<string[]> {
		return (await this.create('/v3/video-translations', translationRequest(fields))).video_translation_ids;
	}

	/** Creates proofreads, in Spanish by default. @returns the ids, one for each language. @throws Error when it is refused. */
	async createProofreads(fields: Record<string, unknown> = {}): Promise<string[]> {
		return (await this.create('/v3/video-translations/proofreads', proofreadRequest(fields))).proofread_ids;
	}

	/** Creates a lip-sync. @returns its id. @throws Error when it is refused. */
	async createLipsync(fields: Record<string, unknown> = {}): Promise<string> {
		return (await this.create('/v3/lipsyncs', lipsyncRequest(fields))).lipsync_id;
	}

	/** Creates an avatar, of a photo by default. @returns the look and its group. @throws Error when it is refused. */
	createAvatar(fields: Record<string, unknown> = {}): Promise<Answer['body']> {
		return this.create('/v3/avatars', avatarRequest(fields));
	}

	/** Gives consent as the person of an avatar group would. @throws Error when there is no such private group. */
	async giveConsent(groupId: string): Promise<void> {
		await this.control('POST', 'consent', { group_id: groupId });
	}

	/** Clones a voice. @returns its id. @throws Error when it is refused. */
	async cloneVoice(fields: Record<string, unknown> = {}): Promise<string> {
		return (await this.create('/v3/voices/clone', cloneRequest(fields))).voice_clone_id;
	}

	/** Has a text spoken. @returns the data of the answer. @throws Error when it is refused. */
	createSpeech(fields: Record<string, unknown> = {}): Promise<Answer['body']> {
		return this.create('/v3/voices/speech', speechRequest(fields));
	}

	/** Asks for a video until `isReached` holds for its data. @throws Error after ten seconds. */
	waitFor(id: string, isReached: (video: Answer['body']) => boolean): Promise<Answer['body']> {
		return this.waitForRecord(`/v3/videos/${id}`, isReached);
	}

	/** Asks for a job of a simple kind until `isReached` holds for its data. @throws Error after ten seconds. */
	waitForJob(
		name: SimpleJobName,
		id: string,
		isReached: (job: Answer['body']) => boolean,
	): Promise<Answer['body']> {
		return this.waitForRecord(`${simpleJobs[name].path}/${id}`, isReached);
	}

	/**
	 * Reads a record until `isReached` holds for its data. Markers may make its state break the contract.
	 * @throws Error after ten seconds.
	 */
	async waitForRecord(
		path: string,
		isReached: (record: Answer['body']) => boolean,
	): Promise<Answer['body']> {
		const giveUpAt = Date.now() + 10_000;
		while (Date.now() < giveUpAt) {
			const { body } = await this.get(path, { unchecked: true });
			if (isReached(body.data)) return body.data;
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
		throw new Error(`${path} never got there`);
	}

	/** What a creation is answered with. @throws Error when it is refused. */
	private async create(path: string, request: object): Promise<Answer['body']> {
		const { status, body } = await this.post(path, request);
		if (status !== 200) throw new Error(`${path} refused: ${JSON.stringify(body)}`);
		return body.data;
	}

	private async control(method: string, action: string, body?: unknown): Promise<Answer['body']> {
		const answer = await this.call(method, `/_sandbox/${action}`, { body });
		if (answer.status !== 200) throw new Error(`${action}: ${JSON.stringify(answer.body)}`);
		return answer.body;
	}
}

/** A valid request for an avatar video; the look is a photo avatar with a default voice. */
export function avatarVideo(fields: Record<string, unknown> = {}): Record<string, unknown> {
	return { type: 'avatar', avatar_id: 'look_bruno_office_01', script: 'Hello there', ...fields };
}
