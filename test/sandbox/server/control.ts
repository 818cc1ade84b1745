/** The control endpoint: lets a test in another process steer the sandbox. */
import { ApiError, type Reply } from './errors';
import type { Fault } from './faults';
import type { Fields } from './fields';
import { countEach, type JobName, jobNames } from '../jobs/job';
import type { Seed } from './seeds';
import { emitOverControl, redeliverOverControl } from '../webhooks/webhook-control';
import type { World } from './world';

const done = (body: unknown): Reply => ({ status: 200, body });

function configure(world: World, body: unknown): Reply {
	if (typeof body !== 'object' || body === null) throw new Error('settings must be an object');
	world.configure(body);
	return done(world.config);
}

function addFaults(world: World, body: unknown): Reply {
	const faults = (Array.isArray(body) ? body : [body]) as Fault[];
	for (const fault of faults) world.faults.add(fault);
	return done({ added: faults.length });
}

/** A snapshot of the counters of a world. */
export function statsOf(world: World): ReturnType<World['recorder']['snapshot']> {
	const now = Date.now();
	world.advance(now);
	const { videos, agents } = world;
	// What the agent works on runs among the videos.
	const ofAgent = { agentSession: agents.sessionsCreated, agentMessage: agents.messagesTaken };
	const storeOf = (name: JobName): { created: number; maxRunning: number } => {
		if (name === 'video') return videos;
		if (name === 'agentSession' || name === 'agentMessage') return { created: ofAgent[name], maxRunning: 0 };
		if (name === 'speech') return world.speeches;
		return world.jobs[name];
	};
	const { slotsCreated } = world.assets;
	const { events, deliverer } = world.webhooks;
	return world.recorder.snapshot(
		{
			created: countEach((name) => storeOf(name).created),
			maxRunning: Math.max(...jobNames.map((name) => storeOf(name).maxRunning)),
		},
		{ created: world.assets.created(now), slotsCreated },
		{ emitted: events.count, succeeded: deliverer.succeeded, failed: deliverer.failed },
	);
}

const actions: Record<string, (world: World, body: unknown) => Reply> = {
	'POST /config': configure,
	'POST /faults': addFaults,
	'DELETE /faults': (world) => {
		world.faults.clear();
		return done({});
	},
	'POST /reset': (world) => {
		world.reset();
		return done({});
	},
	'POST /seed': (world, body) => done(world.seed(body as Seed)),
	'GET /stats': (world) => done(statsOf(world)),
	// Their bytes are a function, which JSON leaves out.
	'GET /assets': (world) => done(world.assets.views(Date.now())),
	'GET /requests': (world) => done(world.recorder.requests()),
	'POST /events': (world, body) => done(emitOverControl(world, body)),
	'POST /redeliver': (world, body) => done(redeliverOverControl(world, body)),
	'POST /consent': (world, body) => {
		world.avatars.giveConsent(String((body as Fields | null)?.group_id));
		return done({});
	},
	'GET /webhooks': (world) => done(world.webhooks.view()),
};

/**
 * Answers a control request.
 * @param path what follows `/_sandbox`.
 * @param rawBody JSON or empty; null when it was too large.
 * @returns 400 with the error envelope when the body makes no sense, 404 for an unknown action.
 */
export function answerControl(
	world: World,
	method: string,
	path: string,
	rawBody: Buffer | null,
): Reply {
	const action = actions[`${method} ${path}`];
	if (!action) return new ApiError(404, 'not_found', `No such control: ${method} ${path}`).toReply();
	try {
		const body: unknown = rawBody && rawBody.length > 0 ? JSON.parse(rawBody.toString()) : null;
		return action(world, body);
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		return new ApiError(400, 'invalid_parameter', message).toReply();
	}
}
