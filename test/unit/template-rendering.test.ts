import { checkContent } from '../../src/control-panel/email-editor/email-content.rules';

import { placeholdersOf } from '../../src/control-panel/shopper-mails/email-placeholders';
import { EMAIL_KINDS } from '../../src/control-panel/shopper-mails/email-template.entity';
import { renderTemplate } from '../../src/control-panel/shopper-mails/template-rendering';

const contentOf = (words: string, html = words) => checkContent('invoice', { subject: words, html, text: words });
const named = (shopperName: string, words = '{{shopperName}}', html = words) =>
  renderTemplate('invoice', contentOf(words, html), { shopperName });

describe('an email', () => {
  it.each([
    ['tags', '<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert(1)&gt;'],
    ['a script', '</p><script>alert(1)</script>', '&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['character references', '&lt;b&gt; &amp;', '&amp;lt;b&amp;gt; &amp;amp;'],
    ['placeholders', '{{sellerName}} {{{x}}} {{#if}}', '{{sellerName}} {{{x}}} {{#if}}'],
    ['quotes', `"it's" \`=`, `"it's" \`=`],
    ['backslashes', '\\{{x}}', '\\{{x}}'],
  ])('escapes %s only in its HTML', (_, name, escaped) => {
    expect(named(name)).toEqual({ subject: name, html: escaped, text: name });
  });

  it('keeps a value within its attribute', () => {
    const { html } = named('"><script>x</script> onclick="y', 'x', '<p title="{{shopperName}}">x</p>');
    expect(html).toBe('<p title="&quot;&gt;&lt;script&gt;x&lt;/script&gt; onclick=&quot;y">x</p>');
  });

  it.each([
    ['a?b=c&d#e/../f', 'a%3Fb%3Dc%26d%23e%2F..%2Ff'],
    ['" onclick="x', '%22%20onclick%3D%22x'],
    ['javascript:x', 'javascript%3Ax'],
    ['{{total}}', '%7B%7Btotal%7D%7D'],
  ])('encodes the value %s in a link', (name, written) => {
    const { html } = named(name, 'x', '<a href="https://s.example/{{shopperName}}?x=1">x</a>');
    expect(html).toBe(`<a href="https://s.example/${written}?x=1">x</a>`);
  });

  it('does not encode the @ of addresses in mailto links', () => {
    const content = contentOf('x', '<a href="mailto:{{shopperEmail}}?subject={{orderReference}}">x</a>');
    const values = { shopperEmail: 'a+b@c.example', orderReference: '1&bcc=x' };
    expect(renderTemplate('invoice', content, values).html).toBe(
      '<a href="mailto:a%2Bb@c.example?subject=1%26bcc%3Dx">x</a>',
    );
  });

  it.each(['a\r\nb', 'a\nb', 'a\rb', 'a\u2028b', 'a\u2029b', 'a\u0085b', 'a\u0000\tb'])(
    'keeps %j in one line',
    (name) => {
      expect(named(name)).toEqual({ subject: 'a b', html: 'a b', text: 'a b' });
    },
  );

  it('cuts a value to the maximum length of its placeholder, between characters', () => {
    const { subject, text } = named('👍'.repeat(201));
    expect(subject).toBe(`${'👍'.repeat(199)}…`);
    expect(text).toBe(subject);
  });

  it('leaves a placeholder without a value empty', () => {
    expect(renderTemplate('invoice', contentOf('<{{total}}>'), {})).toEqual({
      subject: '<>',
      html: '&lt;&gt;',
      text: '<>',
    });
  });

  it('is safe even if its template is not', () => {
    const html = '<p onclick="x"><script>x</script><a href="{{shopperName}}">{{{shopperName}}}</a></p>';
    const content = { subject: '', text: '', html };
    expect(renderTemplate('invoice', content, { shopperName: 'javascript:<script>y</script>' }).html).not.toMatch(
      /<script|onclick|href="javascript:/,
    );
  });

  it.each(EMAIL_KINDS)('of the kind %s always fits into the outbox', (kind) => {
    const longest = Object.fromEntries(
      placeholdersOf(kind).map(({ name, maxLength }) => [name, '"'.repeat(maxLength + 9)]),
    );
    const all = placeholdersOf(kind).map(({ name }) => `{{${name}}}`);
    let subject = '';
    for (const placeholder of all.filter((name) => name !== '{{products}}')) {
      try {
        ({ subject } = checkContent(kind, { subject: subject + placeholder }));
      } catch {
        break;
      }
    }
    const { text } = checkContent(kind, { text: '{{products}}'.repeat(16) });
    const mail = renderTemplate(kind, { subject, text, html: '' }, longest);
    expect(subject.length).toBeGreaterThan(20);
    expect(mail.subject.length).toBeLessThanOrEqual(500);
    expect(mail.text).toHaveLength(16_000);
  });
});
