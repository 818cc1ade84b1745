import omit from 'lodash/omit';

import type { CountedKind } from './kind';
import { videoJob } from './video';

/** `POST /v3/templates/{template_id}`: a video like any other, but for batches and videos of models. */
export const templateVideoJob: CountedKind = omit(videoJob, 'batch', 'otherPath');
