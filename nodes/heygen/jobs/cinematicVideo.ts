import { FILM, THUMBNAIL } from './files';
import { GIF, videoJob } from './video';

/** `POST /v3/videos` with `type: cinematic_avatar`. Nobody speaks a script in such a video, so that none has captions. */
export const cinematicVideoJob = { ...videoJob, files: [FILM, GIF, THUMBNAIL] } satisfies typeof videoJob;
