/**
 * What HeyGen charges for videos, in credits. All are of HeyGen's page "Enterprise Pricing", which says besides: credits
 * are consumed when a job completes, failed jobs are not charged. Contracts, and plans that are billed in dollars, may
 * differ, so the editor shows these prices as estimates. Nothing else in the package repeats one of these numbers.
 */

/** A second of finished avatar video with Avatar IV or V (table "Video Generation — Avatar IV & V", one rate for all types of avatar). */
export const AVATAR_VIDEO_CREDITS_PER_SECOND = 0.1;

/** A second of finished avatar video with Avatar III (table "Video Generation — Avatar III", one rate for all types of avatar). */
export const AVATAR_III_CREDITS_PER_SECOND = 0.0033;
