import type sanitizeHtml from 'sanitize-html';
import { loadPackage } from '../../lib/load-package';
import { findLinkFault, findStyleFaults, STYLES } from './mail-html-values';
import { replacePlaceholders, type TemplateFault, type TemplatePart } from './template-part';

const TAGS = (
  'html head body div span center p br hr h1 h2 h3 h4 h5 h6 a img b strong i em u s small sub sup font blockquote pre code ' +
  'ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr td th'
).split(' ');
const COMMON_ATTRIBUTES = 'align bgcolor class dir height lang role style title valign width'.split(' ');
const ATTRIBUTES_BY_TAG: Partial<Record<string, readonly string[]>> = {
  a: ['href', 'rel', 'target'],
  img: ['alt', 'border', 'src'],
  table: ['border', 'cellpadding', 'cellspacing'],
  td: ['colspan', 'nowrap', 'rowspan'],
  th: ['colspan', 'nowrap', 'rowspan', 'scope'],
  col: ['span'],
  colgroup: ['span'],
  ol: ['start', 'type'],
  ul: ['type'],
  li: ['value'],
  font: ['color', 'face', 'size'],
};

/** What the HTML of a mail may hold: what mail programs show, and nothing that runs, loads or covers anything. */
const ALLOWED: sanitizeHtml.IOptions = {
  allowedTags: TAGS,
  allowedAttributes: { '*': COMMON_ATTRIBUTES, ...(ATTRIBUTES_BY_TAG as Record<string, string[]>) },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowedSchemesByTag: { img: ['http', 'https'] },
  allowProtocolRelative: false,
  allowedStyles: { '*': STYLES },
  transformTags: { '*': lowerCaseStyleNames },
};

/** Stands after the HTML while it is read; no text of a request has it, but one of its character references may. */
const END = '\u0001';
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
/** How many faults a message tells. */
const MAX_FAULTS_SHOWN = 10;

/** The HTML of a template as it is stored, which is how the sanitiser writes it; or what in it no mail may hold. */
export function checkHtml({ source }: TemplatePart): string | TemplateFault {
  const faults = new Set<string>();
  const onOpenTag = (tag: string, attributes: sanitizeHtml.Attributes) => {
    for (const fault of findTagFaults(tag, attributes)) faults.add(fault);
  };
  const [before = '', after, ...more] = sanitizer()(source + END, { ...ALLOWED, onOpenTag }).split(END);
  if (/<!(?!doctype\s)|<\?/i.test(source)) faults.add('a comment or another declaration (<!…, <?…)');
  if (after === undefined && faults.size === 0) faults.add('a tag, or something quoted in one, that does not end');
  const html = before + (after ?? '');
  if (more.length > 0 || CONTROL.test(html)) faults.add('a control character');
  if (faults.size === 0) return html;
  const which = [...faults].slice(0, MAX_FAULTS_SHOWN).join('; ');
  return { code: 'html_unsafe', what: `holds what a mail cannot have: ${which}` };
}

/** The HTML of a mail once more as safe as its template: a value must not make it less so. */
export function resanitizeHtml(html: string): string {
  return sanitizer()(html, ALLOWED);
}

/** Writes a text so that it stays one text in HTML, and one value in an attribute with quotes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Puts values into links of a template, written so that each stays the one part of the link that it stands in. */
export function fillLinks(html: string, valueOf: (name: string) => string): string {
  const filled = (link: string) =>
    replacePlaceholders(link, (name) => encodeURIComponent(valueOf(name)).replaceAll('%40', '@'));
  const fill = (tagName: string, attribs: sanitizeHtml.Attributes) => ({
    tagName,
    attribs: Object.fromEntries(
      Object.entries(attribs).map(([name, value]) => [name, isLink(name) ? filled(value) : value]),
    ),
  });
  return sanitizer()(html, { ...ALLOWED, transformTags: { '*': fill } });
}

const isLink = (attribute: string) => attribute === 'href' || attribute === 'src';

function findTagFaults(tag: string, attributes: sanitizeHtml.Attributes): string[] {
  if (!TAGS.includes(tag)) return [`<${tag.slice(0, 50)}>`];
  return Object.entries(attributes).flatMap(([name, value]) => {
    if (!COMMON_ATTRIBUTES.includes(name) && !ATTRIBUTES_BY_TAG[tag]?.includes(name))
      return [`${name.slice(0, 50)} in <${tag}>`];
    if (name === 'style') return findStyleFaults(value).map((fault) => `${fault} in the style of <${tag}>`);
    if (name === 'target' && value !== '_blank') return [`a target other than _blank in <${tag}>`];
    const fault = isLink(name) ? findLinkFault(tag, value) : undefined;
    return fault === undefined ? [] : [`${fault} in ${name} of <${tag}>`];
  });
}

/** Names of styles have no case; the sanitiser knows them in lower case alone. */
function lowerCaseStyleNames(tagName: string, attribs: sanitizeHtml.Attributes): sanitizeHtml.Tag {
  const { style, ...others } = attribs;
  if (style === undefined) return { tagName, attribs };
  const lowerCased = style.replace(/(^|;)([^:;]*)/g, (_, start: string, name: string) => start + name.toLowerCase());
  return { tagName, attribs: { ...others, style: lowerCased } };
}

function sanitizer(): typeof sanitizeHtml {
  return loadPackage('sanitize-html') as typeof sanitizeHtml;
}
