import type { IDataObject } from 'n8n-workflow';

import type { Appearance } from '../../heygen/cast/parts';
import type { JobFile } from '../../heygen/jobs/kind';
import type { PreparedBody } from '../files/preparedBody';
import type { Asked, Call } from '../item/call';
import type { VariantRequest } from '../item/variants';
import type { Locate, Recognition } from '../jobs/createJob';

/** What an operation's API can do besides what its kind of job says. */
export interface JobTraits {
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
	/** What the item says of its finished job besides the record and the cost. */
	remarks?: Remarks;
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

/** What is said of a finished job, by what was asked for. */
interface Remarks {
	/** What has to be known of what was asked for, in plain data; undefined when there is nothing to say. */
	expects: (asked: Asked) => IDataObject | undefined;
	/** What the item says, by that. */
	of: (call: Call, record: IDataObject, expected: IDataObject) => IDataObject;
}

/** Brings an item's body into the API's form; it is told which files are wanted. */
export type BodyOf = (call: Call, files: readonly JobFile[]) => IDataObject | Promise<IDataObject>;
