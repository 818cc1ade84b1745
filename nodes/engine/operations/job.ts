import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { isBatched, type JobKind, nextIdIn } from '../../heygen/jobs/kind';
import { isNothing } from '../../heygen/values/reading';
import { EngineError, reworded } from '../basics/errors';
import { settle, type Settled } from '../basics/settle';
import { type PreparedBody, preparedBody } from '../files/preparedBody';
import { withAdditionalFields } from '../item/additionalFields';
import { type Asked, type Call, type Handler, type Ordered, type Piece, slotOf } from '../item/call';
import { keyedAt, ownKey, passCheckpoint } from '../item/idempotency';
import { outputItem } from '../item/outputItem';
import { eachVariant, saying, type VariantRequest } from '../item/variants';
import { answering, inLine } from '../jobs/answers';
import { CastGuard, castPreviews } from '../jobs/beforePaying';
import { checkForBatch, createInBatch, isInSentBatch } from '../jobs/createBatches';
import { callbackId, checkAskable, claimOf, create, type JobRequest, jobKey, type Wanted, withOwnName } from '../jobs/createJob';
import { FailedJob } from '../jobs/failedJob';
import { finishJob, recentJobs, type WaitSettings, waitSettings } from '../jobs/finishJob';
import { orderedFiles } from '../jobs/jobFiles';
import { jobsAtOnce, placeForJob } from '../jobs/jobPlace';
import { callbackFor, type WokenJob, wokenJob } from '../jobs/sleepingJob';
import { checkMoneyOptions, Spending } from '../jobs/spending';
import type { BodyOf, JobTraits } from './jobTraits';

/** Failed jobs of earlier executions that one item steps over. Only the create after the last of them makes a job. */
const MOST_REPLAYS = 10;

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
		const parts = partsOfSleep(named);
		if (parts !== undefined) {
			return await eachVariant(named, parts.map((part) => ({ ...part, body: {} })), async (own) => await new ItemJob(own, work, reading).run());
		}
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

/** The jobs that an item asks for, when the execution has slept for them and remembers all of them. */
function partsOfSleep(call: Call): Array<Pick<VariantRequest, 'name' | 'says'>> | undefined {
	const { itemIndex, run } = call;
	const { sleepers } = run.parking;
	if (sleepers.isEmpty) return undefined;
	return sleepers.partsOf(itemIndex, call.origin(), (name) => slotOf({ itemIndex, variant: { name, place: 0 } }));
}

/** What came of asking for a job. */
interface Attempt {
	id: string;
	/** Whether an earlier execution has made it. */
	isOld: boolean;
	ended: Settled<Piece[]>;
}

/** What an execution keeps of a job while it sleeps, in plain data: its parameters are not read again. */
interface Order {
	/** HeyGen's answer to the create. */
	created: IDataObject;
	isOld: boolean;
	wait: WaitSettings;
	/** Absent for what costs nothing. */
	ordered?: Ordered;
	/** What shows who appears. */
	previews: IDataObject;
	/** What `remarks` expects. */
	expects?: IDataObject;
	/** Whether the job may ask back. */
	mayAsk: boolean;
}

/** The job of one item, from its parameters to its output. */
class ItemJob {
	/** Absent until the request is read, and when the node does not wait. */
	private wait: WaitSettings | undefined;
	/** Absent until the request is checked, and for what costs nothing. */
	private spending?: Spending;
	/** Absent until the request is checked. */
	private asked?: Asked;
	/** What the execution has kept of the job while it slept. */
	private kept?: Order;

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
		const { call, work } = this;
		const { content, upload } = await this.check();
		const callbackUrl = work.sendsCallback ? callbackFor(call, work.kind, this.wait) : undefined;
		return { content, body: await upload(), callbackUrl };
	}

	/** Starts the job and, where that is wanted, waits for it. */
	private async make(): Promise<Piece[]> {
		const { call } = this;
		const { kind, doing, sendsCallback } = this.work;
		const { sleepers } = call.run.parking;
		const ended = sleepers.isEmpty ? undefined : sleepers.endedOf(slotOf(call), call.origin());
		if (ended !== undefined) return ended;
		const woken = wokenJob(call, kind);
		const pieces = woken === undefined ? undefined : await this.goOn(woken);
		if (pieces !== undefined) return pieces;
		if (this.isInBatch && isBatched(kind)) {
			return await this.follow(await createInBatch(call, kind, doing, sendsCallback, async () => await this.prepare()), false);
		}
		const wanted = await this.prepare();
		const { isAnswer = false } = this.work;
		const asking = async () => await this.makeOne(wanted);
		return isAnswer ? await inLine(call, call.ids[kind.idField] as string, asking) : await asking();
	}

	/**
	 * Goes on with a job that was made before the execution slept.
	 *
	 * @returns undefined when it is of no use, so that another one has to be made
	 */
	private async goOn(woken: WokenJob): Promise<Piece[] | undefined> {
		const { call, work } = this;
		// The run's other items wait for this one to be checked, and it is.
		await call.passCheckpoint();
		const kept = woken.order as unknown as Order;
		this.kept = kept;
		this.wait = kept.wait;
		if (kept.ordered !== undefined) this.spending = Spending.again(call, work.kind, kept.ordered);
		const ended = await settle(this.follow(kept.created, kept.isOld, undefined, woken));
		if (ended.ok) return ended.value;
		if (!this.isRenewable(ended.error, kept.isOld)) throw ended.error;
		call.run.report.steppedOver(work.kind.noun, woken.id);
		this.kept = undefined;
		return undefined;
	}

	/**
	 * Whether another job may be made in place of one that has failed. A key that an earlier execution has used is answered
	 * with what failed there, which is not charged. What this run has made itself is left to Retry On Fail.
	 */
	private isRenewable(error: unknown, isOld: boolean): boolean {
		const { options, variant } = this.call;
		return isOld && error instanceof FailedJob && (ownKey(options) === undefined || variant !== undefined);
	}

	/** Starts a job of its own; another one as long as HeyGen answers with what has failed in an earlier execution. */
	private async makeOne(wanted: Wanted): Promise<Piece[]> {
		const { call } = this;
		const { kind, doing } = this.work;
		for (let replays = 0; ; replays++) {
			const free = await placeForJob(call, kind, doing);
			const { id, isOld, ended } = await this.attempt(wanted, free).finally(free);
			if (ended.ok) return ended.value;
			if (!this.isRenewable(ended.error, isOld) || replays >= MOST_REPLAYS) throw ended.error;
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

	private async follow(created: IDataObject, isOld: boolean, free: () => void = () => undefined, woken?: WokenJob): Promise<Piece[]> {
		const { call, wait } = this;
		const { kind, remarks, isAnswer = false, held, standIn } = this.work;
		const id = String(created[kind.idField]);
		// An item of a batch may have no job yet.
		const isNamed = !isNothing(created[kind.idField]);
		// What the answer to a message names may be of the round before.
		if (isNamed) this.spending?.made(id, isAnswer ? undefined : nextIdIn(kind, created));
		const name = isNamed ? id : `${String(created.batch_id)} ${String(created.item_index)}`;
		call.run.report.made(kind.noun, name, isOld, () => this.spending?.credits);
		if (wait === undefined) return [outputItem(created, call.itemIndex)];
		const { previews, mayAsk } = this.kept ?? (await this.knownBefore());
		const finished = (record: IDataObject, ended: JobKind) => {
			free();
			const expects = this.expects();
			const remarked = expects === undefined ? {} : remarks?.of(call, record, expects);
			return { ...previews, ...remarked, ...this.spending?.finished(id, ended, record, isOld) };
		};
		const asks = () => this.spending?.asks();
		const order = () => this.orderOf({ created, isOld, wait, previews, mayAsk });
		const followed = { finished, asks, created, mayAsk, isOld, order };
		const own = {
			held: async (record: IDataObject) => ({ ...(await held?.(call, record, created)), ...this.spending?.expected }),
			...(standIn === undefined ? {} : { standIn: async () => await standIn(call, created) }),
		};
		if (woken === undefined) return await finishJob(call, kind, id, wait, { ...followed, ...own, isNew: true });
		const isFirst = woken.kind === kind;
		return await finishJob(call, woken.kind, woken.id, wait, { ...(isFirst ? { ...followed, ...own } : { finished, order }), ...woken.again });
	}

	/** What has to be known of the request when its job is finished. */
	private async knownBefore(): Promise<Pick<Order, 'previews' | 'mayAsk'>> {
		const { asked } = this;
		const { mayAsk } = this.work;
		return { previews: await this.previews(), mayAsk: mayAsk === undefined || asked === undefined || mayAsk(asked.body) };
	}

	/** What remarks have to know of it. */
	private expects(): IDataObject | undefined {
		if (this.kept !== undefined) return this.kept.expects;
		return this.asked === undefined ? undefined : this.work.remarks?.expects(this.asked);
	}

	/** What the execution keeps of the job while it sleeps. */
	private orderOf(known: Pick<Order, 'created' | 'isOld' | 'wait' | 'previews' | 'mayAsk'>): IDataObject {
		const expects = this.expects();
		const ordered = this.spending?.ordered;
		return { ...known, ...(expects === undefined ? {} : { expects }), ...(ordered === undefined ? {} : { ordered }) };
	}
}
