import { stripPageUrls } from '../../src/control-panel/page-views/strip-page-urls';
import { stripPageUrl } from '../../src/lib/secrets/strip-page-url';

describe('the URL of a viewed page', () => {
  it.each([
    ['Dashboard', 'Dashboard'],
    ['/orders/2000001', '/orders/2000001'],
    ['/orders?token=secret', '/orders'],
    ['/orders#secret', '/orders'],
    ['/orders#secret?more', '/orders'],
    ['/orders?first?second#third', '/orders'],
    ['/orders?line\nbreak#after', '/orders'],
    [' /orders ?q ', '/orders'],
    ['/orders/%3Fq', '/orders/%3Fq'],
    ['?q', ''],
    ['#/orders', ''],
    ['https://panel.example/orders?q#f', 'https://panel.example/orders'],
    ['https://john:secret@panel.example/orders', 'https://panel.example/orders'],
    ['https://john:sec@ret@panel.example:8443/orders/@me', 'https://panel.example:8443/orders/@me'],
    ['HTTPS://token@panel.example', 'HTTPS://panel.example'],
    ['//john:secret@panel.example/orders', '//panel.example/orders'],
    ['https:\\\\john:secret@panel.example\\orders', 'https://panel.example\\orders'],
    ['https://panel.example?mail=john@shopper.example', 'https://panel.example'],
    ['https://panel.example/@john', 'https://panel.example/@john'],
    ['/shoppers/john@shopper.example', '/shoppers/john@shopper.example'],
  ])('%j is recorded as %j', (address, page) => {
    expect(stripPageUrl(address)).toBe(page);
  });

  it('is the only text that changes, in a single view and in each view of a batch', () => {
    const view = { page: '/a?b', title: 'c?d', views: 'e?f', other: { page: 'g?h' } };
    expect(stripPageUrls(view)).toEqual({ ...view, page: '/a' });
    const batch = { views: [{ page: '/a?b' }, { page: 7 }, 'c?d', null, ['e?f']], page: 'g?h' };
    expect(stripPageUrls(batch)).toEqual({ views: [{ page: '/a' }, { page: 7 }, 'c?d', null, ['e?f']], page: 'g' });
    for (const body of [undefined, null, 'a?b', 7, ['a?b']]) expect(stripPageUrls(body)).toEqual(body);
  });
});
