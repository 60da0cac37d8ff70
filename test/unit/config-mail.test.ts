import { loadConfig } from '../../src/config/config';

describe('the settings of emails', () => {
  it('have defaults', () => {
    expect(loadConfig({})).toMatchObject({ MAIL_FROM: 'billing@localhost', MAIL_OUTBOX_DIR: 'var/outbox' });
    expect(loadConfig({}).MAIL_RETENTION_DAYS).toBe(30);
    expect(loadConfig({ SMTP_URL: '' }).SMTP_URL).toBeUndefined();
  });

  it.each(['smtp://127.0.0.1:2525', 'smtps://us%40er:p%2Fss@mail.example', 'smtp://mail.example/', 'smtp://[::1]:25'])(
    'take the server %s',
    (url) => {
      expect(loadConfig({ SMTP_URL: url }).SMTP_URL).toBe(url);
    },
  );

  it.each([
    'mail.example',
    'http://user:hush-hush@mail.example',
    'smtp://user:hush-hush%ZZ@mail.example',
    'smtp://user:hush-hush@mail.example:port',
    'smtp://user:hush-hush@mail.example/path',
    'smtp://user:hush-hush@mail.example?pool=false',
    'smtp:',
  ])('refuse the server %s, and never show its password', (url) => {
    const load = () => loadConfig({ SMTP_URL: url });
    expect(load).toThrow(/SMTP_URL must be smtp:\/\/user:password@host:587/);
    expect(load).not.toThrow(/hush/);
  });

  it.each(['0', '3651', '1.5', 'forever'])('refuse to keep emails for %s days', (days) => {
    expect(() => loadConfig({ MAIL_RETENTION_DAYS: days })).toThrow(/MAIL_RETENTION_DAYS must/);
  });

  it.each(['nobody', 'a@b, c@d', '<a@b.example>'])('refuse the sender %s', (address) => {
    expect(() => loadConfig({ MAIL_FROM: address })).toThrow(/MAIL_FROM must be an email/);
  });
});
