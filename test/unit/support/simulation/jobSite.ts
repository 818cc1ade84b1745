/** HeyGen with jobs that run and end as time passes, as a poll sees it: their list, their statuses, themselves. */
import type { IDataObject } from 'n8n-workflow';
import { EngineError } from '../../../../nodes/engine/basics/errors';
import type { Client } from '../../../../nodes/engine/request/client';
import type { ApiRequest } from '../../../../nodes/engine/request/apiRequest';
import { endedJobs, type JobMark, type JobSettings } from '../../../../nodes/engine/triggers/pollJobs';
import { videoJob } from '../../../../nodes/heygen/jobs/video';
import { clock } from './clock';
import { HeyGenList, stored } from './heyGenList';

/** A job's life; moments are Unix milliseconds. */
export interface JobLife {
	createdAt: number;
	endsAt: number;
	status: 'completed' | 'failed';
	/** Until then nothing can be read of it. */
	deletedAt: number;
	/** Milliseconds from its end on in which its file has no address yet. */
	settling: number;
	/** Milliseconds from its end on in which it calls itself running, while list and statuses know better. */
	behind: number;
	/** Whether nobody may read it by its id. */
	isRefused: boolean;
	/** More of its record. */
	fields: IDataObject;
}

/** HeyGen's videos, or what is called like them. */
export class JobSite {
	readonly lives: JobLife[] = [];
	readonly list: HeyGenList;
	/** Reads of statuses and of single jobs. */
	readonly reads: ApiRequest[] = [];
	readonly client: Client;

	constructor(readonly settings: JobSettings = videos()) {
		this.list = new HeyGenList(settings.path, { first: 'newest', by: 'time' });
		this.client = this.list.client((request) => this.answer(request));
	}

	/** Starts a job now; it runs for a minute unless told otherwise. Returns its id. */
	start({ runs = 60_000, ...life }: Partial<JobLife> & { runs?: number } = {}): string {
		const createdAt = clock.time;
		const index = this.lives.length;
		const whole: JobLife = {
			...{ createdAt, endsAt: createdAt + runs, status: 'completed', deletedAt: Infinity, settling: 0, behind: 0, isRefused: false, fields: {} },
			...life,
		};
		this.lives.push(whole);
		this.list.records.push({ time: createdAt, show: () => this.record(index) });
		return `j${index}`;
	}

	/** What is shown of a job; undefined when it has been deleted. */
	private record(index: number, behind = 0): IDataObject | undefined {
		const life = this.lives[index];
		if (life === undefined || clock.time >= life.deletedAt) return undefined;
		const { createdAt, endsAt, status, settling, fields } = life;
		const common = { id: `j${index}`, created_at: Math.floor(createdAt / 1_000), video_url: null, ...fields };
		if (clock.time < endsAt + behind) return { ...common, status: 'processing' };
		const ended = { ...common, status, completed_at: Math.floor(endsAt / 1_000) };
		if (status === 'failed') return { ...ended, failure_code: 'RENDER', failure_message: 'Too long' };
		const hasFile = clock.time >= endsAt + settling && !('video_url' in fields);
		return hasFile ? { ...ended, video_url: `https://files.heygen.ai/j${index}.mp4` } : ended;
	}

	private answer(request: ApiRequest): unknown {
		const { kind } = this.settings;
		this.reads.push(request);
		if (request.path === kind.statuses.path) {
			const ids = String(request.query?.[kind.statuses.idsField]).split(',');
			// HeyGen calls the id of every kind so.
			return ids.map((video_id) => ({ video_id, status: this.record(Number(video_id.slice(1)))?.status ?? 'not_found' }));
		}
		const index = Number(/j(\d+)$/.exec(request.path)?.[1]);
		if (this.lives[index]?.isRefused === true) throw new EngineError('Could not get it', '', { httpCode: '403' });
		const record = this.record(index, this.lives[index]?.behind);
		if (record === undefined) throw new EngineError('Could not get it', '', { httpCode: '404' });
		return record;
	}
}

/** The settings of a poll of videos. */
export function videos(more: Partial<JobSettings> = {}): JobSettings {
	return { kind: videoJob, path: '/v3/videos', max: 100, outcomes: ['success', 'failure'], query: {}, ...more };
}

/** A trigger that polls a site: each call is a poll, and gives the JSON of its items. */
export function pollerOf(site: JobSite) {
	let mark: JobMark | undefined;
	return {
		poll: async (): Promise<IDataObject[]> => {
			const { items, next } = await clock.run(endedJobs(site.client, site.settings, mark && stored(mark)));
			mark = next;
			return items.map(({ json }) => json);
		},
		/** Ids of the jobs it still looks at. */
		running: () => Object.keys(mark?.running ?? {}),
	};
}
