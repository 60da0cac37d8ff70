import type { OpenAPIObject } from '@nestjs/swagger';
import { createContext, runInContext } from 'node:vm';
import contract from '../../../openapi/openapi.json';
import { version } from '../../../package.json';
import { documentForSwaggerUi } from '../../../src/http/contract/swagger-ui';
import { useService } from '../../support/use-service';

interface Parameter {
  readonly name: string;
  readonly required?: boolean;
  readonly description: string;
  readonly example?: unknown;
  readonly schema: { readonly example?: unknown; readonly default?: unknown; readonly items?: object };
}
type Paths = Readonly<Record<string, Record<string, { readonly parameters?: readonly Parameter[] }>>>;
interface Response {
  readonly ok: boolean;
  readonly url: string;
  readonly body?: { readonly token: string };
}
interface Options {
  readonly spec: { readonly paths: Paths };
  readonly layout: string;
  readonly filter: boolean;
  readonly defaultModelsExpandDepth: number;
  readonly plugins: readonly ((system: object) => {
    readonly components: { readonly JsonSchema_string_suggested: (field: object) => { readonly children: unknown[] } };
  })[];
  readonly responseInterceptor: (response: Response) => Response;
}

describe('Swagger UI', () => {
  const service = useService();
  const ui = {
    preauthorizeApiKey: jest.fn(),
    authActions: { persistAuthorizationIfNeeded: jest.fn(), logoutWithPersistOption: jest.fn() },
  };
  let options: Options;

  beforeAll(async () => {
    const { text } = await service.nobody.get('/docs/swagger-ui-init.js').buffer().expect(200);
    options = optionsIn(text, ui);
  });
  afterEach(() => jest.clearAllMocks());

  it('is a page that its Content-Security-Policy allows: no script is inline', async () => {
    const { text, headers } = await service.nobody.get('/docs').expect(200);
    expect(headers['content-security-policy']).toContain("script-src 'self';");
    expect(text).toContain('<title>User activity reports</title>');
    const scripts = text.match(/<script\b[^>]*>[^<]*/g) ?? [];
    expect(scripts).toHaveLength(3);
    for (const script of scripts) expect(script).toMatch(/^<script src="[^"]+">\s*$/);
  });

  it('starts with the title of the service, a filter box and a link to the contract, and folds the schemas', () => {
    expect(options).toMatchObject({ layout: 'BaseLayout', filter: true, defaultModelsExpandDepth: 0 });
    expect(contract.info).toMatchObject({ title: 'User activity reports', version });
    expect(contract.info.description).toContain('[/openapi.json](/openapi.json)');
  });

  it('prefills no optional parameter, but describes its example', () => {
    const document = documentForSwaggerUi(contract as unknown as OpenAPIObject);
    for (const { paths } of [options.spec, document as unknown as Options['spec']]) {
      const optional = parametersOf(paths).filter(({ required }) => !required);
      expect(optional.length).toBeGreaterThan(20);
      const isFilled = (parameter: Parameter) =>
        [parameter, parameter.schema].some((part) => 'example' in part || 'default' in part);
      expect(optional.filter(isFilled)).toEqual([]);
    }
    const all = parametersOf(document.paths as unknown as Paths);
    expect(all.find(({ name }) => name === 'timeZone')?.description).toContain('Example: `Europe/Bucharest`');
    expect(all.find(({ name }) => name === 'interval')?.description).toContain('Example: `last_30_days`');
    expect(all.filter(({ required }) => required).every(({ schema }) => 'example' in schema)).toBe(true);
    expect(parametersOf(contract.paths as unknown as Paths).some(({ schema }) => schema.default === 50)).toBe(true);
  });

  it('suggests the codes of the built-in activity types', () => {
    const document = documentForSwaggerUi(contract as unknown as OpenAPIObject);
    const parameters = parametersOf(document.paths as unknown as Paths);
    expect(parameters.find(({ name }) => name === 'activity')?.schema.items).toMatchObject({
      format: 'suggested',
      example: '',
    });
    const createElement = (type: string, properties: object, ...children: unknown[]) => ({
      type,
      ...properties,
      children,
    });
    const [plugin] = options.plugins;
    const field = plugin!({ React: { createElement } }).components.JsonSchema_string_suggested;
    const schema = { get: () => ({ toJS: () => [{ enum: ['user.login', 'user.logout'] }, { pattern: 'custom' }] }) };
    const { children } = field({ schema, value: 'user', onChange: jest.fn() });
    expect(children).toMatchObject([
      { type: 'text', value: 'user', list: 'suggestions-user.login' },
      { type: 'datalist', id: 'suggestions-user.login', children: [{ value: 'user.login' }, { value: 'user.logout' }] },
    ]);
  });

  it('authorizes the page after a login, and ends the authorization after a logout', () => {
    const login = { ok: true, url: `${service.url}/v1/auth/login`, body: { token: 'uas_1' } };
    expect(options.responseInterceptor(login)).toBe(login);
    expect(ui.preauthorizeApiKey.mock.calls).toEqual([['bearer', 'uas_1']]);
    expect(ui.authActions.persistAuthorizationIfNeeded).toHaveBeenCalledTimes(1);
    expect(Object.keys(contract.components.securitySchemes)).toEqual(['bearer']);
    options.responseInterceptor({ ok: true, url: `${service.url}/v1/auth/logout` });
    expect(ui.authActions.logoutWithPersistOption).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['a refused login', { ok: false, url: '/v1/auth/login' }],
    ['another operation with a token', { ok: true, url: '/v1/api-keys', body: { token: 'uak_1' } }],
  ])('does not authorize the page after %s', (_, response) => {
    options.responseInterceptor(response);
    expect(ui.preauthorizeApiKey).not.toHaveBeenCalled();
    expect(ui.authActions.logoutWithPersistOption).not.toHaveBeenCalled();
  });
});

function parametersOf(paths: Paths): Parameter[] {
  return Object.values(paths)
    .flatMap((methods) => Object.values(methods))
    .flatMap(({ parameters = [] }) => parameters);
}

/** Runs the script that starts Swagger UI, and returns the options that it passes. */
function optionsIn(script: string, ui: object): Options {
  let options: Options | undefined;
  const start = Object.assign(
    (passed: Options) => {
      options = passed;
      return ui;
    },
    { presets: {}, plugins: {} },
  );
  const window: { onload?: () => void; location: object } = { location: { search: '', origin: 'http://docs.example' } };
  runInContext(script, createContext({ window, SwaggerUIBundle: start, SwaggerUIStandalonePreset: {} }));
  window.onload?.();
  if (!options) throw new Error('The script does not start Swagger UI.');
  return options;
}
