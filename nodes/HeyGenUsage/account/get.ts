import type { Operation } from '../../declare/resource';
import { single } from '../../engine/operations/single';
import { sendingOptionsField } from '../../fields/sending';
import { accountState } from '../../heygen/account';

/** `GET /v3/users/me`. */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get account',
	description: 'Read who the account belongs to and what is left of its balance, in the same fields however HeyGen bills it',
	request: { method: 'GET', url: '/v3/users/me' },
	run: single('get the account', accountState),
	properties: [sendingOptionsField],
};
