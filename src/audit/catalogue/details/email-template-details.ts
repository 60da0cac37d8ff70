import { changed, changes, choice, group, id, integer, text } from './detail';

const TEMPLATE = {
  templateId: id("The template's id.", 'MT001'),
  kind: text('The kind of email.', 'invoice'),
  language: text("The template's language, as a BCP 47 tag.", 'en'),
  version: integer("The template's version.", 3),
};

/** A long text, of which a record has only the length and the start of its hash. */
const summarized = (what: string, length: number, sha256: string) =>
  group(`${what}; the version of the template has it in full.`, {
    length: integer('Its number of characters.', length),
    sha256: text('The first 16 digits of its SHA-256 hash, by which versions can be compared.', sha256),
  });

const HTML = summarized('The HTML', 1200, '2c26b46b68ffc68f');
const TEXT = summarized('The plain text', 400, 'fcde2b2edba56bf4');

const ACTIVE = group('The template that these emails use instead.', {
  templateId: id("The template's id.", 'MT001'),
  version: integer("The template's active version.", 2),
  language: text("The template's language, as a BCP 47 tag.", 'en'),
});

/** A template that is shown with values in place of its placeholders. */
const PREVIEW = {
  ...TEMPLATE,
  values: choice('Whether the placeholders were replaced with sample values, or with the values of an order.', [
    'sample',
    'order',
  ]),
};

/** The details of records about email templates, by activity type. */
export const EMAIL_TEMPLATE_DETAILS = {
  'email_template.created': {
    ...TEMPLATE,
    content: group('The content of the first version.', {
      subject: text('The subject.', 'Invoice {{invoiceNumber}}'),
      html: HTML,
      text: TEXT,
    }),
  },
  'email_template.updated': {
    ...TEMPLATE,
    changes: changes({
      name: changed('Invoice', 'Invoice, winter'),
      subject: changed('Invoice {{invoiceNumber}}', 'Your invoice {{invoiceNumber}}'),
      html: changed(HTML.example, { length: 1250, sha256: '9d5ed678fe57bcca' }),
      text: changed(TEXT.example, { length: 410, sha256: 'baa5a0964d3320fb' }),
    }),
  },
  'email_template.previewed': PREVIEW,
  'email_template.test_sent': {
    ...PREVIEW,
    recipient: text('The email address that the test email was sent to.', 'editor@demo.example'),
    mailId: id('The id of the queued email.', 'MA001'),
  },
  'email_template.activated': {
    ...TEMPLATE,
    changes: changes({
      active: changed(null, ACTIVE.example),
    }),
  },
  'email_template.deleted': {
    ...TEMPLATE,
    changes: changes({ activeVersion: changed(2, null) }),
    fallback: choice(
      'What emails of this kind and language use instead, if the template was active: another `template`, the `built_in` ' +
        'text, or `none`, in which case they are not sent.',
      ['template', 'built_in', 'none'],
    ),
    fallbackTemplate: ACTIVE,
  },
  'email_template.restored': TEMPLATE,
} as const;
