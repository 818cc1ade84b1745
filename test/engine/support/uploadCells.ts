/** Columns of the fault matrix of uploads: where a file can be on its way when something goes wrong. */
import type { Fault } from '../../sandbox';
import { troubles, type Trouble } from './faultCells';
import { manyFiles, pngFile, zipFile, type SampleFile } from './sampleFiles';

/** A column: files, and the request of their upload that the trouble strikes. */
export interface UploadPlace {
	name: string;
	match: Fault['match'];
	files: readonly SampleFile[];
	/** The trouble as it strikes here; undefined when there is no such thing. */
	adapt: (trouble: Trouble) => Trouble | undefined;
	/** Whether the assets are there when the trouble lasts. */
	made: (trouble: Trouble) => boolean;
}

const forms = [0, 1, 2].map((index) => pngFile(`picture-${index}.png`));
/** Archives always go up directly. */
const archives = [0, 1, 2].map((index) => zipFile(`project-${index}.zip`));
/** As many files go up in a batch. */
const many = manyFiles(10);

const noCursor = (trouble: Trouble): Trouble | undefined =>
	trouble.fault.kind === 'endless_cursor' || trouble.fault.kind === 'expired_url' ? undefined : trouble;
const never = (): boolean => false;
const always = (): boolean => true;
const whenDone = ({ done }: Trouble): boolean => done;

/** A storage that has the bytes needs no answer: HeyGen is asked whether they are there. */
function onStorage(trouble: Trouble): Trouble | undefined {
	const { name, fault, done, httpCode } = trouble;
	switch (fault.kind) {
		case 'endless_cursor':
			return undefined;
		case 'drop_after':
		case 'hang':
			return { name, fault, done };
		case 'garbage':
			return { name, fault, done: false, says: /the answer is not that of a file host/ };
		case 'status':
			return { name, fault, done, says: new RegExp(`the file host answered with HTTP status ${httpCode} \\(`) };
		default:
			return trouble;
	}
}

/** A look at a batch that fails is followed by the next one, until HeyGen has had its time. */
function onBatch(trouble: Trouble): Trouble | undefined {
	if (trouble.fault.kind === 'expired_url') return undefined;
	const { name, fault } = trouble;
	return { name, fault, done: true, says: /^HeyGen has not processed the file "file-\d\.srt" of batch batch_[\w-]+ in time/ };
}

/** Without an answer the asset is put out without its address. */
function onAsset(trouble: Trouble): Trouble | undefined {
	const { name, fault } = trouble;
	return noCursor(trouble) && { name, fault, done: true };
}

const place = (
	name: string,
	files: readonly SampleFile[],
	method: string,
	path: string,
	made: UploadPlace['made'],
	adapt: UploadPlace['adapt'] = noCursor,
): UploadPlace => ({ name, files, match: { method, path }, made, adapt });

const arrives = ({ says }: Trouble): boolean => says === undefined;

export const uploadPlaces: readonly UploadPlace[] = [
	place('form', forms, 'POST', '/v3/assets', whenDone),
	place('direct: slot', archives, 'POST', '/v3/assets/direct-uploads', never),
	place('direct: storage', archives, 'PUT', '/files', arrives, onStorage),
	place('direct: completion', archives, 'POST', '/v3/assets/{asset_id}/complete', whenDone),
	place('batch: slots', many, 'POST', '/v3/assets/direct-uploads/batches', never),
	place('batch: storage', many, 'PUT', '/files', arrives, onStorage),
	place('batch: completion', many, 'POST', '/v3/assets/complete/batches', whenDone),
	place('batch: look', many, 'GET', '/v3/assets/batches/{batch_id}', always, onBatch),
	place('batch: asset', many, 'GET', '/v3/assets/{asset_id}', always, onAsset),
];

/** Rows: those of the other matrix, and a slot that has expired. */
export const uploadTroubles: readonly Trouble[] = [
	...troubles,
	{
		name: 'expired URL',
		fault: { kind: 'expired_url' },
		done: false,
		says: /the file host answered with HTTP status 403 \(AccessDenied\)/,
	},
];
