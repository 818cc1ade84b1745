/** The registered webhook endpoints of all keys. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { SandboxConfig } from '../config';
import { ApiError, invalidParameter } from '../server/errors';
import { Records } from '../server/records';
import type { WebhookEvent } from './webhook-events';

export interface Endpoint {
	id: string;
	url: string;
	/** Types it subscribes to; null: all. */
	events: string[] | null;
	/** The only thing whose events it gets; null: everything. */
	entityId: string | null;
	secret: string;
	/** Name of the API key that it belongs to. */
	owner: string;
	/** Unix milliseconds. */
	createdAt: number;
	deleted: boolean;
	/** Unix milliseconds; null while it exists. */
	deletedAt: number | null;
}

const newSecret = (): string => `whsec_${randomBytes(24).toString('hex')}`;

/** @throws ApiError 400 unless events may be sent there: by https, or to this machine. */
export function checkEndpointUrl(text: string): void {
	const url = URL.canParse(text) ? new URL(text) : null;
	const isLocal = url?.hostname === '127.0.0.1' || url?.hostname === 'localhost';
	if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLocal)) return;
	throw invalidParameter([{ param: 'url', message: 'url must be a public https URL' }]);
}

export class EndpointStore {
	readonly records = new Records<Endpoint>();

	/** @param config read at each use, so that changed settings apply at once. */
	constructor(private readonly config: () => SandboxConfig) {}

	/** Whether there is an endpoint of any key. */
	get any(): boolean {
		return this.records.all().some(({ deleted }) => !deleted);
	}

	/** @throws ApiError 400 or 409 when the key may have no more endpoints, or no second one for this URL. */
	create(draft: Pick<Endpoint, 'url' | 'events' | 'entityId' | 'owner'>, now: number): Endpoint {
		const others = this.records.all().filter((other) => !other.deleted && other.owner === draft.owner);
		const { webhookMaxEndpoints: most, webhookConflictOnSameUrl } = this.config();
		if (webhookConflictOnSameUrl && others.some(({ url }) => url === draft.url)) {
			throw new ApiError(409, 'conflict', 'This URL is registered already', { param: 'url' });
		}
		if (most !== null && others.length >= most) {
			throw new ApiError(400, 'resource_limit_reached', `There are ${most} webhook endpoints already`);
		}
		const endpoint: Endpoint = {
			...draft,
			id: `ep_${randomUUID().replace(/-/g, '')}`,
			secret: newSecret(),
			createdAt: now,
			deleted: false,
			deletedAt: null,
		};
		this.records.add(endpoint);
		return endpoint;
	}

	/** @throws ApiError 404 when the key has no such endpoint. */
	get(id: string, owner: string): Endpoint {
		const endpoint = this.records.get(id);
		if (endpoint?.owner !== owner) {
			throw new ApiError(404, 'webhook_not_found', `Webhook endpoint ${id} not found`);
		}
		return endpoint;
	}

	/** Deliveries that are under way do not go out any more. */
	delete(endpoint: Endpoint, now: number): void {
		this.records.delete(endpoint.id);
		endpoint.deletedAt = now;
	}

	/** The old secret signs nothing from now on, retries included. */
	rotate(endpoint: Endpoint): void {
		endpoint.secret = newSecret();
	}

	/** The endpoints that get an event. */
	receiversOf(event: WebhookEvent): Endpoint[] {
		const toAll = this.config().webhookUnsubscribed;
		return this.records
			.all()
			.filter(
				({ deleted, owner, events, entityId }) =>
					!deleted &&
					event.isOf(owner) &&
					(toAll || events === null || events.includes(event.type)) &&
					(entityId === null || event.isAbout(entityId)),
			);
	}
}
