import { replacePlaceholders } from './template-part';

const PROPERTIES = (
  'background background-color border border-bottom border-collapse border-color border-left border-radius border-right ' +
  'border-spacing border-style border-top border-width clear color direction display float font font-family font-size ' +
  'font-style font-weight height letter-spacing line-height list-style-type margin margin-bottom margin-left ' +
  'margin-right margin-top max-height max-width min-height min-width padding padding-bottom padding-left ' +
  'padding-right padding-top table-layout text-align text-decoration text-indent text-transform vertical-align ' +
  'white-space width word-break word-spacing word-wrap overflow-wrap'
).split(' ');
/** Words, numbers, texts in quotes, and colours; nothing that loads or computes anything. */
const STYLE_VALUE = /^(?:[#\w\s.,%+/-]|"[\w\s.,-]*"|'[\w\s.,-]*'|\b(?:rgb|hsl)a?\([\w\s.,%/-]*\))+$/i;

/** The styles that a mail may have, as the sanitiser takes them. */
export const STYLES: Record<string, RegExp[]> = Object.fromEntries(
  PROPERTIES.map((property) => [property, [STYLE_VALUE]]),
);

/** Which declarations of a style no mail may have. */
export function findStyleFaults(style: string): string[] {
  return style.split(';').flatMap((declaration) => {
    if (declaration.trim() === '') return [];
    const [name = '', ...values] = declaration.split(':');
    const value = values.join(':').replace(/!\s*important\s*$/i, '');
    const isAllowed = PROPERTIES.includes(name.trim().toLowerCase()) && STYLE_VALUE.test(value);
    return isAllowed && value.trim() !== '' ? [] : [`"${declaration.trim().slice(0, 50)}"`];
  });
}

/** Up to its server's name, which no value must change; of an e-mail link only its scheme. */
const FIXED_START = /^(?:https?:\/\/[^/?#\\@\s]+[/?#]|mailto:)/i;

/** Why a link is none that a mail may have; undefined where it may. */
export function findLinkFault(tag: string, link: string): string | undefined {
  const isImage = tag === 'img';
  const starts = isImage ? 'http:// or https://' : 'http://, https:// or mailto:';
  if (!(isImage ? /^https?:\/\/./i : /^(?:https?:\/\/|mailto:)./i).test(link)) {
    const [, scheme] = /^([a-z][a-z0-9+.-]*:)/i.exec(link.replace(/[\s\p{Cc}]+/gu, '')) ?? [];
    return scheme !== undefined && !/^(?:https?|mailto):$/i.test(scheme)
      ? `a ${scheme.slice(0, 50).toLowerCase()} link`
      : `a link that does not begin with ${starts}`;
  }
  if (/[\p{Cc}\\]/u.test(link)) return 'a link with a backslash or a control character';
  const [start = '', ...rest] = link.split('{{');
  if (rest.length > 0 && !FIXED_START.test(start)) return 'a placeholder where the server is named';
  return URL.canParse(replacePlaceholders(link, () => 'x')) ? undefined : 'a link that is no address';
}
