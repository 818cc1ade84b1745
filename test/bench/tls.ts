import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import { request as httpRequest } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A server that takes TLS connections on loopback and hands their requests on. */
export interface TlsFront {
	/** Its address: https://127.0.0.1:port. */
	url: string;
	stop(): Promise<void>;
}

/**
 * Starts a server with a certificate that nobody vouches for. Needs `openssl` in the PATH.
 *
 * @param target where it hands requests on, without TLS
 */
export async function startTlsFront(target: string): Promise<TlsFront> {
	const { hostname, port } = new URL(target);
	const server = createServer(throwawayCertificate(), (request, response) => {
		const { method, url, headers } = request;
		const onward = httpRequest({ hostname, port, method, path: url, headers }, (answer) => {
			response.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.pipe(response);
		});
		onward.on('error', () => response.destroy());
		request.pipe(onward);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
		stop: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

function throwawayCertificate(): { key: Buffer; cert: Buffer } {
	const folder = mkdtempSync(path.join(tmpdir(), 'tls-'));
	try {
		const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
		const about = ['-subj', '/CN=localhost', '-days', '2', '-nodes'];
		execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-keyout', key, '-out', cert, ...about], { stdio: 'pipe' });
		return { key: readFileSync(key), cert: readFileSync(cert) };
	} finally {
		rmSync(folder, { recursive: true });
	}
}
