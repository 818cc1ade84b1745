import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Appearance } from '../../heygen/cast/parts';
import { isBatched, type JobFile, type JobKind, nextIdIn } from '../../heygen/jobs/kind';
import { isNothing } from '../../heygen/values/reading';
import { EngineError, reworded } from '../basics/errors';
import { settle, type Settled } from '../basics/settle';
import { type PreparedBody, preparedBody } from '../files/preparedBody';
import { withAdditionalFields } from '../item/additionalFields';
import { type Asked, type Call, type Handler, type Piece, slotOf } from '../item/call';
import { keyedAt, ownKey, passCheckpoint } from '../item/idempotency';
import { outputItem } from '../item/outputItem';
import { eachVariant, saying, type VariantRequest } from '../item/variants';
import { answering, inLine } from '../jobs/answers';
import { CastGuard, castPreviews } from '../jobs/beforePaying';
import { checkForBatch, createInBatch, isInSentBatch } from '../jobs/createBatches';
import { callbackId, checkAskable, claimOf, create, type JobRequest, jobKey, type Locate, type Recognition, type Wanted, withOwnName } from '../jobs/createJob';
import { FailedJob, finishJob, recentJobs, type WaitSettings, waitSettings } from '../jobs/finishJob';
import { orderedFiles } from '../jobs/jobFiles';
import { jobsAtOnce, placeForJob } from '../jobs/jobPlace';
import { checkMoneyOptions, Spending } from '../jobs/spending';

/** Failed jobs of earlier executions that one item steps over. Only the create after the last of them makes a job. */
const MOST_REPLAYS = 10;

/** What an operation's API can do besides what its kind of job says. */
interface JobTraits {
	/** Whether the request takes a `callback_id`. */
	callbackId?: boolean;
	/** How HeyGen recognizes a create that was sent before; default by the header. */
	recognition?: Recognition;
	/** Checks what only the files tell, before anything is sent. */
	checkFiles?: (body: IDataObject, files: Pick<PreparedBody, 'kindsAt' | 'secondsOf'>) => void;
	/** Who appears in what is made, by the body: their records are looked at before anything is paid for. */
	appearances?: (body: IDataObject, call: Call) => Appearance[];
	/** What makes a create another one, by the body; default all of it. Files are those of the body. */
	content?: (body: IDataObject, call: Call) => IDataObject;
	/** Whether the create is a message to a job that there is already, whose ID is in the path. */
	isAnswer?: boolean;
	/** Whether the job asks back, by what was asked for; default yes for kinds that can. */
	mayAsk?: (body: IDataObject) => boolean;
	/** What the item says of its finished job besides the record and the cost, by what was asked for. */
	remarks?: (record: IDataObject, asked: Asked) => IDataObject;
	/** What output and errors say besides, where HeyGen does not. */
	says?: (call: Call) => IDataObject;
	/** Finds the ID of a job whose create was answered without it. */
	locate?: Locate;
	/** What the item says besides when somebody else than HeyGen has to do something, by the job's record and the answer to its create. */
	held?: (call: Call, record: IDataObject, created: IDataObject) => Promise<IDataObject>;
	/** Whether the output shows who appears; default yes. */
	showsCast?: boolean;
	/** What stands for the job's record while HeyGen does not find it, by the answer to its create; nothing when it is gone. */
	standIn?: (call: Call, created: IDataObject) => Promise<IDataObject | undefined>;
	/**
	 * The jobs that the item asks for, where it may ask for several, by the body: at least one. It may ask HeyGen which ones
	 * there can be, when all else about the item is right.
	 */
	variants?: (body: IDataObject, call: Call) => Promise<VariantRequest[]>;
}

/** Brings an item's body into the API's form; it is told which files are wanted. */
type BodyOf = (call: Call, files: readonly JobFile[]) => IDataObject | Promise<IDataObject>;

/**
 * An operation that starts a job and, unless told not to, waits for it and fetches its files.
 *
 * @param kind the job's kind
 * @param doing what the operation does, for messages: "create the video"
 * @param bodyOf brings the item's body into the API's form and checks it before anything is paid for; it may ask HeyGen
 *   what the check needs. Binary fields in the body are uploaded after it
 * @param traits what else its API can do
 */
export function job(
	kind: JobKind,
	doing: string,
	bodyOf: BodyOf,
	traits: JobTraits = {},
): Handler {
	const { callbackId: sendsCallback = false, recognition = 'header', ...others } = traits;
	const work = { kind, doing, sendsCallback, recognition, ...others };
	return async (call) => {
		const named = withOwnName(call, recognition);
		const { variants } = others;
		const reading = async () => await readyRequest(named, kind, bodyOf, others);
		if (variants === undefined) return await told(new ItemJob(named, work, reading).run(), others.says?.(named) ?? {});
		const whole = await reading();
		checkMoneyOptions(named);
		ownKey(named.options);
		return await eachVariant(named, await variants(whole.body, named), async (own, variant) => {
			return await new ItemJob(own, work, async () => await Promise.resolve(variantOf(whole, variant))).run();
		});
	};
}

/** Adds to output and error what HeyGen does not say. */
async function told(work: Promise<Piece[]>, says: IDataObject): Promise<Piece[]> {
	const done = await settle(work);
	if (done.ok) return done.value.map((piece) => saying(piece, says));
	throw done.error instanceof EngineError ? reworded(done.error, { details: { ...says, ...done.error.details } }) : done.error;
}

/** What an operation does. */
interface JobWork extends JobRequest, Omit<JobTraits, 'callbackId' | 'recognition' | 'isAnswer' | 'locate' | 'variants' | 'content' | 'checkFiles' | 'says'> {}

/** An item's request, checked, with its files read. */
interface ReadyRequest {
	body: IDataObject;
	prepared: PreparedBody;
	/** Absent when the node does not wait. */
	wait: WaitSettings | undefined;
}

/**
 * Reads an item's request, without sending anything but what the check of the body needs.
 *
 * @throws EngineError naming the field that is not right
 */
async function readyRequest(call: Call, kind: JobKind, bodyOf: BodyOf, { content, checkFiles }: Pick<JobTraits, 'content' | 'checkFiles'>): Promise<ReadyRequest> {
	if (isInBatch(call, kind)) checkForBatch(call);
	jobsAtOnce(call);
	const wait = call.parameter('waitForCompletion', true) ? waitSettings(call, kind) : undefined;
	const body = withAdditionalFields(call, await bodyOf(call, wait?.files ?? []));
	const ordered = wait === undefined ? undefined : { ...wait, files: orderedFiles(call, kind, wait.files, body) };
	const prepared = await preparedBody(call, body, content?.(body, call));
	checkFiles?.(body, prepared);
	return { body, prepared, wait: ordered };
}

/** The part of a request that asks for one of the jobs. The files are those of all of them, and go up once. */
function variantOf({ body, prepared, wait }: ReadyRequest, { body: own }: VariantRequest): ReadyRequest {
	const { content, preview } = prepared;
	const upload = async () => ({ ...(await prepared.upload()), ...own });
	return {
		body: { ...body, ...own },
		prepared: { ...prepared, content: { ...content, ...own }, preview: { ...preview, ...own }, upload },
		wait,
	};
}

function isInBatch({ options }: Call, kind: JobKind): boolean {
	return options.sendAsBatch === true && isBatched(kind);
}

/** What came of asking for a job. */
interface Attempt {
	id: string;
	/** Whether an earlier execution has made it. */
	isOld: boolean;
	ended: Settled<Piece[]>;
}

/** The job of one item, from its parameters to its output. */
class ItemJob {
	/** Absent until the request is read, and when the node does not wait. */
	private wait: WaitSettings | undefined;
	/** Absent until the request is checked, and for what costs nothing. */
	private spending?: Spending;
	/** Absent until the request is checked. */
	private asked?: Asked;

	constructor(
		private readonly call: Call,
		private readonly work: JobWork,
		private readonly reading: () => Promise<ReadyRequest>,
	) {}

	private get isInBatch(): boolean {
		return isInBatch(this.call, this.work.kind);
	}

	/** Names what HeyGen makes once. Undefined for a job that is another one each time, as each item of a batch is. */
	private keyOf({ content }: PreparedBody): string | undefined {
		return this.isInBatch || this.work.recognition === 'none' ? undefined : jobKey(this.call, content);
	}

	/** Whether an earlier try has made the item's job, or may have: what is sent then asks for the same job again. */
	private mayBeMade({ content }: PreparedBody, key: string | undefined): boolean {
		const { call, work } = this;
		if (this.isInBatch && isBatched(work.kind)) return isInSentBatch(call, work.kind, content);
		return call.run.started.mayHaveMade(keyedAt(call, call.path, key));
	}

	/** @throws EngineError when the job is not made, fails, or takes too long */
	async run(): Promise<Piece[]> {
		if (this.call.options.dryRun === true) return [await this.tryOut()];
		const ended = await settle(this.make());
		if (!ended.ok) {
			this.spending?.failed(ended.error);
			throw ended.error;
		}
		this.spending?.ended();
		return ended.value;
	}

	/** Checks the request, waits for the run's other items to be as far, and makes sure that all of it may be paid for. */
	private async check(): Promise<PreparedBody> {
		const { call, work } = this;
		const { body, prepared, wait } = await this.reading();
		this.wait = wait;
		this.asked = { call, body, secondsOf: prepared.secondsOf };
		const writesTo = work.isAnswer === true ? call.ids[work.kind.idField] : undefined;
		const key = this.keyOf(prepared);
		if (call.options.dryRun !== true) checkAskable(call, work, key);
		this.spending = Spending.of(call, work.kind, body, prepared, { key, writesTo });
		const cast = CastGuard.of(call);
		if (work.appearances !== undefined) cast.enter(call, this.mayBeMade(prepared, key) ? [] : work.appearances(body, call));
		await passCheckpoint(call, claimOf(call, work.isAnswer, prepared.content));
		await this.spending?.approve();
		await cast.approve(call);
		await call.run.checkpoint.waitForGroup(call.itemIndex, call.client.signal);
		return prepared;
	}

	/** What would be sent, and what that would cost. */
	private async tryOut(): Promise<INodeExecutionData> {
		const { call, work } = this;
		const prepared = await this.check();
		const { preview } = prepared;
		call.run.report.triedOut(work.kind.noun, this.keyOf(prepared) ?? slotOf(call), this.spending?.credits);
		const body = { ...preview, ...(work.sendsCallback ? callbackId(call, preview, {}) : {}) };
		return outputItem({ dryRun: true, body, ...this.spending?.expected }, call.itemIndex);
	}

	private async prepare(): Promise<Wanted> {
		const prepared = await this.check();
		return { content: prepared.content, body: await prepared.upload() };
	}

	/** Starts the job and, where that is wanted, waits for it. */
	private async make(): Promise<Piece[]> {
		const { call } = this;
		const { kind, doing, sendsCallback } = this.work;
		if (this.isInBatch && isBatched(kind)) {
			return await this.follow(await createInBatch(call, kind, doing, sendsCallback, async () => await this.prepare()), false);
		}
		const wanted = await this.prepare();
		const { isAnswer = false } = this.work;
		const asking = async () => await this.makeOne(wanted);
		return isAnswer ? await inLine(call, call.ids[kind.idField] as string, asking) : await asking();
	}

	/** Starts a job of its own; another one as long as HeyGen answers with what has failed in an earlier execution. */
	private async makeOne(wanted: Wanted): Promise<Piece[]> {
		const { call } = this;
		const { kind, doing } = this.work;
		for (let replays = 0; ; replays++) {
			const free = await placeForJob(call, kind, doing);
			const { id, isOld, ended } = await this.attempt(wanted, free).finally(free);
			if (ended.ok) return ended.value;
			// A key that an earlier execution has used is answered with what failed there, which is not charged. What this run
			// has made itself is left to Retry On Fail.
			const isRenewable = isOld && ended.error instanceof FailedJob && (ownKey(call.options) === undefined || call.variant !== undefined);
			if (!isRenewable || replays >= MOST_REPLAYS) throw ended.error;
			call.run.report.steppedOver(kind.noun, id);
		}
	}

	/**
	 * Asks for the job once.
	 *
	 * @param wanted what is asked for
	 * @param free told when the job is over
	 * @throws EngineError when it is not made
	 */
	private async attempt(wanted: Wanted, free: () => void): Promise<Attempt> {
		const { call, work } = this;
		const creating = async () => await create(call, work, wanted);
		const { kind, isAnswer = false } = work;
		const { created, isOld } = isAnswer
			? await answering(call, kind, call.ids[kind.idField] as string, keyedAt(call, call.path, jobKey(call, wanted.content)), creating)
			: await creating();
		const id = String(created[kind.idField]);
		recentJobs.add(call.account.id, id);
		return { id, isOld, ended: await settle(this.follow(created, isOld, free)) };
	}

	/** What shows who appears, as far as it was looked up. Asked for behind the create, so that items are sent in their order. */
	private async previews(): Promise<IDataObject> {
		const { appearances, showsCast = true } = this.work;
		if (appearances === undefined || !showsCast || this.asked === undefined) return {};
		return await castPreviews(this.call, appearances(this.asked.body, this.call));
	}

	private async follow(created: IDataObject, isOld: boolean, free: () => void = () => undefined): Promise<Piece[]> {
		const { call, wait } = this;
		const { kind, remarks, mayAsk, isAnswer = false, held, standIn } = this.work;
		const id = String(created[kind.idField]);
		// An item of a batch may have no job yet.
		const isNamed = !isNothing(created[kind.idField]);
		// What the answer to a message names may be of the round before.
		if (isNamed) this.spending?.made(id, isAnswer ? undefined : nextIdIn(kind, created));
		const name = isNamed ? id : `${String(created.batch_id)} ${String(created.item_index)}`;
		call.run.report.made(kind.noun, name, isOld, () => this.spending?.credits);
		if (wait === undefined) return [outputItem(created, call.itemIndex)];
		const previews = await this.previews();
		const finished = (record: IDataObject, ended: JobKind) => {
			free();
			const remarked = this.asked === undefined ? {} : remarks?.(record, this.asked);
			return { ...previews, ...remarked, ...this.spending?.finished(id, ended, record, isOld) };
		};
		const asksBack = mayAsk === undefined || this.asked === undefined || mayAsk(this.asked.body);
		const asks = () => this.spending?.asks();
		return await finishJob(call, kind, id, wait, {
			...{ isNew: true, finished, asks, created, mayAsk: asksBack },
			held: async (record) => ({ ...(await held?.(call, record, created)), ...this.spending?.expected }),
			...(standIn === undefined ? {} : { standIn: async () => await standIn(call, created) }),
		});
	}
}
