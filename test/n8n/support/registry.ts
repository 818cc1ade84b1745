import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer as createHttp, type IncomingMessage, type Server as HttpServer, type ServerResponse } from 'node:http';
import { createServer as createHttps, type Server as HttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { run } from '../host/shell';

/** Host of npm's registry. n8n takes packages from another one with a licence only. */
const NPM = 'registry.npmjs.org';
const LOOPBACK = '127.0.0.1';

/** What a registry says of one version of a package. */
interface Version extends Record<string, unknown> {
	name: string;
	version: string;
	dist: { tarball: string; integrity: string; shasum: string };
}

/**
 * A stand-in for npm's registry that has what is published here and nothing else. It is a proxy on the loopback
 * address: it answers for the registry's host itself, and refuses all other hosts. Whoever uses it has no internet.
 */
export class Registry {
	/** Environment that makes n8n, and the npm that n8n starts, ask here. */
	readonly env: Record<string, string>;
	/** Paths of all requests to the registry, in order. */
	readonly requests: string[] = [];

	private readonly packages = new Map<string, Version[]>();
	private readonly archives = new Map<string, Buffer>();
	private readonly sockets = new Set<Socket>();

	private constructor(
		private readonly proxy: HttpServer,
		private readonly registry: HttpsServer,
		private readonly folder: string,
	) {
		const url = `http://${LOOPBACK}:${(proxy.address() as AddressInfo).port}`;
		this.env = {
			HTTPS_PROXY: url,
			https_proxy: url,
			HTTP_PROXY: url,
			http_proxy: url,
			NODE_EXTRA_CA_CERTS: path.join(folder, 'cert.pem'),
			// npm's settings and cache of whoever runs this are neither read nor written. npm wants two files, which may be missing.
			npm_config_userconfig: path.join(folder, 'user-npmrc'),
			npm_config_globalconfig: path.join(folder, 'global-npmrc'),
			npm_config_cache: path.join(folder, 'cache'),
			// npm would ask for its own newest version.
			npm_config_update_notifier: 'false',
		};
		proxy.on('connection', (socket) => this.keep(socket));
		proxy.on('connect', ({ url: host }, socket: Socket) => this.connect(host, socket));
		proxy.on('request', (_, response) => response.writeHead(502).end());
		registry.on('request', (request, response) => this.answer(request, response));
	}

	/**
	 * Starts an empty registry on a free port.
	 *
	 * @throws Error when there is no openssl, which makes the certificate
	 */
	static async start(): Promise<Registry> {
		const folder = await mkdtemp(path.join(tmpdir(), 'heygen-suite-registry-'));
		const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', 'key.pem'];
		const host = ['-subj', `/CN=${NPM}`, '-addext', `subjectAltName=DNS:${NPM}`];
		await run('openssl', ['req', '-x509', ...key, ...host, '-days', '2', '-out', 'cert.pem'], { cwd: folder });
		const registry = createHttps({
			key: await readFile(path.join(folder, 'key.pem')),
			cert: await readFile(path.join(folder, 'cert.pem')),
		});
		const proxy = createHttp();
		await new Promise<void>((resolve) => proxy.listen(0, LOOPBACK, resolve));
		return new Registry(proxy, registry, folder);
	}

	/**
	 * Adds a version of a package, which becomes the latest one.
	 *
	 * @param tgz path of the packed package
	 */
	async publish(tgz: string): Promise<void> {
		const archive = await readFile(tgz);
		const manifest = await run('tar', ['-xzOf', tgz, 'package/package.json'], { cwd: this.folder });
		const { name, version, ...others } = JSON.parse(manifest) as { name: string; version: string };
		const file = `/${name}/-/${name}-${version}.tgz`;
		const dist = {
			tarball: `https://${NPM}${file}`,
			integrity: `sha512-${createHash('sha512').update(archive).digest('base64')}`,
			shasum: createHash('sha1').update(archive).digest('hex'),
		};
		this.archives.set(file, archive);
		this.packages.set(name, [...(this.packages.get(name) ?? []), { name, version, ...others, dist }]);
	}

	/** Ends the registry and removes its files. */
	async stop(): Promise<void> {
		const closed = new Promise((resolve) => this.proxy.close(resolve));
		for (const socket of this.sockets) socket.destroy();
		await closed;
		await rm(this.folder, { recursive: true, force: true, maxRetries: 3 });
	}

	private keep(socket: Socket): void {
		this.sockets.add(socket);
		socket.once('close', () => this.sockets.delete(socket));
		// Whoever asked may end in the middle of an answer.
		socket.on('error', () => undefined);
	}

	/** Opens a tunnel, whose other end is the registry here. */
	private connect(host: string | undefined, socket: Socket): void {
		if (host !== `${NPM}:443`) {
			socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
			return;
		}
		socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
		this.registry.emit('connection', socket);
	}

	private answer({ url = '' }: IncomingMessage, response: ServerResponse): void {
		this.requests.push(url);
		const archive = this.archives.get(url);
		if (archive) {
			response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(archive);
			return;
		}
		const found = this.find(url);
		response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' });
		response.end(JSON.stringify(found ?? { error: 'Not found' }));
	}

	/** What the registry says of a package, or of one version when the path names it as well. */
	private find(url: string): object | undefined {
		const [, name = '', wanted] = url.split('/');
		const versions = this.packages.get(name);
		const latest = versions?.at(-1);
		if (versions === undefined || latest === undefined) return undefined;
		if (wanted === 'latest') return latest;
		if (wanted !== undefined) return versions.find(({ version }) => version === wanted);
		return {
			name,
			'dist-tags': { latest: latest.version },
			versions: Object.fromEntries(versions.map((version) => [version.version, version])),
		};
	}
}
