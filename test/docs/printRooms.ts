/** Prints the rooms of `nodes/`: files, imports, circles, breaches of the rules, and the picture for Mermaid. */
import { cruise, picture, roomsOf } from './rooms';
import { PROJECT } from './sections';

const cruised = cruise(PROJECT, ['nodes', 'credentials']);
const rooms = roomsOf(cruised);
const { violations } = cruised.summary;
const circles = violations.filter(({ rule }) => rule.name === 'circle');
const arrows = rooms.reduce((sum, { imports }) => sum + imports.size, 0);
const files = rooms.reduce((sum, room) => sum + room.files, 0);

console.log(`${rooms.length} rooms, ${files} files, ${arrows} arrows, ${circles.length} circles, ${violations.length} breaches of the rules\n`);
const width = Math.max(...rooms.map(({ name }) => name.length));
for (const { name, files: inside, imports } of rooms) {
	const targets = [...imports].map(([to, count]) => `${to} (${count})`).sort();
	console.log(`${name.padEnd(width)} ${String(inside).padStart(3)} files  ${targets.join(', ')}`.trimEnd());
}
for (const { rule, from, to } of violations) console.log(`${rule.name}: ${from} -> ${to}`);
console.log(`\n${picture(rooms)}`);
process.exitCode = violations.length === 0 ? 0 : 1;
