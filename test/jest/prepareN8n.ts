import { ensureN8n } from '../n8n/host/install';
import { packOnce } from '../n8n/host/pack';

/**
 * Before the tests in a real n8n: to install it takes minutes, which no test's time-out can be expected to cover, and all
 * test files try the same package.
 */
export default async function setUp(): Promise<void> {
	await ensureN8n();
	await packOnce();
}
