/** All sessions of the video agent. Their work holds places among the videos. */
import { randomUUID } from 'node:crypto';
import type { SandboxConfig } from '../config';
import { RunningJobs } from '../limits/running-jobs';
import { asText } from '../server/fields';
import { Records } from '../server/records';
import type { VideoStore } from '../videos/video-store';
import { roundWith } from './agent-round';
import { lagOf, stepOf, type Task, titleOf } from './agent-script';
import { type AgentResource, type AgentSession, cutRound, type Round, roundOf } from './agent-session';

/** What the user tells the agent. */
interface Telling {
	text: string;
	/** The whole request. */
	body: Record<string, unknown>;
	uploads: AgentResource[];
}

const STOPPED = 'Stopped.';
/** Why a video fails whose session is stopped. */
const CANCELLED = 'cancelled';

/** Whether a round is at work or waits for the user, so that it is not over. */
const isOpen = (round: Round, now: number): boolean => now < round.finishAt || round.ending === 'waits';

/** Whether the video of a round is being made, whatever the session is told. */
const isRendered = ({ video, namedAt, ending }: Round, now: number): boolean =>
	video !== null && namedAt <= now && ending !== 'waits';

const newTask = (asks: boolean): Task => ({ texts: [], done: new Set(), asks });

export class AgentStore {
	readonly records = new Records<AgentSession>();
	private readonly ends: RunningJobs<Round>;

	/** Sessions and messages that were really taken; replays do not count. */
	sessionsCreated = 0;
	messagesTaken = 0;

	/**
	 * @param config read at each use, so that changed settings apply at once.
	 * @param videos where the agent's videos are made.
	 * @param onEnd told of every round that ends with a video or a failure, once, when it is noticed.
	 */
	constructor(
		private readonly config: () => SandboxConfig,
		private readonly videos: VideoStore,
		onEnd: (round: Round) => void,
	) {
		this.ends = new RunningJobs(onEnd);
	}

	/** Starts a session. @returns null when the key has no free place. */
	create({ text, body, uploads }: Telling, owner: string, now: number): AgentSession | null {
		this.advance(now);
		if (!this.videos.hasPlace(owner, now)) return null;
		const isChat = body.mode === 'chat';
		const session: AgentSession = {
			id: `session_${randomUUID().replace(/-/g, '')}`,
			owner,
			createdAt: now,
			deleted: false,
			isChat,
			asked: body,
			told: [],
			title: titleOf(text),
			callbackId: asText(body.callback_id),
			task: newTask(isChat),
			rounds: [],
			videoIds: [],
		};
		this.records.add(session);
		this.sessionsCreated += 1;
		this.begin(session, text, uploads, now, now);
		return session;
	}

	/**
	 * Tells a session something more. Work that has not named its video is given up for it.
	 * @returns whether the key had a place for it.
	 */
	tell(session: AgentSession, { text, body, uploads }: Telling, now: number): boolean {
		this.advance(now);
		const round = roundOf(session);
		// What the session holds itself makes room for what follows.
		const makesRoom = round.place.finishAt > now && !isRendered(round, now);
		if (!makesRoom && !this.videos.hasPlace(session.owner, now)) return false;
		if (isOpen(round, now)) this.interrupt(round, now);
		else session.task = newTask(false);
		session.told.push(body);
		this.messagesTaken += 1;
		this.begin(session, text, uploads, now, now + lagOf(text));
		return true;
	}

	/** Ends what a session works on or waits for; what it has ended already stays. */
	stop(session: AgentSession, now: number): void {
		this.advance(now);
		const round = roundOf(session);
		if (!isOpen(round, now)) return;
		this.interrupt(round, now);
		if (round.video) this.videos.cancel(round.video, CANCELLED, now);
		round.video = null;
		round.ending = 'completed';
		round.phases.push({ at: now, status: 'completed' });
		round.messages.push({ at: now, role: 'model', type: 'text', content: STOPPED, resourceIds: null });
	}

	/** Does what was due until then, after the videos. */
	advance(now: number): void {
		this.videos.advance(now);
		this.ends.endUntil(now);
	}

	/** When the next round ends. */
	nextDue(): number {
		return this.ends.nextFinish;
	}

	private begin(session: AgentSession, text: string, uploads: AgentResource[], now: number, hiddenUntil: number): void {
		const { task } = session;
		task.texts.push(text);
		const step = stepOf(task, text);
		if (step.kind === 'stop') task.done.add(step.stop);
		const maker = { session, videos: this.videos, config: this.config() };
		const round = roundWith(step, maker, { text, uploads, now, hiddenUntil });
		session.rounds.push(round);
		if (round.video) session.videoIds.push(round.video.id);
		if (round.ending !== 'waits') this.ends.add(round);
		this.advance(now);
	}

	/** Gives up what has not come to anything. A video that is being made goes on. */
	private interrupt(round: Round, now: number): void {
		if (!isRendered(round, now)) this.videos.release(round.place, round.session.owner);
		this.ends.remove(round);
		cutRound(round, now);
	}
}
