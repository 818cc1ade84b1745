/** Everything a running sandbox remembers, in one place that can be set back. */
import { roundEnded } from '../agents/agent-events';
import { AgentStore } from '../agents/agent-store';
import { AssetStore } from '../assets/asset-store';
import { AvatarStore } from '../avatars/avatar-store';
import { type BrandKit, type Glossary, seededGlossaries, seededKits } from '../brand/brand';
import { Catalogue } from '../catalogue/catalogue';
import { mergeConfig, type SandboxConfig } from '../config';
import { FaultBook } from './faults';
import type { Folder } from '../brand/folder-handlers';
import { IdempotencyStore } from './idempotency';
import { type JobStores, newJobStores } from '../jobs/job-stores';
import { JobClock } from '../limits/job-clock';
import { placesBy } from '../jobs/placed-store';
import { videoEnded } from '../videos/video-events';
import { RateLimiter } from '../limits/rate-limiter';
import { Records } from './records';
import { type Seed, seedsOf } from './seeds';
import { UrlSigner } from '../files/signed-urls';
import { Recorder } from './stats';
import { seededTemplates, type Template } from '../templates/template';
import type { Cast } from '../videos/rules';
import type { VideoJob } from '../videos/video-job';
import { VideoStore } from '../videos/video-store';
import { SpeechStore } from '../voices/speech-store';
import { VoiceStore } from '../voices/voice-store';
import { Webhooks } from '../webhooks/webhooks';

/** The state that a reset throws away. */
function freshState(
	config: () => SandboxConfig,
	signer: UrlSigner,
	catalogue: () => Catalogue,
): {
	videos: VideoStore;
	agents: AgentStore;
	jobs: JobStores;
	webhooks: Webhooks;
	clock: JobClock;
	assets: AssetStore;
	avatars: AvatarStore;
	voices: VoiceStore;
	speeches: SpeechStore;
	kits: Records<BrandKit>;
	glossaries: Records<Glossary>;
	folders: Records<Folder>;
	templates: Records<Template>;
	idempotency: IdempotencyStore;
	limiter: RateLimiter;
	faults: FaultBook;
	recorder: Recorder;
} {
	// Jobs tell the webhooks of their own time, so that nothing from before a reset appears after it.
	const webhooks = new Webhooks(config);
	const videoPlaces = placesBy(config);
	const tellOfVideo = (job: VideoJob): void => {
		if (config().videoEvents && job.sessionId === undefined) webhooks.add(videoEnded(job, signer));
	};
	const videos = new VideoStore(config, tellOfVideo, videoPlaces);
	const agents = new AgentStore(config, videos, (round) => webhooks.add(roundEnded(round, signer)));
	const jobs = newJobStores(config, signer, videoPlaces, (event) => webhooks.add(event));
	return {
		videos,
		agents,
		jobs,
		webhooks,
		clock: new JobClock([videos, agents, ...Object.values(jobs)], () => webhooks.endpoints.any),
		assets: new AssetStore(config),
		avatars: new AvatarStore(catalogue, jobs.avatar),
		voices: new VoiceStore(config, catalogue, jobs.voiceClone),
		speeches: new SpeechStore(),
		kits: seededKits(),
		glossaries: seededGlossaries(),
		folders: new Records<Folder>(),
		templates: seededTemplates(),
		idempotency: new IdempotencyStore(() => config().idempotencyHours),
		limiter: new RateLimiter(() => config().rateLimit),
		faults: new FaultBook(),
		recorder: new Recorder(),
	};
}

export class World {
	readonly signer: UrlSigner;
	private current: SandboxConfig;
	private state: ReturnType<typeof freshState>;
	private things: Catalogue;

	/**
	 * @param initial settings to start with and to return to on reset.
	 * @param fileOrigin origin of the file host, asked for when a link is minted.
	 */
	constructor(
		private readonly initial: SandboxConfig,
		fileOrigin: () => string,
	) {
		this.current = initial;
		this.things = new Catalogue(initial);
		this.signer = new UrlSigner(fileOrigin, () => this.current.fileUrlTtlSeconds);
		this.state = freshState(() => this.current, this.signer, () => this.things);
	}

	get config(): SandboxConfig {
		return this.current;
	}
	get catalogue(): Catalogue {
		return this.things;
	}
	get videos(): VideoStore {
		return this.state.videos;
	}
	get agents(): AgentStore {
		return this.state.agents;
	}
	/** The jobs of all kinds but videos. */
	get jobs(): JobStores {
		return this.state.jobs;
	}
	get webhooks(): Webhooks {
		return this.state.webhooks;
	}
	get assets(): AssetStore {
		return this.state.assets;
	}
	/** The avatars of the catalogue and those that the account makes. */
	get avatars(): AvatarStore {
		return this.state.avatars;
	}
	/** The voices of the catalogue and those that the account clones. */
	get voices(): VoiceStore {
		return this.state.voices;
	}
	get speeches(): SpeechStore {
		return this.state.speeches;
	}
	get kits(): Records<BrandKit> {
		return this.state.kits;
	}
	get glossaries(): Records<Glossary> {
		return this.state.glossaries;
	}
	get folders(): Records<Folder> {
		return this.state.folders;
	}
	get templates(): Records<Template> {
		return this.state.templates;
	}
	get idempotency(): IdempotencyStore {
		return this.state.idempotency;
	}
	get limiter(): RateLimiter {
		return this.state.limiter;
	}
	get faults(): FaultBook {
		return this.state.faults;
	}
	get recorder(): Recorder {
		return this.state.recorder;
	}

	/** Changes settings; times of videos that exist already stay as they are. @throws Error on a bad value. */
	configure(changes: Partial<SandboxConfig>): void {
		this.current = mergeConfig(this.current, changes);
		this.things = new Catalogue(this.current);
		this.watchJobs();
	}

	/**
	 * Adds jobs that nobody has asked for.
	 * @returns how many of each kind.
	 * @throws Error when the seed makes no sense.
	 */
	seed(seed: Seed): { videos?: number; translations?: number } {
		const { videos, translations } = seedsOf(seed);
		const now = Date.now();
		if (videos) this.videos.seed(videos, now);
		if (translations) this.jobs.translation.seed(translations, now);
		this.advance(now);
		this.watchJobs();
		return {
			...(videos ? { videos: videos.count } : {}),
			...(translations ? { translations: translations.count } : {}),
		};
	}

	/** The looks and voices that a request at that time (Unix milliseconds) may name. */
	castAt(now: number): Cast {
		return {
			lookOf: (id) => this.avatars.lookAt(id, now),
			voiceOf: (id) => this.voices.find(id, now),
		};
	}

	/** How many items the batch of jobs with that id has; undefined when there is none. */
	batchSize(id: string): number | undefined {
		const found = [this.videos, ...Object.values(this.jobs)].map((store) => store.getBatch(id));
		return found.find((batch) => batch !== undefined)?.items.length;
	}

	/** Does what was due until then (Unix milliseconds): jobs end, batch items start. */
	advance(now: number): void {
		this.state.clock.advance(now);
	}

	/** Makes sure that jobs end at their time if somebody waits for it; to be called after every request. */
	watchJobs(): void {
		this.state.clock.reset();
	}

	/** Back to the moment of the start: nothing made, no faults, keys or counts, and the first settings. */
	reset(): void {
		this.dispose();
		this.current = this.initial;
		this.things = new Catalogue(this.initial);
		this.state = freshState(() => this.current, this.signer, () => this.things);
	}

	/** Removes what is on the disk; uploads fail from then on. Nothing more ends or is delivered. */
	dispose(): void {
		this.state.clock.stop();
		this.webhooks.dispose();
		this.assets.dispose();
	}
}
