import { Agent, request } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';
import { createBody, WORST_REQUESTS, type WorstRequest } from './worst-bodies.requests';

/** The task of the thread that sends the requests. */
export interface SenderTask {
  readonly url: string;
  readonly token: string;
  readonly connections: number;
  readonly seconds: number;
}

/** Number of responses by status, or by error that ended the connection. */
export type SenderResult = Record<string, number>;

const CHUNK = 64 * 1024;

/** Sends a request. Returns its status, or the error that ended the connection. */
function send({ url, token }: SenderTask, worst: WorstRequest, agent: Agent): Promise<string> {
  const body = createBody(worst);
  const headers = {
    'content-type': 'application/json',
    ...(worst.isSignedIn && { authorization: `Bearer ${token}` }),
    ...(!worst.isChunked && { 'content-length': body.length }),
    ...worst.headers,
  };
  return new Promise((resolve) => {
    const outgoing = request(url + worst.path, { method: 'POST', headers, agent }, (answer) => {
      answer.resume().on('end', () => {
        resolve(String(answer.statusCode));
      });
    });
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code ?? error.message);
    });
    for (let start = 0; start < body.length; start += CHUNK) outgoing.write(body.subarray(start, start + CHUNK));
    outgoing.end();
  });
}

/**
 * Sends requests one after the other over each of several connections. Each connection starts with a different request.
 */
async function sendAll(task: SenderTask): Promise<SenderResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: task.connections });
  const result: SenderResult = {};
  const end = Date.now() + task.seconds * 1000;
  const connections = Array.from({ length: task.connections }, async (_, connection) => {
    const first = Math.floor((WORST_REQUESTS.length / task.connections) * connection);
    for (let place = first; Date.now() < end; place++) {
      const answer = await send(task, WORST_REQUESTS[place % WORST_REQUESTS.length]!, agent);
      result[answer] = (result[answer] ?? 0) + 1;
    }
  });
  await Promise.all(connections);
  agent.destroy();
  return result;
}

void sendAll(workerData as SenderTask).then((result) => {
  parentPort!.postMessage(result);
});
