/** Generates a client with orval. Its own fetch parses every response as JSON, so a function of ours replaces it. */
module.exports = {
  api: {
    input: { target: '../../openapi/openapi.json' },
    output: {
      target: '../../var/clients/orval/api.ts',
      client: 'fetch',
      override: { mutator: { path: './orval-fetch.ts', name: 'orvalFetch' } },
    },
  },
};
