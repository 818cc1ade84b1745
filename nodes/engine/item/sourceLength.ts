import type { Asked, Ordered } from './call';

/** Where bodies have the film that HeyGen works on: an upload, or a data URL. */
const PLACES = ['video.asset_id', 'video'];

/**
 * The length of the film that an item has HeyGen work on, by the header of its file. HeyGen alone knows films that it
 * fetches, or has already.
 *
 * @param asked the item's request, with the film in `video`
 * @returns nothing when the length is not known
 */
export function sourceLength({ secondsOf }: Asked): Pick<Ordered, 'seconds' | 'how'> {
	for (const place of PLACES) {
		const seconds = secondsOf(place);
		if (seconds !== undefined) return { seconds, how: 'the length of the video' };
	}
	return {};
}
