/** Sends single requests as one user. */
export class Client {
  constructor(
    private readonly url: string,
    readonly token?: string,
  ) {}

  get headers(): Record<string, string> {
    return this.token === undefined ? {} : { authorization: `Bearer ${this.token}` };
  }

  post<Answer>(path: string, body: object): Promise<Answer> {
    const headers = { ...this.headers, 'content-type': 'application/json' };
    return this.send<Answer>(path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  get<Answer>(path: string): Promise<Answer> {
    return this.send<Answer>(path, { headers: this.headers });
  }

  private async send<Answer>(path: string, request: RequestInit): Promise<Answer> {
    const response = await fetch(this.url + path, request);
    const text = await response.text();
    if (!response.ok) throw new Error(`${path} was answered with ${response.status}: ${text}`);
    return JSON.parse(text) as Answer;
  }
}
