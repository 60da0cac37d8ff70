import createClient, { type Client, type Middleware } from 'openapi-fetch';
import type { paths } from '../../openapi/client';

/** Creates the client that an integrator generates from the contract. It collects the operations that it calls. */
export type TypedClient = Client<paths>;

/** @param called gets each operation that is called, such as `get /v1/users/{id}` */
export function typedClient(url: string, called: Set<string>, token?: string): TypedClient {
  const client = createClient<paths>({
    baseUrl: url,
    ...(token !== undefined && { headers: { authorization: `Bearer ${token}` } }),
  });
  const notes: Middleware = {
    onRequest: ({ request, schemaPath }) => {
      called.add(`${request.method.toLowerCase()} ${schemaPath}`);
    },
  };
  client.use(notes);
  return client;
}
