import { noFacts, pixels, type FactScanner } from './facts';
import { view } from './scan';

/** Segments and fill bytes looked at before a JPEG is given up. */
const MAX_SEGMENTS = 4_096;

/** Size of a PNG: the first chunk, IHDR (W3C PNG specification, section 11.2.1). */
export function* png(): FactScanner {
	const bytes = yield { offset: 0, length: 24 };
	if (bytes.length < 24) return noFacts;
	return pixels(view(bytes).getUint32(16), view(bytes).getUint32(20));
}

/** Size of a JPEG: the frame header, behind any number of metadata segments (ITU-T T.81, annex B). */
export function* jpeg(): FactScanner {
	let at = 2;
	for (let segments = 0; segments < MAX_SEGMENTS; segments++) {
		const bytes = yield { offset: at, length: 9 };
		if (bytes.length < 4 || bytes[0] !== 0xff) return noFacts;
		const marker = bytes[1] as number;
		if (marker === 0xff) {
			at += 1;
		} else if (isFrameHeader(marker)) {
			if (bytes.length < 9) return noFacts;
			return pixels(view(bytes).getUint16(7), view(bytes).getUint16(5));
		} else if (marker === 0xda || marker === 0xd9) {
			return noFacts;
		} else {
			at += 2 + view(bytes).getUint16(2);
		}
	}
	return noFacts;
}

/** SOF0 to SOF15 without DHT, JPG and DAC, which have numbers in between. */
function isFrameHeader(marker: number): boolean {
	return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}
