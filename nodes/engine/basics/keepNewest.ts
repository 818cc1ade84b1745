/**
 * Bounds what a process remembers: of a map the entries that were set last stay.
 *
 * @param map is changed
 * @param most entries that stay
 */
export function keepNewest<K>(map: Map<K, unknown>, most: number): void {
	for (const oldest of map.keys()) {
		if (map.size <= most) return;
		map.delete(oldest);
	}
}
