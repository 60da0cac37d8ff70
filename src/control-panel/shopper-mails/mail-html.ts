import type sanitizeHtml from 'sanitize-html';
import { loadPackage } from '../../lib/load-package';
import { findLinkFault, findStyleFaults, STYLES } from './mail-html-values';
import { replacePlaceholders, type TemplateFault, type TemplatePart } from './template-part';

/** The elements that an email can contain. */
const TAGS = (
  'html head body div span center p br hr h1 h2 h3 h4 h5 h6 a img b strong i em u s small sub sup font blockquote pre code ' +
  'ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr td th'
).split(' ');
/** The attributes that are allowed on every element. */
const COMMON_ATTRIBUTES = 'align bgcolor class dir height lang role style title valign width'.split(' ');
/** Further attributes that are allowed on certain elements. */
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

/**
 * The options of the sanitizer. They allow only HTML that email programs show, without scripts, forms or positioning.
 */
const SANITIZER_OPTIONS: sanitizeHtml.IOptions = {
  allowedTags: TAGS,
  allowedAttributes: { '*': COMMON_ATTRIBUTES, ...(ATTRIBUTES_BY_TAG as Record<string, string[]>) },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowedSchemesByTag: { img: ['http', 'https'] },
  allowProtocolRelative: false,
  allowedStyles: { '*': STYLES },
  transformTags: { '*': lowerCaseStyleNames },
};

/**
 * A marker behind the HTML while the sanitizer parses it: if it gets lost, a tag is unclosed. A request cannot contain
 * this character itself, only a character reference to it.
 */
const END_MARKER = '\u0001';
// eslint-disable-next-line no-control-regex -- the expression is there to find control characters
const CONTROL_CHARACTER = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
/** The maximum number of faults in a problem message. */
const MAX_FAULTS_SHOWN = 10;

/** Returns the HTML of a template as the sanitizer writes it, or a fault that lists what an email cannot contain. */
export function checkHtml({ source }: TemplatePart): string | TemplateFault {
  const faults = new Set<string>();
  const onOpenTag = (tag: string, attributes: sanitizeHtml.Attributes) => {
    for (const fault of findTagFaults(tag, attributes)) faults.add(fault);
  };
  const [before = '', after, ...more] = sanitizer()(source + END_MARKER, { ...SANITIZER_OPTIONS, onOpenTag }).split(
    END_MARKER,
  );
  if (/<!(?!doctype\s)|<\?/i.test(source)) faults.add('a comment or another declaration (<!…, <?…)');
  if (after === undefined && faults.size === 0) faults.add('an unclosed tag or attribute value');
  const html = before + (after ?? '');
  if (more.length > 0 || CONTROL_CHARACTER.test(html)) faults.add('a control character');
  if (faults.size === 0) return html;
  const list = [...faults].slice(0, MAX_FAULTS_SHOWN).join('; ');
  return { code: 'html_unsafe', message: `contains what an email cannot have: ${list}` };
}

/** Sanitizes the HTML of an email after its placeholders were replaced, because a value could contain markup. */
export function resanitizeHtml(html: string): string {
  return sanitizer()(html, SANITIZER_OPTIONS);
}

/** Escapes a text for HTML, both between tags and in a quoted attribute value. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/**
 * Replaces the placeholders in the links of a template with URL-encoded values, which cannot change the structure of a
 * link.
 */
export function fillLinks(html: string, valueOf: (name: string) => string): string {
  const fillLink = (link: string) =>
    replacePlaceholders(link, (name) => encodeURIComponent(valueOf(name)).replaceAll('%40', '@'));
  const fillTag = (tagName: string, attribs: sanitizeHtml.Attributes) => ({
    tagName,
    attribs: Object.fromEntries(
      Object.entries(attribs).map(([name, value]) => [name, isLink(name) ? fillLink(value) : value]),
    ),
  });
  return sanitizer()(html, { ...SANITIZER_OPTIONS, transformTags: { '*': fillTag } });
}

const isLink = (attribute: string) => attribute === 'href' || attribute === 'src';

/** Describes what is not allowed about an element: itself, its attributes, styles and links. */
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

/** Writes CSS property names in lower case, because the sanitizer compares them with regard to case. */
function lowerCaseStyleNames(tagName: string, attribs: sanitizeHtml.Attributes): sanitizeHtml.Tag {
  const { style, ...others } = attribs;
  if (style === undefined) return { tagName, attribs };
  const lowerCaseStyle = style.replace(
    /(^|;)([^:;]*)/g,
    (_, start: string, name: string) => start + name.toLowerCase(),
  );
  return { tagName, attribs: { ...others, style: lowerCaseStyle } };
}

/** Loads sanitize-html when it is first needed. */
function sanitizer(): typeof sanitizeHtml {
  return loadPackage('sanitize-html') as typeof sanitizeHtml;
}
