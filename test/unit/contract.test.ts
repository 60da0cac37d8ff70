import contract from '../../openapi/openapi.json';

interface Problem {
  readonly status: number;
  readonly code: string;
  readonly type: string;
  readonly instance: string;
}
interface Content {
  readonly schema: {
    readonly allOf: readonly { readonly properties?: { readonly code: { readonly enum: string[] } } }[];
  };
  readonly examples: Readonly<Record<string, { readonly value: Problem }>>;
}
interface Answer {
  readonly $ref?: string;
  readonly description?: string;
  readonly content?: { readonly 'application/problem+json'?: Content };
}
interface Operation {
  readonly summary: string;
  readonly description: string;
  readonly responses: Readonly<Record<string, Answer>>;
}

const SHARED = contract.components.responses as unknown as Record<string, Answer>;
const OPERATIONS = Object.entries(contract.paths as unknown as Record<string, Record<string, Operation>>).flatMap(
  ([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [`${method} ${path}`, path, operation] as const),
);

describe.each(OPERATIONS)('the contract of %s', (_, path, { summary, description, responses }) => {
  it('describes more than the summary says', () => {
    expect(description).not.toBe('');
    expect(description).not.toContain(summary);
  });

  it('describes the successful response', () => {
    const answers = Object.entries(responses).filter(([status]) => status < '400');
    expect(answers).toHaveLength(1);
    for (const [, answer] of answers) expect(answer.description).toMatch(/^(?!Done).{10,}\.$/);
  });

  it('has an example of each problem code, with the path of the operation', () => {
    const own = new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/{}]+')}$`);
    for (const [status, response] of Object.entries(responses)) {
      // A response that operations share has the path of none.
      const shared = response.$ref?.replace('#/components/responses/', '');
      const addresses = shared === undefined ? own : /^\/v1\/…$/;
      const { content } = shared === undefined ? response : SHARED[shared]!;
      const problem = content?.['application/problem+json'];
      expect(problem !== undefined).toBe(status >= '400');
      if (!problem) continue;
      const codes = problem.schema.allOf[1]?.properties?.code.enum ?? [];
      expect(codes).not.toEqual([]);
      expect(Object.keys(problem.examples)).toEqual(codes);
      for (const [code, { value }] of Object.entries(problem.examples)) {
        expect(value).toMatchObject({ status: Number(status), code, type: `urn:problem:${code}` });
        expect(value.instance).toMatch(addresses);
      }
    }
  });
});
