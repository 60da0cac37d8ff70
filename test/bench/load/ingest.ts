import { Agent, request } from 'node:http';
import { asProgram } from './as-program';
import { createRecords } from './incoming-records';

/** Batches that several clients send. */
export interface Ingestion {
  readonly url: string;
  readonly token: string;
  readonly clients: number;
  readonly batches: number;
  readonly recordsPerBatch: number;
  /** Begins the keys of the records, which must be new. */
  readonly keyPrefix: string;
}

export interface IngestionRate {
  readonly rowsPerSecond: number;
}

asProgram(async ({ url, token, clients, batches, recordsPerBatch, keyPrefix }: Ingestion): Promise<IngestionRate> => {
  const records = createRecords(batches * recordsPerBatch, keyPrefix);
  const bodies = Array.from({ length: batches }, (_, place) =>
    Buffer.from(JSON.stringify({ records: records.slice(place * recordsPerBatch, (place + 1) * recordsPerBatch) })),
  );
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const start = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (let body = bodies.pop(); body; body = bodies.pop()) await post(`${url}/v1/activities`, token, body, agent);
    }),
  );
  return { rowsPerSecond: records.length / ((performance.now() - start) / 1000) };
});

function post(url: string, token: string, body: Buffer, agent: Agent): Promise<void> {
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'content-length': body.length,
  };
  return new Promise((done, fail) => {
    const sent = request(url, { method: 'POST', headers, agent }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('error', fail);
      response.on('end', () => {
        if (response.statusCode === 200) done();
        else fail(new Error(`A batch was answered with ${response.statusCode}: ${text.slice(0, 2000)}`));
      });
    });
    sent.on('error', fail);
    sent.end(body);
  });
}
