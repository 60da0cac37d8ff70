let service = { url: '', token: '' };

/** Sets the service that the generated client calls. */
export function setService(url: string, token: string): void {
  service = { url, token };
}

/** Sends the requests of the client that orval generates, and parses only JSON. */
export async function orvalFetch<Answer>(path: string, options: RequestInit): Promise<Answer> {
  const headers = { ...options.headers, authorization: `Bearer ${service.token}` };
  const response = await fetch(service.url + path, { ...options, headers });
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  const data: unknown = isJson ? await response.json() : await response.text();
  return { data, status: response.status, headers: response.headers } as Answer;
}
