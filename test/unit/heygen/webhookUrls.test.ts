import { webhookUrlProblem } from '../../../nodes/heygen/webhooks';

/** Which addresses of an n8n HeyGen can call. */

const PATH = '/webhook/7b1c/webhook';

it.each([
	'https://n8n.example.com',
	'https://n8n.example.com:8443',
	'HTTPS://N8N.EXAMPLE.COM',
	'https://n8n.example.com/sub/path',
	'https://abc.ngrok-free.app',
	'https://bücher.example',
	'https://8.8.8.8',
	'https://172.15.0.1',
	'https://[2606:4700::6810:84e5]',
	// They only begin or end like private ones.
	'https://localhost.example.com',
	'https://10.example.com',
	'https://mylocal.com',
	'https://internal.example.com',
])('HeyGen can call %s', (base) => {
	expect(webhookUrlProblem(`${base}${PATH}`)).toBeUndefined();
});

it.each(['http://n8n.example.com', 'http://8.8.8.8', 'ftp://n8n.example.com', 'wss://n8n.example.com'])(
	'HeyGen calls no address like %s',
	(base) => {
		expect(webhookUrlProblem(`${base}${PATH}`)).toBe('does not start with https://');
	},
);

it.each([
	'localhost', 'localhost:5678', 'LOCALHOST', 'localhost.', 'n8n.localhost', '127.0.0.1', '127.0.0.1:5678', '127.8.9.10', '127.1', '2130706433',
	'0.0.0.0', '10.0.0.1', '10.255.255.255', '172.16.0.1', '172.31.255.255', '192.168.1.5', '169.254.169.254', '100.64.0.1',
	'[::1]', '[::]', '[fd12:3456::1]', '[fc00::1]', '[fe80::1]', '[::ffff:192.168.1.5]', '[0:0:0:0:0:0:0:1]',
	'n8n.local', 'N8N.LOCAL', 'n8n', 'n8n:5678', 'host.docker.internal', 'nas.lan', 'server.home.arpa',
])('HeyGen cannot find %s', (host) => {
	for (const scheme of ['https', 'http']) {
		expect(webhookUrlProblem(`${scheme}://${host}${PATH}`)).toBe('is known only to this machine or its network');
	}
});

it.each(['', ' ', 'n8n.example.com', '/webhook/7b1c', 'https://', 'https:// n8n.example.com', 'https://256.256.256.256', 'undefined'])(
	'%j is no address',
	(url) => {
		expect(webhookUrlProblem(url)).toBe('is not an address');
	},
);
