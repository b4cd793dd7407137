import { ImportedDevice, MAX_IMPORT_ROWS } from '@chargebus/api-contract';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvHeader, csvRows, readCsv } from './device-csv';
import { readLines } from './device-rows';

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((s) => !/[\p{Cc}\p{Cs}]/u.test(s));
const risky = fc.constantFrom(
  '=1+1',
  '+7',
  '-2',
  '@x',
  "'",
  "'=1",
  '"quoted", yes',
  'a;b',
  ' ',
  '0012',
  'true',
  'null',
);
const word = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.:-]{0,20}$/);
const device: fc.Arbitrary<ImportedDevice> = fc.record({
  phy_id: fc.stringMatching(/^[!-~]{1,20}$/),
  name: fc.option(fc.oneof(text, risky)),
  type: fc.constantFrom('AC', 'DC'),
  region: fc.option(fc.oneof(text, risky)),
  station: fc.option(word),
  model: fc.option(fc.oneof(text, risky)),
  protocol: fc.option(fc.constantFrom('ap3000', 'ocpp1.6')),
  port_count: fc.integer({ min: 0, max: 1_000 }),
  tags: fc.uniqueArray(word, { maxLength: 4 }),
  groups: fc.uniqueArray(word, { maxLength: 4 }),
  attributes: fc.dictionary(word, fc.oneof(text, fc.integer(), fc.boolean()), { minKeys: 1, maxKeys: 3 }),
  heartbeat_interval: fc.option(fc.integer({ min: 5, max: 86_400 })),
  offline_timeout: fc.option(fc.integer({ min: 10, max: 604_800 })),
  maintenance: fc.boolean(),
});

describe('devices as CSV', () => {
  it('H14 reads exactly what it wrote', () => {
    fc.assert(
      fc.property(fc.array(device, { maxLength: 5 }), fc.boolean(), (devices, bom) => {
        const { rows, problems } = readCsv(csvHeader(bom) + csvRows(devices));
        expect(problems).toEqual([]);
        expect(rows.map((row) => ImportedDevice.parse(row.device))).toEqual(devices);
      }),
    );
  });

  it('H14 reads the columns of a list of devices as far as they are its owner’s', () => {
    const csv = 'phy_id,device_no,tags,online,open_faults\nF-1,0012,"[""vip"",""new""]",true,0\n';
    expect(readCsv(csv).rows).toEqual([{ line: 2, device: { phy_id: 'F-1', tags: ['vip', 'new'] } }]);
  });

  it.each([',', ';', '\t'])('H14 reads a file separated by %j, and says on which line a row begins', (separator) => {
    const rows = [
      ['\uFEFFphy_id', 'name', 'tags'],
      ['F-1', '"two\r\nlines, one; cell"', 'vip'],
      ['F-2', '', 'vip'],
    ];
    const { rows: read } = readCsv(rows.map((row) => `${row.join(separator)}\r\n`).join(''));
    expect(read).toEqual([
      { line: 2, device: { phy_id: 'F-1', name: 'two\nlines, one; cell', tags: ['vip'] } },
      { line: 4, device: { phy_id: 'F-2', name: null, tags: ['vip'] } },
    ]);
  });

  it('H14 reads JSON lines, and says which are none', () => {
    const { rows, problems } = readLines('\uFEFF{"phy_id":"F-1"}\n\n[]\r\n{"phy_id":"F-2"}\r\nno\n');
    expect(rows.map(({ line }) => line)).toEqual([1, 4]);
    expect(problems.map(({ line }) => line)).toEqual([3, 5]);
    const many = '{"phy_id":"F-1"}\n'.repeat(MAX_IMPORT_ROWS + 1);
    expect(readLines(many).problems).toMatchObject([{ line: MAX_IMPORT_ROWS + 1, reason: 'has more than 10000 rows' }]);
  });

  it('H14 writes no cell that a spreadsheet would run', () => {
    fc.assert(
      fc.property(device, (one) => {
        for (const cell of parse(csvRows([one]))[0] ?? []) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
      }),
    );
  });

  it.each([
    ['', { line: 1, field: 'phy_id' }],
    ['name\nx\n', { line: 1, field: 'phy_id' }],
    ['phy_id,colour\na,b\n', { line: 1, field: 'colour' }],
    ['phy_id,phy_id\na,b\n', { line: 1, field: 'phy_id' }],
    ['phy_id,name\na\n', { line: 2, field: 'csv' }],
    ['phy_id,name\na,"b\n', { field: 'csv' }],
  ])('H14 says what is wrong with %j', (csv, problem) => {
    expect(readCsv(csv).problems).toMatchObject([problem]);
  });
});
