import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Arguments of one call of a tool. */
export type Arguments = Record<string, string>;

/** What a model does: turn by turn, the calls that it makes at once. After the last turn it says that it is done. */
export type Script = Arguments[][];

interface Message {
	role: string;
	content: string | Array<{ text?: string }> | null;
	tool_calls?: unknown[];
}

interface ChatRequest {
	messages: Message[];
	tools?: Array<{ function: { name: string } }>;
	stream?: boolean;
}

interface Answer {
	role: 'assistant';
	content: string;
	tool_calls?: Array<{ id: string; type: 'function'; function: { name: string; arguments: string } }>;
}

/**
 * A chat model that does what its prompt says, behind the API that n8n's OpenAI Chat Model speaks. The prompt is a
 * {@link Script} as JSON; the tool called is the only one that the agent offers.
 */
export class ScriptedModel {
	private calls = 0;
	/** What the model was told last of its calls, as JSON. */
	told = '';

	private constructor(private readonly server: Server) {
		server.on('request', (request: IncomingMessage, response: ServerResponse) => void this.serve(request, response));
	}

	/** Listens on a free port of the loopback address. */
	static async start(): Promise<ScriptedModel> {
		const server = createServer();
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		return new ScriptedModel(server);
	}

	/** What a credential of the type `openAiApi` takes as its base URL. */
	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
	}

	/** Closes the port. */
	async stop(): Promise<void> {
		const closed = once(this.server, 'close');
		this.server.close();
		this.server.closeAllConnections();
		await closed;
	}

	private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		let text = '';
		for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
		const chat = JSON.parse(text) as ChatRequest;
		this.told = JSON.stringify(chat.messages.filter(({ role }) => role === 'tool'));
		const message = this.answer(chat);
		const finish_reason = message.tool_calls === undefined ? 'stop' : 'tool_calls';
		const head = { id: 'chat', created: 0, model: 'scripted' };
		if (chat.stream !== true) {
			response.setHeader('content-type', 'application/json');
			const choices = [{ index: 0, message, finish_reason }];
			response.end(JSON.stringify({ ...head, object: 'chat.completion', choices }));
			return;
		}
		response.setHeader('content-type', 'text/event-stream');
		const delta = { ...message, tool_calls: message.tool_calls?.map((call, index) => ({ index, ...call })) };
		const choices = [{ index: 0, delta, finish_reason }];
		response.end(`data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices })}\n\ndata: [DONE]\n\n`);
	}

	/** The turn is told by how many calls the conversation holds: some agents give each of them a message of its own. */
	private answer({ messages, tools }: ChatRequest): Answer {
		const content = messages.find(({ role }) => role === 'user')?.content ?? '[]';
		const prompt = typeof content === 'string' ? content : content.map(({ text }) => text ?? '').join('');
		const turns = JSON.parse(prompt) as Script;
		let before = messages.flatMap(({ tool_calls }) => tool_calls ?? []).length;
		const calls = turns.find((turn) => {
			before -= turn.length;
			return before < 0;
		});
		if (calls === undefined) return { role: 'assistant', content: 'done' };
		const name = tools?.[0]?.function.name ?? '';
		const tool_calls = calls.map((args) => ({
			id: `call_${++this.calls}`,
			type: 'function' as const,
			function: { name, arguments: JSON.stringify(args) },
		}));
		return { role: 'assistant', content: '', tool_calls };
	}
}
