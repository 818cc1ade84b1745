import { freePort, type N8nServer, type Role, startN8n } from './server';
import { type Service, startPostgres, startRedis } from './services';

/** n8n in queue mode: a main process, workers and a webhook processor, each with a data folder of its own. */
export class N8nCluster {
	private constructor(
		readonly main: N8nServer,
		readonly webhook: N8nServer,
		readonly workers: N8nServer[],
		private readonly services: readonly Service[],
		private readonly started: (role: Role) => Promise<N8nServer>,
	) {}

	/**
	 * Starts all of it.
	 *
	 * @param tgz the packed package, which every process needs
	 * @param workers how many
	 * @param env more environment variables for all processes
	 */
	static async start(tgz: string, workers = 2, env: Record<string, string> = {}): Promise<N8nCluster> {
		const services = await Promise.all([startRedis(), startPostgres()]);
		const [redis, postgres] = services as [Service, Service];
		const started = async (role: Role) =>
			await startN8n({
				tgz,
				role,
				env: {
					EXECUTIONS_MODE: 'queue',
					QUEUE_BULL_REDIS_HOST: '127.0.0.1',
					QUEUE_BULL_REDIS_PORT: String(redis.port),
					DB_TYPE: 'postgresdb',
					DB_POSTGRESDB_HOST: '127.0.0.1',
					DB_POSTGRESDB_PORT: String(postgres.port),
					DB_POSTGRESDB_DATABASE: 'n8n',
					DB_POSTGRESDB_USER: 'postgres',
					OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
					...(role === 'worker' ? { QUEUE_HEALTH_CHECK_PORT: String(await freePort()) } : {}),
					...env,
				},
			});
		try {
			// The main process makes the tables.
			const main = await started('start');
			const [webhook, ...others] = await Promise.all([started('webhook'), ...Array.from({ length: workers }, async () => await started('worker'))]);
			return new N8nCluster(main, webhook as N8nServer, others, services, started);
		} catch (error) {
			await Promise.all(services.map(async (service) => await service.stop()));
			throw error;
		}
	}

	/** Kills all workers, as a crash would, removes their data, and starts as many others. */
	async replaceWorkers(): Promise<void> {
		const old = this.workers.splice(0);
		await Promise.all(old.map(async (worker) => await worker.kill()));
		await Promise.all(old.map(async (worker) => await worker.stop()));
		this.workers.push(...(await Promise.all(old.map(async () => await this.started('worker')))));
	}

	/** Ends all of it. */
	async stop(): Promise<void> {
		await Promise.all([this.main, this.webhook, ...this.workers].map(async (server) => await server.stop()));
		await Promise.all(this.services.map(async (service) => await service.stop()));
	}
}
