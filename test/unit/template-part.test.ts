import { readPart } from '../../src/control-panel/shopper-mails/template-part';

const KNOWN = ['name', 'total'];

describe('a part of a template', () => {
  it.each([
    ['a text', 'Hello', 'Hello', [], 5],
    ['nothing', '', '', [], 0],
    ['placeholders', 'Hi {{name}}: {{total}}{{name}}', 'Hi {{name}}: {{total}}{{name}}', ['name', 'total', 'name'], 5],
    ['spaces in placeholders', '{{ name }}{{\nname\t}}', '{{name}}{{name}}', ['name', 'name'], 0],
    ['braces of a text', '{a} { {b} } }} {', '{a} { {b} } }} {', [], 16],
    ['a brace before one', '{ {{name}}', '{ {{name}}', ['name'], 2],
    ['backslashes elsewhere', '\\ \\n {{name}} \\', '\\ \\n {{name}} \\', ['name'], 7],
    ['pictures', '👍🏽{{name}}', '👍🏽{{name}}', ['name'], 2],
  ])('accepts %s', (_, source, stored, placeholders, textLength) => {
    expect(readPart(source, KNOWN)).toEqual({ source: stored, placeholders, textLength });
  });

  it.each([
    ['an end that is missing', '{{name'],
    ['half an end', '{{name}'],
    ['nothing in it', '{{}}'],
    ['a block', '{{#if name}}x{{/if}}'],
    ['an inverse block', '{{^name}}x{{/name}}'],
    ['a raw block', '{{{{name}}}}x{{{{/name}}}}'],
    ['an else', '{{else}}'],
    ['a partial', '{{>name}}'],
    ['a partial block', '{{#>name}}{{/name}}'],
    ['a decorator', '{{*name}}'],
    ['a comment', '{{!name}}'],
    ['a long comment', '{{!-- name --}}'],
    ['three braces', '{{{name}}}'],
    ['a brace after it', '{{name}}}'],
    ['an ampersand', '{{&name}}'],
    ['signs that eat spaces', '{{~name~}}'],
    ['a parameter', '{{name total}}'],
    ['a named parameter', '{{name a=1}}'],
    ['an expression', '{{name (total)}}'],
    ['a text', '{{"name"}}'],
    ['a number', '{{1}}'],
    ['true', '{{true}}'],
    ['null', '{{null}}'],
    ['undefined', '{{undefined}}'],
    ['the context', '{{this}}'],
    ['a dot', '{{.}}'],
    ['a path', '{{name.length}}'],
    ['a path with slashes', '{{name/length}}'],
    ['a path of the context', '{{this.name}}'],
    ['a path upwards', '{{../name}}'],
    ['data', '{{@root}}'],
    ['a bracketed name', '{{[name]}}'],
    ['a backslash before it', '\\{{name}}'],
    ['two backslashes before it', '\\\\{{name}}'],
    ['a tag around it', '{<{{name'],
  ])('refuses %s', (_, source) => {
    expect(readPart(`first\r\n${source}`, KNOWN)).toEqual({
      code: 'template_malformed',
      message: expect.stringMatching(/line 2.*there can only be the name of a placeholder/),
    });
  });

  it.each([
    '{{other}}',
    '{{Name}}',
    '{{constructor}}',
    '{{__proto__}}',
    '{{toString}}',
    '{{lookup}}',
    '{{größe}}',
    '{{a-b}}',
  ])('refuses the unknown placeholder %s', (source) => {
    const fault = { code: 'placeholder_unknown', message: expect.stringContaining('have {{name}}, {{total}}') };
    expect(readPart(source, KNOWN)).toEqual(fault);
    expect(readPart(source, KNOWN)).toMatchObject({ message: expect.stringContaining(`${source} on line 1`) });
  });

  it('refuses more than 500 placeholders', () => {
    expect(readPart('{{name}}'.repeat(500), KNOWN)).toHaveProperty('placeholders');
    expect(readPart('{{name}}'.repeat(501), KNOWN)).toMatchObject({ code: 'template_malformed' });
  });
});
