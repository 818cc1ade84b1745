/** Writes what the documents take from the code. A test fails while they differ (test/unit/docs/sections.test.ts). */
import { errorSections } from './errors';
import { operationSections } from './operations';
import { cruise, roomSections, roomsOf } from './rooms';
import { PROJECT, writeSection } from './sections';

const rooms = roomsOf(cruise(PROJECT, ['nodes']));
const sections = [...operationSections(), ...errorSections(), ...roomSections(rooms)];
for (const section of sections) {
	console.log(`${section.file}, ${section.name}: ${writeSection(section) ? 'written anew' : 'as it was'}`);
}
