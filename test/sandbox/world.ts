/** Everything a running sandbox remembers, in one place that can be set back. */
import { AssetStore } from './asset-store';
import { type BrandKit, type Glossary, seededGlossaries, seededKits } from './brand';
import { Catalogue } from './catalogue';
import { mergeConfig, type SandboxConfig } from './config';
import { FaultBook } from './faults';
import type { Folder } from './folder-handlers';
import { IdempotencyStore } from './idempotency';
import { RateLimiter } from './rate-limiter';
import { Records } from './records';
import { UrlSigner } from './signed-urls';
import { Recorder } from './stats';
import { VideoStore } from './video-store';

/** The state that a reset throws away. */
function freshState(config: () => SandboxConfig): {
	videos: VideoStore;
	assets: AssetStore;
	kits: Records<BrandKit>;
	glossaries: Records<Glossary>;
	folders: Records<Folder>;
	idempotency: IdempotencyStore;
	limiter: RateLimiter;
	faults: FaultBook;
	recorder: Recorder;
} {
	return {
		videos: new VideoStore(config),
		assets: new AssetStore(config),
		kits: seededKits(),
		glossaries: seededGlossaries(),
		folders: new Records<Folder>(),
		idempotency: new IdempotencyStore(() => config().idempotencyHours),
		limiter: new RateLimiter(() => config().rateLimit),
		faults: new FaultBook(),
		recorder: new Recorder(),
	};
}

export class World {
	readonly signer: UrlSigner;
	private current: SandboxConfig;
	private state = freshState(() => this.current);
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
	get assets(): AssetStore {
		return this.state.assets;
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
	}

	/** Back to the moment of the start: no videos, assets, faults, keys or counts, and the first settings. */
	reset(): void {
		this.dispose();
		this.current = this.initial;
		this.things = new Catalogue(this.initial);
		this.state = freshState(() => this.current);
	}

	/** Removes what is on the disk; uploads fail from then on. */
	dispose(): void {
		this.assets.dispose();
	}
}
