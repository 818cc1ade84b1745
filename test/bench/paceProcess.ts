/**
 * One process with a gate of its own that makes videos, as a worker of n8n's queue mode does, once it is told to on its
 * standard input: `paceProcess.ts <url> <key> <creates>`.
 */
import { once } from 'node:events';
import type { IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';
import { gateFor, Line } from '../../nodes/engine/request/pacing/gate';
import { send } from '../../nodes/engine/request/send';
import { LOOK } from '../n8n/support/suite';

const [url = '', key = '', creates = '0'] = process.argv.slice(2);

async function request(options: IHttpRequestOptions): Promise<IN8nHttpFullResponse> {
	const reply = await fetch(`${url}${options.url}`, {
		method: options.method ?? 'GET',
		headers: { 'x-api-key': key, 'content-type': 'application/json' },
		body: JSON.stringify(options.body),
	});
	const text = await reply.text();
	const headers = { 'retry-after': reply.headers.get('retry-after') ?? undefined, date: reply.headers.get('date') ?? undefined };
	return { statusCode: reply.status, headers, body: JSON.parse(text) as object };
}

async function main(): Promise<void> {
	const account = { baseUrl: url, gate: gateFor(key), version: 0 };
	const client = { account, line: new Line(), queueTimeout: 600_000, transport: {}, request };
	const create = async (_: unknown, item: number) =>
		await send(client, {
			method: 'POST',
			path: '/v3/videos',
			body: { type: 'avatar', avatar_id: LOOK, script: `Process ${process.pid}, number ${item}.` },
			startsJob: 'generation',
			doing: 'create the video',
		});
	// All processes are ready before the first begins: a worker has long been running when work comes.
	process.stdout.write('ready\n');
	await once(process.stdin, 'data');
	await Promise.all(Array.from({ length: Number(creates) }, create));
}

main().catch((error: unknown) => {
	process.stderr.write(`${String(error)}\n`);
	process.exit(1);
});
