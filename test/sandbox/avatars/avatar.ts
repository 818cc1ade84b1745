/** Looks of avatars: what the account makes itself, and what any look is like at a given moment. */
import { type AvatarType, enginesOfType, type Look } from '../catalogue/catalogue';
import type { SandboxConfig } from '../config';
import { hasJobFiles, type Job, type JobDraft, jobStateAt, statusWordAt } from '../jobs/job';
import { markerWord, steeringOf, textsAmong } from '../jobs/markers';
import type { ItemError } from '../server/errors';
import type { Fields } from '../server/fields';

/** What is known of a look that the account makes. */
export interface AvatarDetails {
	name: string;
	groupId: string;
	avatarType: AvatarType;
	/** Whether it can only be used when the person of its group has agreed. */
	needsConsent: boolean;
}

export type CreatedLook = Job<AvatarDetails>;

/** A look as it is at a moment. */
export interface LookNow extends Omit<Look, 'gender' | 'status'> {
	gender: string | null;
	/** What it can be used for: only a usable look speaks in videos. */
	stage: 'training' | 'failed' | 'unconsented' | 'usable';
	/** The stage in the words of the API. */
	status: string | null;
	/** Whether the person has yet to agree, now or once the look is trained. */
	awaitsConsent: boolean;
	hasPicture: boolean;
	error: ItemError | null;
}

const words = { waiting: 'processing', running: 'processing' };
/** Why training fails when a marker gives no code. */
const DEFAULT_FAILURE = 'training_failed';

/** Reads a request. Markers stand in its name and its prompt. @param groupId the group that the look belongs to. */
export function avatarDraft(body: Fields, groupId: string, config: SandboxConfig): JobDraft<AvatarDetails> {
	const texts = textsAmong([body.name, body.prompt]);
	const isTwin = body.type === 'digital_twin';
	return {
		...steeringOf(texts),
		failureCode: markerWord(texts, 'fail') || DEFAULT_FAILURE,
		hasProgress: false,
		details: {
			name: String(body.name),
			groupId,
			avatarType: isTwin ? 'digital_twin' : 'photo_avatar',
			needsConsent: isTwin && config.twinNeedsConsent,
		},
	};
}

/** What a look depends on besides itself. */
export interface LookContext {
	/** The name that it was given later; undefined: none. */
	newName: string | undefined;
	/** Whether the person of its group has agreed. */
	hasConsent: boolean;
	/** The voice of trained twins. */
	voiceId: string | null;
}

function stageOf(job: CreatedLook, now: number, hasConsent: boolean): LookNow['stage'] {
	const state = jobStateAt(job, now);
	if (state === 'failed') return 'failed';
	if (state !== 'completed') return 'training';
	return job.details.needsConsent && !hasConsent ? 'unconsented' : 'usable';
}

/** A look that the account made, as it is at that time (Unix milliseconds). */
export function createdLookAt(job: CreatedLook, now: number, { newName, hasConsent, voiceId }: LookContext): LookNow {
	const { name, groupId, avatarType, needsConsent } = job.details;
	const stage = stageOf(job, now, hasConsent);
	const isTwin = avatarType === 'digital_twin';
	const failure = { code: job.failureCode, message: `Training ended with ${job.failureCode}` };
	return {
		id: job.id,
		groupId,
		name: newName ?? name,
		avatarType,
		ownership: 'private',
		gender: null,
		defaultVoiceId: stage === 'usable' && isTwin ? voiceId : null,
		orientation: isTwin ? 'landscape' : 'portrait',
		engines: stage === 'usable' ? enginesOfType[avatarType] : [],
		tags: [],
		stage,
		status: stage === 'unconsented' ? 'pending_consent' : statusWordAt(job, now, words),
		awaitsConsent: needsConsent && !hasConsent && stage !== 'failed',
		hasPicture: stage === 'usable' && hasJobFiles(job, now),
		error: stage === 'failed' ? failure : null,
	};
}

/** A look of the catalogue, as the account has it. */
export function catalogueLookAt(look: Look, { newName, hasConsent }: Omit<LookContext, 'voiceId'>): LookNow {
	const isAgreed = look.status === 'pending_consent' && hasConsent;
	const status = isAgreed ? 'completed' : look.status;
	const stage = status === 'processing' ? 'training' : status === 'pending_consent' ? 'unconsented' : 'usable';
	return {
		...look,
		name: newName ?? look.name,
		stage,
		status,
		awaitsConsent: stage === 'unconsented',
		hasPicture: true,
		error: null,
	};
}
