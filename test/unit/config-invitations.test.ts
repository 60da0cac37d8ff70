import { loadConfig } from '../../src/config/config';

describe('the settings of invitations', () => {
  it('have defaults', () => {
    const config = loadConfig({ CONTROL_PANEL_URL: '' });
    expect(config).toMatchObject({ INVITATION_HOURS: 72, CONTROL_PANEL_URL: 'http://127.0.0.1:3000' });
    expect(config.controlPanelPage('accept-invitation')).toBe('http://127.0.0.1:3000/accept-invitation');
  });

  it.each([
    ['https://panel.shop.example', 'https://panel.shop.example/page'],
    ['https://panel.shop.example/', 'https://panel.shop.example/page'],
    ['https://shop.example/panel', 'https://shop.example/panel/page'],
    ['https://shop.example/panel//', 'https://shop.example/panel/page'],
    ['http://[::1]:8080', 'http://[::1]:8080/page'],
  ])('create URLs of pages of the Control Panel at %s', (url, page) => {
    expect(loadConfig({ CONTROL_PANEL_URL: url }).controlPanelPage('page')).toBe(page);
  });

  it.each([
    'shop.example',
    'ftp://shop.example',
    'javascript:alert(1)',
    'https://',
    'https://shop.example?to=',
    'https://shop.example#',
    'https://user:hush-hush@shop.example',
    'https://shop.example/a b',
  ])('refuse the Control Panel URL %s', (url) => {
    const load = () => loadConfig({ CONTROL_PANEL_URL: url });
    expect(load).toThrow(/CONTROL_PANEL_URL must be http:\/\/host or https:\/\/host\/path, without/);
    expect(load).not.toThrow(/hush/);
  });

  it.each([
    ['0', /INVITATION_HOURS must not be less than 1/],
    ['721', /INVITATION_HOURS must not be greater than 720/],
    ['1.5', /INVITATION_HOURS must be an integer/],
  ])('refuse a validity of %s hours', (hours, message) => {
    expect(() => loadConfig({ INVITATION_HOURS: hours })).toThrow(message);
  });
});
