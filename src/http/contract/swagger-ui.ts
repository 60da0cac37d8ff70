import type { OpenAPIObject, SwaggerCustomOptions } from '@nestjs/swagger';

type Parameters = NonNullable<NonNullable<OpenAPIObject['paths'][string]['get']>['parameters']>;
type Parameter = Exclude<Parameters[number], { $ref: string }>;

/** What the functions below use of Swagger UI, which runs in a browser. */
declare const window: {
  readonly ui: {
    preauthorizeApiKey(scheme: string, token: string): unknown;
    readonly authActions: {
      persistAuthorizationIfNeeded(): void;
      logoutWithPersistOption(schemes: readonly string[]): void;
    };
  };
};

/** The part of React that the plugin below uses. */
interface React {
  createElement(type: unknown, properties: object, ...children: unknown[]): unknown;
}
/** A text field of Swagger UI. */
interface UiField {
  readonly schema: { get(key: 'anyOf'): { toJS(): { readonly enum?: readonly string[] }[] } };
  readonly value?: unknown;
  readonly onChange: (value: string) => void;
}

/** A response in Swagger UI. */
interface UiResponse {
  readonly ok: boolean;
  readonly url: string;
  readonly body?: { readonly token?: string };
}

/** The options of Swagger UI. `BaseLayout` leaves out the bar with the logo of Swagger, so the page starts with our title. */
export const SWAGGER_UI: SwaggerCustomOptions = {
  customSiteTitle: 'User activity reports',
  swaggerOptions: {
    layout: 'BaseLayout',
    defaultModelsExpandDepth: 0,
    filter: true,
    persistAuthorization: true,
    displayRequestDuration: true,
    tryItOutEnabled: true,
    responseInterceptor: followLogin,
    plugins: [suggestValues],
  },
};

/**
 * Authorizes the page after a login, and ends the authorization after a logout. Swagger UI calls it with each response.
 * Its source code is sent to the browser, so it refers to nothing outside of itself.
 */
function followLogin(response: UiResponse): UiResponse {
  const { ok, url, body } = response;
  if (ok && url.endsWith('/v1/auth/login') && body?.token !== undefined) {
    window.ui.preauthorizeApiKey('bearer', body.token);
    window.ui.authActions.persistAuthorizationIfNeeded();
  }
  if (ok && url.endsWith('/v1/auth/logout')) window.ui.authActions.logoutWithPersistOption(['bearer']);
  return response;
}

/**
 * Returns a plugin of Swagger UI. A text field suggests the values that its schema lists beside a pattern, such as the codes
 * of the built-in activity types. Its source code is sent to the browser too.
 */
function suggestValues({ React }: { readonly React: React }): object {
  const suggestingField = ({ schema, value = '', onChange }: UiField) => {
    const values = schema
      .get('anyOf')
      .toJS()
      .flatMap((alternative) => alternative.enum ?? []);
    const list = `suggestions-${values[0] ?? ''}`;
    const change = ({ target }: { readonly target: { readonly value: string } }) => {
      onChange(target.value);
    };
    const options = values.map((code) => React.createElement('option', { key: code, value: code }));
    const input = React.createElement('input', { type: 'text', list, value, onChange: change });
    return React.createElement('span', {}, input, React.createElement('datalist', { id: list }, ...options));
  };
  return { components: { JsonSchema_string_suggested: suggestingField } };
}

/**
 * Returns a copy of the contract for Swagger UI, which fills the fields of a request with examples and defaults. An
 * optional parameter must stay empty there, so its example moves to its description.
 */
export function documentForSwaggerUi(document: OpenAPIObject): OpenAPIObject {
  const copy = structuredClone(document);
  for (const { get, post, put, patch, delete: remove } of Object.values(copy.paths)) {
    const parameters = [get, post, put, patch, remove].flatMap((operation) => operation?.parameters ?? []);
    for (const parameter of parameters) if ('name' in parameter && !parameter.required) leaveEmpty(parameter);
  }
  return copy;
}

/**
 * Moves the example of a parameter to its description, and removes its default value. Lets the texts of a list suggest values:
 * Swagger UI chooses their field by their format.
 */
function leaveEmpty(parameter: Parameter): void {
  const schema = parameter.schema && '$ref' in parameter.schema ? undefined : parameter.schema;
  const items = schema?.items;
  // A new text of the list starts as the example. It is empty, because a field suggests what continues its text.
  if (items && !('$ref' in items) && items.anyOf) Object.assign(items, { format: 'suggested', example: '' });
  const example: unknown = parameter.example ?? schema?.example;
  delete parameter.example;
  delete schema?.example;
  delete schema?.default;
  if (example === undefined) return;
  const values = [example].flat().map(String);
  parameter.description = `${parameter.description ?? ''}\n\nExample: \`${values.join('`, `')}\``;
}
