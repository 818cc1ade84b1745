import { FileToUpload } from '../../heygen/fileUses';
import { SPEECH_SPEED } from '../../heygen/limits';
import { type Contract, costOf, gapsIn, type Order } from '../../heygen/prices/cost';
import { type Estimate, estimateRecord, totalRecord } from '../../heygen/prices/estimate';
import { readLanguage } from '../../heygen/prices/languages';
import { isPerCall, type PricedKind } from '../../heygen/prices/rates';
import { type SpeechEstimate, speechEstimate } from '../../heygen/prices/speech';
import { readSeconds } from '../../heygen/values/moments';
import { type NumberRange, readNumber, readText } from '../../heygen/values/plain';
import { inputError } from '../basics/errors';
import { findBinary } from '../files/binary';
import { inspect } from '../files/inspect';
import type { Call, Handler } from '../item/call';
import { contractOf } from '../item/contractOf';
import { taken } from '../item/given';
import { localForAll } from './local';

/** What jobs are likely to cost, before anything is ordered. */

/** Display names of the parameters that messages point to. */
export const ESTIMATE_LABELS = {
	durationSeconds: 'Duration (Seconds)',
	script: 'Script',
	language: 'Language',
	binaryPropertyName: 'Input Binary Field',
	frameRate: 'Frame Rate',
	rate: 'Rate (Credits per Unit)',
	usdPerCredit: 'USD per Credit',
	wordsPerMinute: 'Words per Minute',
	charactersPerMinute: 'Characters per Minute',
	speed: 'Speed',
	count: 'Number of Outputs',
} as const;

const POSITIVE: NumberRange = { above: 0 };
const NOT_NEGATIVE: NumberRange = { min: 0 };

/**
 * An operation that estimates what the item's job costs. Reads the parameters `jobKind`, `durationSource`,
 * `durationSeconds`, `script`, `language`, `binaryPropertyName`, `resolution`, `frameRate` and `output`, and the options
 * `rate`, `usdPerCredit`, `wordsPerMinute`, `charactersPerMinute`, `speed` and `count`.
 */
export function estimateCost(): Handler {
	return localForAll<Estimate>({
		name: 'estimates',
		isForAll: (call) => call.parameter<string>('output', 'perItem') === 'total',
		read: estimateOf,
		resultOf: (estimate) => ({ ...estimateRecord(estimate) }),
		resultOfAll: (estimates) => ({ ...totalRecord(estimates) }),
	});
}

/** @throws EngineError naming the parameter that cannot be read */
async function estimateOf(call: Call): Promise<Estimate> {
	const kind = call.parameter<PricedKind>('jobKind', 'avatarVideo');
	const count = numberOption(call, 'count', { min: 1, whole: true }) ?? 1;
	const rate = numberOption(call, 'rate', NOT_NEGATIVE);
	const contract = estimateContract(call);
	const quality = qualityOf(call, kind);
	const price: Order = { kind, ...quality, ...(rate === undefined ? {} : { rate }) };
	const gap = gapsIn(price, contract).find(({ of }) => of === 'rate');
	if (gap !== undefined) {
		throw inputError(
			`'${ESTIMATE_LABELS.rate}' is empty, and ${gap.inWords}`,
			`Add the option '${ESTIMATE_LABELS.rate}', or name the price in the credential's 'Rates (JSON)', such as {"${kind}": 0.05}.`,
		);
	}
	// Whatever else the parameters hold: the length of what is charged by the call does not count.
	const length = isPerCall(kind) ? {} : await lengthOf(call);
	const cost = costOf({ ...price, count, ...(length.seconds === undefined ? {} : { seconds: length.seconds }) }, contract);
	if (cost === undefined) throw inputError(`'${ESTIMATE_LABELS.durationSeconds}' is empty`);
	return { kind, count, cost, ...(length.speech === undefined ? {} : { speech: length.speech }) };
}

/** The credential's prices, with what the node says that a credit costs. */
function estimateContract(call: Call): Contract {
	const contract = contractOf(call.account);
	const usdPerCredit = numberOption(call, 'usdPerCredit', POSITIVE);
	return usdPerCredit === undefined ? contract : { ...contract, usdPerCredit };
}

/** What decides on the rate of HyperFrames. */
function qualityOf(call: Call, kind: PricedKind): Pick<Order, 'resolution' | 'frameRate'> {
	if (kind !== 'hyperframes') return {};
	const frameRate = taken(ESTIMATE_LABELS.frameRate, readNumber(call.parameter<unknown>('frameRate', ''), POSITIVE));
	const resolution = call.parameter<'1080p' | '4k'>('resolution', '1080p');
	return frameRate === undefined ? { resolution } : { resolution, frameRate };
}

/** How long the job's result is, and how that was found. */
interface Length {
	seconds?: number;
	speech?: SpeechEstimate;
}

async function lengthOf(call: Call): Promise<Length> {
	const source = call.parameter<string>('durationSource', 'script');
	if (source === 'binary') return { seconds: await secondsOfFile(call) };
	if (source === 'seconds') return { seconds: secondsGiven(call) };
	const speech = speechOf(call);
	return { seconds: speech.seconds, speech };
}

function secondsGiven(call: Call): number {
	const label = ESTIMATE_LABELS.durationSeconds;
	const seconds = taken(label, readSeconds(call.parameter<unknown>('durationSeconds', '')));
	if (seconds !== undefined) return seconds;
	throw inputError(`'${label}' is empty`, 'Fill it in. An expression that finds nothing gives an empty field.');
}

function speechOf(call: Call): SpeechEstimate {
	const label = ESTIMATE_LABELS.script;
	const script = taken(label, readText(call.parameter<unknown>('script', '')));
	const language = taken(ESTIMATE_LABELS.language, readLanguage(call.parameter<unknown>('language', '')));
	const wordsPerMinute = numberOption(call, 'wordsPerMinute', POSITIVE);
	const charactersPerMinute = numberOption(call, 'charactersPerMinute', POSITIVE);
	const speed = numberOption(call, 'speed', SPEECH_SPEED);
	if (script === undefined) {
		throw inputError(`'${label}' is empty`, "Give the text that is spoken, or choose another 'Duration Source'.");
	}
	return speechEstimate(script, {
		...(language === undefined ? {} : { language }),
		...(wordsPerMinute === undefined ? {} : { wordsPerMinute }),
		...(charactersPerMinute === undefined ? {} : { charactersPerMinute }),
		...(speed === undefined ? {} : { speed }),
	});
}

/** The file is only looked at: it may be of any kind whose header says how long it plays, whether HeyGen takes it or not. */
async function secondsOfFile(call: Call): Promise<number> {
	const given = call.parameter<unknown>('binaryPropertyName', '');
	const file = await findBinary(call, new FileToUpload(given, ESTIMATE_LABELS.binaryPropertyName));
	const { signal } = call.client;
	const { size, facts } = await call.files.slots.run(async () => await inspect(file, signal), signal);
	if (size === 0) throw inputError(`${file.label} is empty`, 'Check the node that made the file: the file has 0 bytes.');
	// Milliseconds are all that prices and people count.
	if (facts.seconds !== undefined) return Math.round(facts.seconds * 1_000) / 1_000;
	throw inputError(
		`${file.label} does not say in its header how long it plays`,
		"Give the duration in seconds instead: 'Duration Source' has a choice for it. MP3, WAV, MP4, WebM, M4A, QuickTime, OGG and FLAC files mostly say it; what a browser has recorded does not.",
	);
}

function numberOption(call: Call, name: keyof typeof ESTIMATE_LABELS, range: NumberRange): number | undefined {
	return taken(ESTIMATE_LABELS[name], readNumber(call.options[name], range));
}
