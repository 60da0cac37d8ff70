import { checkContent } from '../../src/control-panel/email-editor/email-content.rules';
import { checkHtml, resanitizeHtml } from '../../src/control-panel/shopper-mails/mail-html';

const part = (source: string) => ({ source, placeholders: [], textLength: 0 });

describe('the HTML of an email template', () => {
  it.each([
    ['a text', 'Hi & bye', 'Hi &amp; bye'],
    ['paragraphs without ends', '<p>a<p>b', '<p>a</p><p>b</p>'],
    ['a whole document', '<!DOCTYPE html><html><body bgcolor=#fff>x', '<html><body bgcolor="#fff">x</body></html>'],
    [
      'a table',
      '<table cellpadding=0><tr><td colspan="2" style="padding:4px">x</table>',
      '<table cellpadding="0"><tr><td colspan="2" style="padding:4px">x</td></tr></table>',
    ],
    [
      'links',
      '<a href="https://x.example/?a=1&b=2" target=_blank>x</a>',
      '<a href="https://x.example/?a=1&amp;b=2" target="_blank">x</a>',
    ],
    ['an e-mail link', '<a href="mailto:{{shopperEmail}}">x</a>', '<a href="mailto:{{shopperEmail}}">x</a>'],
    [
      'a placeholder in a link',
      '<a href=https://x.example/{{total}}>x</a>',
      '<a href="https://x.example/{{total}}">x</a>',
    ],
    ['an image', '<img src="http://x.example/y.png" alt="">', '<img src="http://x.example/y.png" alt="" />'],
    ['a placeholder in an attribute', '<p title={{total}}>x</p>', '<p title="{{total}}">x</p>'],
    [
      'styles',
      '<p style="COLOR: Red !important; font-family:\'Segoe UI\',Arial;">x</p>',
      '<p style="color:Red !important;font-family:\'Segoe UI\',Arial">x</p>',
    ],
    [
      'colours',
      '<p style="color:rgba(1, 2, 3, .5);background:#FFF">x</p>',
      '<p style="color:rgba(1, 2, 3, .5);background:#FFF">x</p>',
    ],
    ['what only looks like a tag', 'a < b {{total}} <{{total}}>', 'a &lt; b {{total}} &lt;{{total}}&gt;'],
    ['escaped tags', '&lt;script&gt;', '&lt;script&gt;'],
  ])('accepts %s, and does not change when it is stored again', (_, html, stored) => {
    expect(checkHtml(part(html))).toBe(stored);
    expect(checkHtml(part(stored))).toBe(stored);
    expect(resanitizeHtml(stored)).toBe(stored);
  });

  it.each([
    ['<script>alert(1)</script>', '<script>'],
    ['<ScRiPt>alert(1)</sCrIpT>', '<script>'],
    ['<script/x>alert(1)</script>', '<script>'],
    ['<scr{{total}}ipt>alert(1)</scr{{total}}ipt>', '<scr{{total}}ipt>'],
    ['<scr<script>ipt>', '<scr<script>'],
    ['<style>p{}</style>', '<style>'],
    ['<link rel=stylesheet href=//x>', '<link>'],
    ['<meta http-equiv=refresh content=0>', '<meta>'],
    ['<base href="https://evil.example/">', '<base>'],
    ['<iframe src="https://x.example">', '<iframe>'],
    ['<object data=x>', '<object>'],
    ['<embed src=x>', '<embed>'],
    ['<form action="https://x.example"><input></form>', '<form>; <input>'],
    ['<button>', '<button>'],
    ['<svg onload=alert(1)>', '<svg>'],
    ['<math><mi xlink:href="javascript:x">', '<math>; <mi>'],
    ['<noscript><p title="</noscript><img src=x onerror=alert(1)>">', '<noscript>'],
    ['<template><script>x</script></template>', '<template>; <script>'],
    ['<title><b></title>', '<title>'],
    ['<xmp><script>x', '<xmp>'],
    ['<constructor>', '<constructor>'],
    ['<p onclick="x()">', 'onclick in <p>'],
    ['<p/ONMOUSEOVER=x()>', 'onmouseover in <p>'],
    ['<body onload=x()>', 'onload in <body>'],
    ['<img src="https://x.example/y.png" onerror=x()>', 'onerror in <img>'],
    ['<img srcset="https://x.example/y.png 2x">', 'srcset in <img>'],
    ['<td background="https://x.example/y.png">', 'background in <td>'],
    ['<p id=a>', 'id in <p>'],
    ['<p {{total}}>', '{{total}} in <p>'],
    ['<p {{total}}="x">', '{{total}} in <p>'],
    ['<a href="https://x.example" target=_top>', 'a target other than _blank in <a>'],
    ['<a href="javascript:x()">', 'a javascript: link in href of <a>'],
    ['<a href=" JaVa\tScRiPt:x()">', 'a javascript: link in href of <a>'],
    ['<a href="&#106;avascript&colon;x()">', 'a javascript: link in href of <a>'],
    ['<a href="vbscript:x">', 'a vbscript: link in href of <a>'],
    ['<a href="data:text/html,<script>x</script>">', 'a data: link in href of <a>'],
    ['<a href="//evil.example">', 'a link that does not start with'],
    ['<a href="/orders">', 'a link that does not start with'],
    ['<a href="{{shopperName}}">', 'a link that does not start with'],
    ['<a href="https://{{shopperName}}/">', 'a placeholder in the host name'],
    ['<a href="https://x.example{{shopperName}}/">', 'a placeholder in the host name'],
    ['<a href="https://x@{{shopperName}}/">', 'a placeholder in the host name'],
    ['<a href="https://x.example\\y">', 'a link with a backslash'],
    ['<a href="https://">', 'a link that does not start with'],
    ['<a href="https://[x/">', 'a link that is not a valid URL'],
    ['<img src="mailto:a@b.example">', 'a link that does not start with http:// or https://'],
    ['<img src="cid:logo">', 'a cid: link in src of <img>'],
    ['<img src="data:image/svg+xml,<svg onload=x>">', 'a data: link in src of <img>'],
    ['<p style="position:fixed">', '"position:fixed" in the style of <p>'],
    ['<p style="background:url(https://x.example)">', '"background:url(https'],
    ['<p style="width:expression(alert(1))">', '"width:expression(alert(1))"'],
    ['<p style="color:r\\65 d">', '"color:r\\65 d"'],
    ['<p style="color:red;/*;*/top:0">', '"/*"; "*/top:0"'.split(';')[0]!],
    ['<p style="color:{{total}}">', '"color:{{total}}"'],
    ['<p style="color:red}p{">', '"color:red}p{"'],
    ['<p style="font-family:\'a">', '"font-family:\'a"'],
    ['<p style="color">', '"color"'],
    ['<!-- hidden -->', 'a comment'],
    ['<!--> <script>alert(1)</script> -->', 'a comment'],
    ['<!--[if mso]><p>x</p><![endif]-->', 'a comment'],
    ['<![CDATA[ <script>x</script> ]]>', 'a comment'],
    ['<?xml version="1.0"?>', 'a comment'],
    ['<p>Hi</p><script src=//evil.example', 'an unclosed tag or attribute value'],
    ['<p>Hi</p><img src="https://x.example', 'an unclosed tag or attribute value'],
    ['a&#1;b', 'a control character'],
    ['<p title="&#27;">', 'a control character'],
  ])('refuses %s', (html, named) => {
    const fault = { code: 'html_unsafe', message: expect.stringContaining(named) };
    expect(checkHtml(part(html))).toEqual(fault);
  });

  it.each([
    ['braces as character references', '&lcub;&#123;total}}', 'html_unsafe'],
    ['a block of character references', '&#123;&#x7b;#if total}}', 'template_malformed'],
    ['a placeholder that would be invisible', '</ p {{total}}>x', 'html_unsafe'],
    ['a placeholder in a repeated attribute', '<p title="{{total}}" title="{{currency}}">', 'html_unsafe'],
    ['a placeholder in a doctype', '<!doctype {{total}}>x', 'html_unsafe'],
  ])('refuses %s', (_, html, code) => {
    expect(() => checkContent('invoice', { html })).toThrow(
      expect.objectContaining({ code, errors: [expect.objectContaining({ field: '/html', code })] }),
    );
  });
});
