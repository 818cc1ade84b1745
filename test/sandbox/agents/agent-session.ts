/** One session of the video agent: what was told, what the agent made of it, and how it stands at a given moment. */
import type { RunningJob } from '../limits/running-jobs';
import type { UrlSigner } from '../files/signed-urls';
import { seconds } from '../server/operation';
import type { Place } from '../videos/video-store';
import type { VideoJob } from '../videos/video-job';
import type { Making, Task } from './agent-script';

/** All times are Unix milliseconds. */
export interface AgentMessage {
	at: number;
	role: 'user' | 'model';
	type: 'text' | 'resource' | 'error';
	content: string;
	resourceIds: string[] | null;
}

/** Links are paths on the file host, or whole addresses of somebody else's. */
export interface AgentResource {
	at: number;
	id: string;
	type: string;
	sourceType: 'generated' | 'user_uploaded';
	url: string | null;
	preview: string | null;
	thumbnail: string | null;
	metadata: Record<string, unknown> | null;
}

/** What the agent does with one text: its whole future is fixed when it is told. `finishAt` is when it works no more. */
export interface Round extends RunningJob {
	session: AgentSession;
	startedAt: number;
	/** Until then the session is told without this round. */
	hiddenUntil: number;
	/** What the session says, each word from a moment on. */
	phases: Array<{ at: number; status: string }>;
	messages: AgentMessage[];
	resources: AgentResource[];
	/** null: the round makes no video. */
	video: VideoJob | null;
	/** When the session names the video. */
	namedAt: number;
	/** What the agent's work holds while it lasts. */
	place: Place;
	ending: 'waits' | 'completed' | 'failed';
	/** Why it failed. */
	reason: string | null;
	gone: Making['gone'];
}

export interface AgentSession {
	id: string;
	/** Name of the API key it runs under. */
	owner: string;
	createdAt: number;
	deleted: boolean;
	isChat: boolean;
	/** The body that asked for it, and those of the messages, for tests. */
	asked: Record<string, unknown>;
	told: Array<Record<string, unknown>>;
	title: string;
	callbackId: string | null;
	task: Task;
	rounds: Round[];
	/** All videos there ever were, the newest last. */
	videoIds: string[];
}

/** Messages that a session tells. */
const MESSAGES_TOLD = 40;
/** Most percent that are told of a round that has not completed. */
const ALMOST_DONE = 99;

/** The state of a session. */
interface View {
	status: string;
	videoId: string | null;
	/** Whether the session has thought long enough to have a title. */
	isTitled: boolean;
	progress: number;
	messages: AgentMessage[];
	isGone: boolean;
}

const lastOf = <T>(list: readonly T[], matches: (entry: T) => boolean): T | undefined => list.filter(matches).at(-1);

/** The round that a session is in. */
export const roundOf = ({ rounds }: AgentSession): Round => rounds.at(-1) as Round;

/** Whether the agent works on something, rather than waiting or being done. */
export const isWorking = (session: AgentSession, now: number): boolean => now < roundOf(session).finishAt;

function progressOf({ startedAt, finishAt, ending }: Round, now: number): number {
	if (ending === 'waits') return 0;
	if (now >= finishAt) return ending === 'completed' ? 100 : ALMOST_DONE;
	const share = finishAt === Infinity ? 0 : (now - startedAt) / (finishAt - startedAt);
	return Math.min(Math.floor(share * 100), ALMOST_DONE);
}

/** How a session stands. */
export function viewAt(session: AgentSession, now: number): View {
	const rounds = session.rounds.filter(({ hiddenUntil }) => now >= hiddenUntil);
	const phases = rounds.flatMap((round) => round.phases).filter(({ at }) => at <= now);
	const round = rounds.at(-1);
	const named = (other: Round): boolean => other.video !== null && other.namedAt <= now;
	const first = session.rounds[0]?.phases ?? [];
	return {
		status: phases.at(-1)?.status ?? 'thinking',
		videoId: lastOf(rounds, named)?.video?.id ?? null,
		isTitled: first.some(({ at, status }) => at <= now && status !== 'thinking'),
		progress: round ? progressOf(round, now) : 0,
		messages: rounds.flatMap(({ messages }) => messages).filter(({ at }) => at <= now),
		isGone: session.rounds.some((other) => other.gone === 'early' || (other.gone === 'named' && named(other))),
	};
}

const presentMessage = ({ at, role, type, content, resourceIds }: AgentMessage): object => ({
	role,
	type,
	content,
	resource_ids: resourceIds,
	created_at: seconds(at),
});

/** The record of a session; the newest messages come first. */
export function presentSession(session: AgentSession, now: number): object {
	const { status, progress, videoId, isTitled, messages } = viewAt(session, now);
	return {
		session_id: session.id,
		status,
		progress,
		video_id: videoId,
		title: isTitled ? session.title : null,
		created_at: seconds(session.createdAt),
		messages: messages.reverse().slice(0, MESSAGES_TOLD).map(presentMessage),
	};
}

/** What there is of a session's resources, the oldest first. */
export const resourcesAt = ({ rounds }: AgentSession, now: number): AgentResource[] =>
	rounds.flatMap(({ resources }) => resources).filter(({ at }) => at <= now);

/** The record of a resource, with fresh links. */
export function presentResource(resource: AgentResource, now: number, signer: UrlSigner): object {
	const link = (path: string | null): string | null => (path?.startsWith('/') ? signer.mint(path, now) : path);
	return {
		resource_id: resource.id,
		resource_type: resource.type,
		source_type: resource.sourceType,
		url: link(resource.url),
		preview_url: link(resource.preview),
		thumbnail_url: link(resource.thumbnail),
		metadata: resource.metadata,
		created_at: seconds(resource.at),
	};
}

/** Ends a round before its time: what would have come later does not come. */
export function cutRound(round: Round, now: number): void {
	const isPast = ({ at }: { at: number }): boolean => at <= now;
	round.phases = round.phases.filter(isPast);
	round.messages = round.messages.filter(isPast);
	round.resources = round.resources.filter(isPast);
	if (round.namedAt > now) round.video = null;
	round.finishAt = Math.min(round.finishAt, now);
}
