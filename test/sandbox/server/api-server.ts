/** The API listener: takes each request through key, limit, fault, idempotency and contract to its handler. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { agentHandlers } from '../agents/agent-handlers';
import { assetHandlers } from '../assets/asset-handlers';
import { avatarCreationHandlers } from '../avatars/avatar-creation-handlers';
import { avatarHandlers } from '../avatars/avatar-handlers';
import { consentHandlers } from '../avatars/consent-handlers';
import { brandHandlers } from '../brand/brand-handlers';
import { catalogueHandlers } from '../catalogue/catalogue-handlers';
import {
	checkAnyBody,
	checkBody,
	checkForm,
	checkQuery,
	type MatchedOperation,
	matchOperation,
	type RawQuery,
	validateAgainstContract,
} from './contract';
import { answerControl } from './control';
import { ENDLESS_TOKEN } from './cursor';
import { ApiError, invalidParameter, type Reply } from './errors';
import { DEFAULT_HANG_MS, type Fault } from './faults';
import { folderHandlers } from '../brand/folder-handlers';
import { type Pauses, readBody, send } from './http';
import type { IdempotencySlot } from './idempotency';
import { type ApiKey, authenticate } from './keys';
import { countReplay, takesIdempotencyKey } from './replays';
import type { Handlers } from './operation';
import { fileBytesIn, loggedBody, receive, type ReceivedBody } from './received-body';
import type { Recorder, RequestLogEntry } from './stats';
import { backgroundRemovalHandlers } from '../jobs/background-removal-handlers';
import { clippingHandlers } from '../jobs/clipping-handlers';
import { fillerWordRemovalHandlers } from '../jobs/filler-word-removal-handlers';
import { hyperframesHandlers } from '../jobs/hyperframes-handlers';
import { lipsyncHandlers } from '../lipsyncs/lipsync-handlers';
import { modelVideoHandlers } from '../jobs/model-video-handlers';
import { proofreadHandlers } from '../translations/proofread-handlers';
import { templateHandlers } from '../templates/template-handlers';
import { translationHandlers } from '../translations/translation-handlers';
import { uploadHandlers } from '../assets/upload-handlers';
import { videoHandlers } from '../videos/video-handlers';
import { soundHandlers } from '../voices/sound-handlers';
import { speechHandlers } from '../voices/speech-handlers';
import { voiceHandlers } from '../voices/voice-handlers';
import { webhookHandlers } from '../webhooks/webhook-handlers';
import type { World } from './world';

/** What the sandbox serves, by `METHOD /path-template`. */
export const handlers: Handlers = {
	...catalogueHandlers,
	...voiceHandlers,
	...speechHandlers,
	...soundHandlers,
	...avatarHandlers,
	...avatarCreationHandlers,
	...consentHandlers,
	...videoHandlers,
	...agentHandlers,
	...uploadHandlers,
	...assetHandlers,
	...brandHandlers,
	...folderHandlers,
	...translationHandlers,
	...proofreadHandlers,
	...lipsyncHandlers,
	...templateHandlers,
	...modelVideoHandlers,
	...hyperframesHandlers,
	...clippingHandlers,
	...backgroundRemovalHandlers,
	...fillerWordRemovalHandlers,
	...webhookHandlers,
};

/**
 * Compiles the largest schema, once per process. Left to the first request, compiling would hold up every other request
 * for a quarter of a second. The others are compiled when they are needed: all of them would cost every test file half a
 * second.
 */
export function warmUp(): void {
	validateAgainstContract('POST', '/v3/videos', { body: {} });
}

const CONTROL_PATH = '/_sandbox';
const IDEMPOTENCY_KEY = /^[A-Za-z0-9_\-:.]{1,255}$/;

/** One request on its way. */
interface Exchange {
	request: IncomingMessage;
	response: ServerResponse;
	entry: RequestLogEntry;
	recorder: Recorder;
	matched: MatchedOperation | null;
	body: ReceivedBody;
}

type MakeReply = () => Reply | Promise<Reply>;

/** What a request comes to: how to make the answer, the fault that strikes it, its claim on an idempotency key. */
interface Admission {
	makeReply: MakeReply;
	fault: Fault | null;
	slot: IdempotencySlot | null;
}

const codeOfStatus: Record<number, string> = {
	400: 'invalid_parameter',
	401: 'unauthorized',
	402: 'insufficient_credit',
	403: 'forbidden',
	404: 'not_found',
	409: 'request_in_progress',
	413: 'payload_too_large',
	429: 'rate_limit_exceeded',
	500: 'internal_error',
	503: 'service_unavailable',
	504: 'gateway_timeout',
};

function statusFault({ status = 500, code, retryAfter }: Fault): Reply {
	const options = retryAfter === undefined ? {} : { retryAfter };
	const name = code ?? codeOfStatus[status] ?? 'internal_error';
	return new ApiError(status, name, `Injected fault: ${name}`, options).toReply();
}

/** The answer a failure stands for; anything but an ApiError is a mistake in the sandbox itself. */
function replyOf(error: unknown): Reply {
	if (error instanceof ApiError) return error.toReply();
	const message = error instanceof Error ? error.message : String(error);
	return new ApiError(500, 'internal_error', `The sandbox failed: ${message}`).toReply();
}

async function attempt(make: MakeReply): Promise<Reply> {
	try {
		return await make();
	} catch (error) {
		return replyOf(error);
	}
}

function rawQueryOf(parameters: URLSearchParams): RawQuery {
	const query: RawQuery = {};
	for (const name of new Set(parameters.keys())) {
		const values = parameters.getAll(name);
		query[name] = values.length > 1 ? values : values[0];
	}
	return query;
}

/** A list answer that claims to go on for ever. */
function withEndlessCursor(reply: Reply, itemsPath: string | null): Reply {
	if (itemsPath === null || reply.status !== 200) return reply;
	const body = reply.body as Record<string, unknown>;
	const cursor = { has_more: true, next_token: ENDLESS_TOKEN };
	const inData = itemsPath === 'data.items';
	const endless = inData ? { data: { ...(body.data as object), ...cursor } } : cursor;
	return { ...reply, body: { ...body, ...endless } };
}

export class ApiServer {
	readonly server: Server;

	constructor(
		private readonly world: World,
		private readonly pauses: Pauses,
	) {
		this.server = createServer((request, response) => {
			// A client that leaves in the middle of a request is no concern of the sandbox.
			this.handle(request, response).catch(() => response.destroy());
		});
	}

	private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const url = new URL(request.url ?? '/', 'http://127.0.0.1');
		const method = request.method ?? 'GET';
		const path = url.pathname;
		if (path.startsWith(`${CONTROL_PATH}/`)) {
			const body = await readBody(request);
			const reply = answerControl(this.world, method, path.slice(CONTROL_PATH.length), body);
			this.world.watchJobs();
			this.sendReply(response, reply);
			return;
		}
		// Kept for the whole exchange: after a reset in between, the old counts are nobody's any more.
		const { recorder } = this.world;
		const entry = recorder.arrive(method, path, rawQueryOf(url.searchParams), Date.now());
		let outcome: number | 'dropped' = 'dropped';
		try {
			const raw = await readBody(request);
			const matched = matchOperation(method, path);
			const body = receive(raw, matched, request.headers['content-type']);
			recorder.uploadBytesReceived += fileBytesIn(body);
			recorder.recognise(entry, matched?.operation.template ?? null);
			entry.body = loggedBody(raw, body);
			outcome = await this.answer({ request, response, entry, recorder, matched, body });
		} finally {
			recorder.leave(entry, outcome);
		}
	}

	private async answer(exchange: Exchange): Promise<number | 'dropped'> {
		const { response, matched } = exchange;
		const { makeReply, fault, slot } = this.admit(exchange);
		await this.pauses.wait(this.world.config.latencyMs);
		if (fault?.kind === 'drop_before') {
			response.destroy();
			return 'dropped';
		}
		const reply = await attempt(makeReply);
		this.world.watchJobs();
		if (fault?.kind === 'hang_in_progress') await this.pauses.wait(fault.hangMs ?? DEFAULT_HANG_MS);
		slot?.settle(reply);
		if (fault?.kind === 'hang') {
			// Over as soon as the client gives up, so that the counts tell of it at once.
			const pause = this.pauses.wait(fault.hangMs ?? DEFAULT_HANG_MS);
			await Promise.race([pause, once(response, 'close')]);
		}
		if (fault?.kind === 'drop_after') {
			response.destroy();
			return 'dropped';
		}
		if (fault?.kind === 'garbage') return this.sendGarbage(response, reply);
		const itemsPath = matched?.operation.itemsPath ?? null;
		return this.sendReply(
			response,
			fault?.kind === 'endless_cursor' ? withEndlessCursor(reply, itemsPath) : reply,
		);
	}

	/** Decides at arrival what happens to a request; the answer itself is made after the latency. */
	private admit(exchange: Exchange): Admission {
		const refused = (error: unknown): Admission => ({
			makeReply: () => replyOf(error),
			fault: null,
			slot: null,
		});
		try {
			const key = authenticate(exchange.request.headers['x-api-key'], this.world.config.revokedKeys);
			exchange.entry.apiKey = key.value;
			const { method, path } = exchange.entry;
			const refusal = this.world.limiter.admit(key.value, { method, path }, Date.now());
			if (refusal !== null) throw new ApiError(429, 'rate_limit_exceeded', 'Too many requests', refusal);
			return this.admitCounted(exchange, key);
		} catch (error) {
			return refused(error);
		}
	}

	private admitCounted(exchange: Exchange, key: ApiKey): Admission {
		const { request, entry } = exchange;
		const fault = this.world.faults.take('api', entry.method, entry.template);
		const without = (makeReply: MakeReply): Admission => ({ makeReply, fault, slot: null });
		if (fault?.kind === 'drop_before') return without(() => ({ status: 500, body: null }));
		if (fault?.kind === 'status') return without(() => statusFault(fault));
		if (fault?.kind === 'answer') return without(() => ({ status: fault.status ?? 200, body: fault.body ?? null }));
		if (fault?.kind === 'redirect') {
			const headers = { Location: fault.location ?? '/' };
			return without(() => ({ status: 302, body: {}, headers }));
		}

		const header = request.headers['idempotency-key'];
		entry.idempotencyKey = typeof header === 'string' ? header : null;
		const makeReply: MakeReply = () => this.process(exchange, key);
		if (entry.idempotencyKey === null || entry.method !== 'POST' || !this.takesKey(entry)) {
			return { makeReply, fault, slot: null };
		}
		if (!IDEMPOTENCY_KEY.test(entry.idempotencyKey)) return { makeReply, fault, slot: null };
		return this.admitOnce(exchange, key, makeReply, fault);
	}

	private admitOnce(
		exchange: Exchange,
		key: ApiKey,
		makeReply: MakeReply,
		fault: Fault | null,
	): Admission {
		const { entry, recorder } = exchange;
		const scope = `${key.value} ${entry.path} ${entry.idempotencyKey ?? ''}`;
		const known = this.world.idempotency.begin(scope, Date.now());
		if (known === 'in_progress') {
			const message = 'The first request with this Idempotency-Key is still being processed';
			const error = new ApiError(409, 'request_in_progress', message, { retryAfter: 1 });
			return { makeReply: () => error.toReply(), fault, slot: null };
		}
		if ('settle' in known) return { makeReply, fault, slot: known };
		entry.replayed = true;
		countReplay(recorder, entry.template, known.replay, this.world);
		return { makeReply: () => known.replay, fault, slot: null };
	}

	private takesKey({ template }: RequestLogEntry): boolean {
		return takesIdempotencyKey(template, this.world.config);
	}

	/** Checks a request against the contract and hands it to its handler. */
	private process({ entry, matched, body }: Exchange, key: ApiKey): Reply | Promise<Reply> {
		if (!matched) throw new ApiError(404, 'not_found', `No such operation: ${entry.method} ${entry.path}`);
		if (body.problem) throw body.problem;
		const idempotencyKey = this.takesKey(entry) ? entry.idempotencyKey : null;
		if (idempotencyKey !== null && !IDEMPOTENCY_KEY.test(idempotencyKey)) {
			const message = `Idempotency-Key must match ${IDEMPOTENCY_KEY.source}`;
			throw invalidParameter([{ param: 'Idempotency-Key', message }]);
		}
		const { operation, params } = matched;
		const query = checkQuery(operation, entry.query);
		if (query.violations.length > 0) throw invalidParameter(query.violations);
		const check = this.world.config.contract === 'open' ? checkAnyBody : checkBody;
		const violations = [...check(operation, body.json), ...checkForm(operation, body.parts)];
		if (violations.length > 0) throw invalidParameter(violations);

		const name = `${operation.method} ${operation.template}`;
		const handler = handlers[name];
		if (!handler) throw new ApiError(501, 'not_in_sandbox', `The sandbox does not serve ${name} yet`);
		return handler({
			world: this.world,
			key,
			params,
			query: query.values,
			body: (body.json ?? {}) as Record<string, unknown>,
			parts: body.parts,
			now: Date.now(),
		});
	}

	private sendReply(response: ServerResponse, reply: Reply): number | 'dropped' {
		const headers = {
			...reply.headers,
			'Content-Type': 'application/json',
			'X-Request-Id': randomUUID(),
		};
		const sent = send(response, reply.status, headers, JSON.stringify(reply.body));
		return sent ? reply.status : 'dropped';
	}

	/** What a broken proxy makes of an answer: a page of HTML with the first half of the JSON in it. */
	private sendGarbage(response: ServerResponse, reply: Reply): number | 'dropped' {
		const json = JSON.stringify(reply.body);
		const page = `<html><body>${json.slice(0, Math.floor(json.length / 2))}`;
		const headers = { 'Content-Type': 'text/html', 'X-Request-Id': randomUUID() };
		return send(response, 200, headers, page) ? 200 : 'dropped';
	}
}
