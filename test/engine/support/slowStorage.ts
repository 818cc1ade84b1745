/** A slow connection between n8n and the storage to which files go by direct upload. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Sandbox } from '../../sandbox';
import { leadLinksTo } from './assetSupport';

/** Milliseconds for which the connection takes nothing when it has taken enough. */
const SHORTEST_PAUSE = 10;

export interface SlowStorage {
	/** Bytes that came from n8n, with the heads of the requests. */
	received(): number;
	/** Takes in what n8n has sent and will send, as fast as it comes, until n8n closes the connections. */
	drain(): Promise<void>;
	stop(): Promise<void>;
}

/** How fast the connection is, and what it has taken. */
interface Line {
	bytesPerSecond: number;
	received: number;
}

/** Hands on what comes from n8n, no faster than the connection is. */
async function passOn(from: Socket, to: Socket, line: Line): Promise<void> {
	let due = Date.now();
	for await (const chunk of from as AsyncIterable<Buffer>) {
		line.received += chunk.length;
		to.write(chunk);
		due = Math.max(due, Date.now()) + (chunk.length / line.bytesPerSecond) * 1_000;
		if (due - Date.now() > SHORTEST_PAUSE) await delay(due - Date.now());
	}
}

/**
 * Puts a slow connection in front of a sandbox's file host. Links that the sandbox hands out from now on lead there.
 *
 * @param bytesPerSecond what it takes in
 */
export async function slowStorage(sandbox: Sandbox, bytesPerSecond: number): Promise<SlowStorage> {
	const { hostname, port } = new URL(sandbox.fileUrl);
	const sockets = new Set<Socket>();
	const line: Line = { bytesPerSecond, received: 0 };
	const server = createServer((client) => {
		const host = connect(Number(port), hostname);
		sockets.add(client);
		client.on('close', () => {
			sockets.delete(client);
			host.destroy();
		});
		for (const socket of [client, host]) socket.on('error', () => socket.destroy());
		host.pipe(client);
		passOn(client, host, line).catch(() => host.destroy());
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	leadLinksTo(sandbox, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
	return {
		received: () => line.received,
		drain: async () => {
			line.bytesPerSecond = Infinity;
			await Promise.all([...sockets].map(async (socket) => await once(socket, 'close')));
		},
		stop: async () => {
			sockets.forEach((socket) => socket.destroy());
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
