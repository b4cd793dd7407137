import { PagingMixed } from '@chargebus/errors';
import { listing } from './envelope';
import { pageQueryOf, paginationOf } from './paging';

const SORT = ['created_at', 'name'] as const;
const COUNTED = { sort: SORT, order: 'desc', positional: true } as const;
const query = (input: Parameters<typeof pageQueryOf>[0]) => pageQueryOf(input, { sort: SORT, order: 'desc' });

describe('paging', () => {
  it('D10 D12 D11 reads all forms as limit and offset', () => {
    const base = { cursor: null, sort: 'created_at', order: 'desc' };
    expect(query({})).toEqual({ limit: 20, offset: 0, ...base });
    expect(query({ page: 3, size: 10 })).toEqual({ limit: 10, offset: 20, ...base });
    expect(query({ page: 2 })).toEqual({ limit: 20, offset: 20, ...base });
    expect(query({ limit: 5, offset: 7 })).toEqual({ limit: 5, offset: 7, ...base });
    expect(query({ cursor: 'c', size: 5, sort: 'name', order: 'asc' })).toEqual({
      limit: 5,
      offset: 0,
      cursor: 'c',
      sort: 'name',
      order: 'asc',
    });
  });
  it('D10 lists in the order of the list unless told', () => {
    expect(pageQueryOf({}, { sort: SORT, order: 'asc' })).toMatchObject({ order: 'asc' });
    expect(pageQueryOf({ order: 'desc' }, { sort: SORT, order: 'asc' })).toMatchObject({ order: 'desc' });
  });
  it('D10 refuses mixtures', () => {
    for (const input of [
      { page: 1, limit: 1 },
      { size: 1, offset: 1 },
      { cursor: 'c', page: 1 },
      { cursor: 'c', offset: 1 },
    ])
      expect(() => query(input)).toThrow(PagingMixed);
  });
  it('D10 refuses a page that only a cursor reaches', () => {
    expect(() => query({ page: 501, size: 200 })).not.toThrow();
    expect(() => query({ page: 502, size: 200 })).toThrow(/use cursor/);
  });
  it('D10 D12 goes on by position in lists that count, and nowhere else', () => {
    const page = { items: ['a'], total: 41, nextCursor: null };
    const first = listing(page, query({ page: 2, size: 20 }), true);
    expect(first.pagination).toMatchObject({ next_cursor: 'at-40', total: 41 });
    const last = pageQueryOf({ cursor: 'at-40', size: 20 }, COUNTED);
    expect(last).toMatchObject({ limit: 20, offset: 40, cursor: null });
    expect(listing(page, last, true).pagination).toMatchObject({ next_cursor: null, page: 3 });
    expect(() => pageQueryOf({ cursor: 'zzz' }, COUNTED)).toThrow(/cursor: is not the next_cursor/);
    expect(listing(page, query({}), false).pagination?.next_cursor).toBeNull();
  });
  it('D11 says where a page stands', () => {
    expect(paginationOf(query({ page: 2, size: 10 }), 41, 'n')).toEqual({
      page: 2,
      size: 10,
      total: 41,
      limit: 10,
      offset: 10,
      next_cursor: 'n',
    });
    expect(paginationOf(query({ cursor: 'c' }), 41, null)).toMatchObject({ page: null, offset: null });
  });
});
