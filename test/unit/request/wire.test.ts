import { NodeApiError } from 'n8n-workflow';

import { causeOf, EngineError } from '../../../nodes/engine/basics/errors';
import { failureWords, networkFailure, neverSent } from '../../../nodes/engine/request/wire';
import { N8N_ERROR_TOKENS } from '../support/simulation/n8nTokens';
import { systemError } from '../support/systemError';

const NODE = { id: 'n', name: 'HeyGen', type: 't', typeVersion: 1, position: [0, 0] as [number, number], parameters: {} };

describe('networkFailure', () => {
	it.each([
		'ECONNRESET', 'ECONNREFUSED', 'ECONNABORTED', 'ETIMEDOUT', 'EPIPE', 'EPROTO', 'EHOSTUNREACH', 'ENETUNREACH',
		'ENOTFOUND', 'EAI_AGAIN', 'ERR_BAD_RESPONSE', 'ERR_NETWORK', 'ERR_TLS_CERT_ALTNAME_INVALID',
		'ERR_STREAM_PREMATURE_CLOSE', 'CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	])('knows %s, also inside the error of a helper', (code) => {
		expect(networkFailure(systemError(code))).toBe(code);
		expect(networkFailure(new Error('wrapped', { cause: systemError(code) }))).toBe(code);
	});

	it.each(['INVALID_CA', 'INVALID_PURPOSE', 'PATH_LENGTH_EXCEEDED', 'HOSTNAME_MISMATCH', 'UNABLE_TO_GET_CRL', 'CERT_REVOKED'])(
		'takes %s for a certificate that is not accepted, before anything is sent',
		(code) => {
			const error = new Error('wrapped', { cause: systemError(code) });
			expect([networkFailure(error), neverSent(error, code)]).toEqual([code, true]);
			expect(failureWords(code)).toBe('the TLS certificate was not accepted');
		},
	);

	it.each(['Z_DATA_ERROR', 'Z_BUF_ERROR', 'ERR__ERROR_FORMAT_PADDING_1', 'ERR_BROTLI_DECODER_ERROR', 'ZSTD_error_prefix_unknown'])(
		'takes %s, an answer that cannot be decoded, for one',
		(code) => {
			expect(networkFailure(new Error('wrapped', { cause: systemError(code) }))).toBe(code);
			expect(failureWords(code)).toBe('the answer could not be decoded');
		},
	);

	/** An error of the request helper, with a request under way or none. */
	const helperError = (more: object) => Object.assign(new Error('Oops'), { isAxiosError: true, ...more });

	it('takes whatever fails while a request is under way for one', () => {
		for (const more of [{ request: {} }, { response: {} }, { request: {}, code: 'ERR_STRING_TOO_LONG' }]) {
			expect(networkFailure(new Error('wrapped', { cause: helperError(more) }))).toBe('ERR_NETWORK');
		}
		expect(networkFailure(helperError({ code: 'ERR_BAD_OPTION' }))).toBeUndefined();
	});

	it('takes a body that could not be read for none, however deep it is in there', () => {
		const unreadable = new EngineError('Could not read the file', '');
		const error = new Error('n8n', { cause: Object.assign(helperError({ request: {} }), { cause: unreadable }) });
		expect(networkFailure(error)).toBeUndefined();
		expect(causeOf(error)).toBe(unreadable);
	});

	it.each([
		[systemError('ENOSPC')], [systemError('ENOENT')], [systemError('EACCES')], [new Error('Bad credential')],
		[{ code: 500 }], ['text'], [null], [undefined],
	])('takes %p for something else', (error) => {
		expect(networkFailure(error)).toBeUndefined();
	});
});

describe("n8n's own words", () => {
	it.each(N8N_ERROR_TOKENS)('would replace a message with %s in it', (token) => {
		const error = new NodeApiError(NODE, { message: `about ${token} there` });
		expect(error.message).not.toContain(token);
	});

	it.each([...N8N_ERROR_TOKENS, 'EPIPE', 'ENETUNREACH', 'CERT_HAS_EXPIRED', 'ERR_NETWORK', 'SOMETHING'])(
		'do not come up in ours for %s',
		(code) => {
			const words = failureWords(code);
			expect(words).not.toBe('');
			for (const token of N8N_ERROR_TOKENS) expect(words.toUpperCase()).not.toContain(token);
		},
	);
});
