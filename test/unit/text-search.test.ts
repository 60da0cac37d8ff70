import { createTextTest, findByTexts } from '../../src/activities/filter/text-search';

describe('a search for a text in many rows', () => {
  it('finds the matching rows in their order, and lets the thread do other work meanwhile', async () => {
    const rows = Array.from({ length: 1100 }, (_, place) => ({ place, comment: place % 100 === 0 ? 'Needle' : 'Hay' }));
    let isRunning = true;
    let turns = 0;
    const takeTurn = () => {
      turns++;
      if (isRunning) setImmediate(takeTurn);
    };
    setImmediate(takeTurn);
    const found = await findByTexts(rows, createTextTest({ text: 'needle' })!, ({ comment }) => [null, comment]);
    isRunning = false;
    expect(found.map(({ place }) => place)).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000]);
    expect(turns).toBeGreaterThanOrEqual(4);
  });
});
