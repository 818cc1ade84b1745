/** The stores of all kinds of jobs but videos, and the events that the ends of their jobs are. */
import type { AvatarDetails } from '../avatars/avatar';
import type { SandboxConfig } from '../config';
import type { LipsyncDetails } from '../lipsyncs/lipsync';
import type { Places } from '../limits/places';
import { LanguageStore } from '../translations/language-jobs';
import { type ProofreadDetails, proofreadEnded } from '../translations/proofread';
import { translationEnded, TranslationStore } from '../translations/translation';
import type { UrlSigner } from '../files/signed-urls';
import type { CloneDetails } from '../voices/clone';
import type { WebhookEvent } from '../webhooks/webhook-events';
import { RemovalStore } from './background-removal';
import { clippingEnded, type ClippingDetails } from './clipping';
import { type FillerDetails, fillerEnded } from './filler-word-removal';
import { type RenderDetails, renderEnded } from './hyperframes';
import { JobStore } from './job-store';
import type { ModelVideoDetails } from './model-video';

/** One store for each kind. */
export interface JobStores {
	modelVideo: JobStore<ModelVideoDetails>;
	hyperframes: JobStore<RenderDetails>;
	clipping: JobStore<ClippingDetails>;
	backgroundRemoval: RemovalStore;
	fillerWordRemoval: JobStore<FillerDetails>;
	translation: TranslationStore;
	proofread: LanguageStore<ProofreadDetails>;
	lipsync: JobStore<LipsyncDetails>;
	/** The looks that the account makes; `World.avatars` has them with all others. */
	avatar: JobStore<AvatarDetails>;
	/** The clones of voices; `World.voices` has them with all others. */
	voiceClone: JobStore<CloneDetails>;
}

/**
 * Empty stores.
 * @param config read at each use, so that changed settings apply at once.
 * @param videoPlaces the places of videos, which translations take as well.
 * @param emit told of each event that the end of a job is. Those of model videos, background removals, lip-syncs,
 * avatars and clones of voices are none.
 */
export function newJobStores(
	config: () => SandboxConfig,
	signer: UrlSigner,
	videoPlaces: Places,
	emit: (event: WebhookEvent) => void,
): JobStores {
	return {
		modelVideo: new JobStore<ModelVideoDetails>(config, () => undefined),
		hyperframes: new JobStore<RenderDetails>(config, (job) => emit(renderEnded(job, signer))),
		clipping: new JobStore<ClippingDetails>(config, (job) => emit(clippingEnded(job, signer))),
		backgroundRemoval: new RemovalStore(config),
		fillerWordRemoval: new JobStore<FillerDetails>(config, (job) => emit(fillerEnded(job, signer))),
		translation: new TranslationStore(config, (job) => emit(translationEnded(job, signer)), videoPlaces),
		proofread: new LanguageStore<ProofreadDetails>(config, (job) => emit(proofreadEnded(job))),
		lipsync: new JobStore<LipsyncDetails>(config, () => undefined),
		avatar: new JobStore<AvatarDetails>(config, () => undefined),
		voiceClone: new JobStore<CloneDetails>(config, () => undefined),
	};
}
