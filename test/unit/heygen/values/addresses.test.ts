import { addressFlaw, readAddress } from '../../../../nodes/heygen/values/addresses';

describe('an address that HeyGen is to reach', () => {
	it.each([
		['https://example.com/hook', 'https://example.com/hook'],
		['  https://example.com/hook\r\n', 'https://example.com/hook'],
		['\uFEFFhttps://example.com', 'https://example.com'],
		['HTTPS://Example.com/Hook?a=1&b=%2F#c', 'HTTPS://Example.com/Hook?a=1&b=%2F#c'],
		['https://example.com/my film.mp3', 'https://example.com/my%20film.mp3'],
		['https://bücher.example/ä', 'https://bücher.example/ä'],
		['https://8.8.8.8:8443/x', 'https://8.8.8.8:8443/x'],
	])('%j goes out as %j', (given, value) => {
		expect(readAddress(given)).toEqual({ value });
	});

	it.each([undefined, null, '', '  \n'])('%j is none', (given) => {
		expect(readAddress(given)).toEqual({ value: undefined });
	});

	it.each<[unknown, RegExp]>([
		['http://example.com', /^must be an address that starts with https:\/\/, but it is "http:\/\/example\.com"$/],
		['example.com/hook', /^must be an address that starts with https:/],
		['/hook', /^must be an address that starts with https:/],
		['ftp://example.com', /^must be an address that starts with https:/],
		['https://', /^must be an address that starts with https:/],
		['https:// example.com', /^is not a valid address/],
		[5, /^must be an address that starts with https:\/\/, but it is "5"$/],
		[{ url: 'https://e.com' }, /^must be an address/],
		[['https://e.com'], /^must be an address/],
		[true, /^must be an address/],
		['https://ada:secret@example.com', /^carries a login/],
		['https://ada@example.com', /^carries a login/],
		['https://localhost/hook', /^points to this machine or into a private network/],
		['https://localhost:5678/hook', /^points to this machine/],
		['https://n8n/hook', /^points to this machine/],
		['https://n8n.local/hook', /^points to this machine/],
		['https://127.0.0.1/hook', /^points to this machine/],
		['https://2130706433/hook', /^points to this machine/],
		['https://10.0.0.5/hook', /^points to this machine/],
		['https://172.20.0.2/hook', /^points to this machine/],
		['https://192.168.1.10/hook', /^points to this machine/],
		['https://169.254.169.254/latest', /^points to this machine/],
		['https://100.64.0.1/hook', /^points to this machine/],
		['https://[::1]/hook', /^points to this machine/],
		['https://[fd00::1]/hook', /^points to this machine/],
		['https://0.0.0.0/', /^points to this machine/],
		['https://[::127.0.0.1]/', /^points to this machine/],
		['https://[64:ff9b::7f00:1]/', /^points to this machine/],
		['https://[2002:7f00:1::]/', /^points to this machine/],
		['https://[fec0::1]/', /^points to this machine/],
		['https://[ff02::1]/', /^points to this machine/],
		['https://255.255.255.255/', /^points to this machine/],
		['https://224.0.0.1/', /^points to this machine/],
		['https://198.18.0.1/', /^points to this machine/],
		['https://n8n.localdomain/', /^points to this machine/],
		['https://n8n.test/', /^points to this machine/],
		['https://localhost../', /^points to this machine/],
		['https:example.com/h', /^must be an address that starts with https:/],
		['https:/example.com/h', /^must be an address that starts with https:/],
		['https:///example.com/h', /^must be an address that starts with https:/],
		['https:\\\\example.com\\h', /^must be an address that starts with https:/],
		['https://example.com\\h', /^is not a valid address/],
		['https://example.com:99999/h', /^is not a valid address: "https:\/\/example\.com:99999\/h"$/],
		['https://exa mple.com/h', /^is not a valid address: "https:\/\/exa mple\.com\/h"$/],
		['https://e.com/a\nb', /^is not an address: "https:\/\/e\.com\/a b" has a line end or the like in it$/],
		['https://e.com/\0', /a line end or the like/],
		['https://e.com/😀'.slice(0, 15), /^holds half a character/],
	])('%j is refused', (given, problem) => {
		expect(readAddress(given).problem).toMatch(problem);
	});

	it.each(['https://ada:secret@example.com', 'http://ada:secret@example.com', 'https://ada:secret@localhost'])('a login in %s is not repeated', (given) => {
		expect(readAddress(given).problem).not.toContain('secret');
	});

	it('has no flaw when HeyGen can reach it', () => {
		expect(addressFlaw('https://example.com')).toBeUndefined();
	});
});
