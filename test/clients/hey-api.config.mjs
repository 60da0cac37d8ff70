/** Generates a client with @hey-api/openapi-ts. */
export default {
  input: './openapi/openapi.json',
  output: './var/clients/hey-api',
  logs: { level: 'warn', file: false },
};
