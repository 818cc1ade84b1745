import { GERMANIC } from './scripts/germanic';
import { OTHERS } from './scripts/others';
import { ROMANCE } from './scripts/romance';

/** All scripts whose spoken length was measured. */
export const SCRIPTS = [...GERMANIC, ...ROMANCE, ...OTHERS];
