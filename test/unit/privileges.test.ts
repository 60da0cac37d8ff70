import { PRIVILEGES } from '../../src/access/privileges/privilege';

describe('the catalogue of privileges', () => {
  it('fits into the list of a user, which MySQL cuts off at 1,024 bytes', () => {
    expect(PRIVILEGES.join(',').length).toBeLessThan(1024);
  });
});
