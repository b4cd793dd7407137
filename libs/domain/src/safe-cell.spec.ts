import { safeCell } from './safe-cell';

describe('safe cell', () => {
  it.each(['=1+1', '+1', '-1+cmd', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '|x', '%x', '=HYPERLINK("http://x")'])(
    'Q07 shows %j instead of running it',
    (text) => {
      expect(safeCell(text)).toBe(`'${text}`);
    },
  );
  it.each(['', 'a=b', '-5', '-5.25', '5', "'=1", '北京', '2024-01-13T10:00:00Z'])('leaves %j as it is', (text) => {
    expect(safeCell(text)).toBe(text);
  });
});
