import { replacePlaceholders } from './template-part';

/** The CSS properties that an email can use. */
const PROPERTIES = (
  'background background-color border border-bottom border-collapse border-color border-left border-radius border-right ' +
  'border-spacing border-style border-top border-width clear color direction display float font font-family font-size ' +
  'font-style font-weight height letter-spacing line-height list-style-type margin margin-bottom margin-left ' +
  'margin-right margin-top max-height max-width min-height min-width padding padding-bottom padding-left ' +
  'padding-right padding-top table-layout text-align text-decoration text-indent text-transform vertical-align ' +
  'white-space width word-break word-spacing word-wrap overflow-wrap'
).split(' ');
/**
 * A CSS value of words, numbers, quoted texts and colors. It excludes functions such as `url()`, which could load
 * something.
 */
const STYLE_VALUE = /^(?:[#\w\s.,%+/-]|"[\w\s.,-]*"|'[\w\s.,-]*'|\b(?:rgb|hsl)a?\([\w\s.,%/-]*\))+$/i;

/** The allowed CSS properties and values, in the form that sanitize-html takes. */
export const STYLES: Record<string, RegExp[]> = Object.fromEntries(
  PROPERTIES.map((property) => [property, [STYLE_VALUE]]),
);

/** Returns the declarations of a style attribute that are not allowed, each quoted. */
export function findStyleFaults(style: string): string[] {
  return style.split(';').flatMap((declaration) => {
    if (declaration.trim() === '') return [];
    const [name = '', ...values] = declaration.split(':');
    const value = values.join(':').replace(/!\s*important\s*$/i, '');
    const isAllowed = PROPERTIES.includes(name.trim().toLowerCase()) && STYLE_VALUE.test(value);
    return isAllowed && value.trim() !== '' ? [] : [`"${declaration.trim().slice(0, 50)}"`];
  });
}

/** The part of a link that cannot contain a placeholder: up to the end of the host name, or `mailto:`. */
const LITERAL_PREFIX = /^(?:https?:\/\/[^/?#\\@\s]+[/?#]|mailto:)/i;

/** Describes why a link is not allowed in an email; undefined if it is allowed. */
export function findLinkFault(tag: string, link: string): string | undefined {
  const isImage = tag === 'img';
  const allowedSchemes = isImage ? 'http:// or https://' : 'http://, https:// or mailto:';
  if (!(isImage ? /^https?:\/\/./i : /^(?:https?:\/\/|mailto:)./i).test(link)) {
    const [, scheme] = /^([a-z][a-z0-9+.-]*:)/i.exec(link.replace(/[\s\p{Cc}]+/gu, '')) ?? [];
    return scheme !== undefined && !/^(?:https?|mailto):$/i.test(scheme)
      ? `a ${scheme.slice(0, 50).toLowerCase()} link`
      : `a link that does not start with ${allowedSchemes}`;
  }
  if (/[\p{Cc}\\]/u.test(link)) return 'a link with a backslash or a control character';
  const [prefix = '', ...rest] = link.split('{{');
  if (rest.length > 0 && !LITERAL_PREFIX.test(prefix)) return 'a placeholder in the host name';
  return URL.canParse(replacePlaceholders(link, () => 'x')) ? undefined : 'a link that is not a valid URL';
}
