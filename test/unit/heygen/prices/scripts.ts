import { ENGLISH } from './scripts/english';
import { GERMAN } from './scripts/german';
import { OTHERS } from './scripts/others';
import { ROMANCE } from './scripts/romance';

/** All scripts whose spoken length was measured. */
export const SCRIPTS = [...ENGLISH, ...GERMAN, ...ROMANCE, ...OTHERS];
