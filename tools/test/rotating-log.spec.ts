import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const MODULE = path.resolve(__dirname, '..', 'start', 'rotating-log.mjs');

describe('the log file of an app', () => {
  it('X03 never grows past its limit, and keeps as many old ones as it should', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'chargebus-log-'));
    const script = `
      import { RotatingLog } from '${MODULE}';
      const log = new RotatingLog('${folder}/app.log', { maxBytes: 20, keep: 2 });
      for (let line = 1; line <= 9; line++) log.write(Buffer.from('line ' + line + '..\\n'));
      log.close();
      const again = new RotatingLog('${folder}/app.log', { maxBytes: 20, keep: 2 });
      again.write(Buffer.from('line 10.\\n'));
      console.log(JSON.stringify(again.tail));`;
    const tail = execFileSync(process.execPath, ['--input-type=module', '-e', script]).toString();
    expect(JSON.parse(tail)).toBe('line 10.\n');
    expect(readdirSync(folder).sort()).toEqual(['app.log', 'app.log.1', 'app.log.2']);
    expect(readFileSync(path.join(folder, 'app.log'), 'utf8')).toBe('line 9..\nline 10.\n');
    expect(readFileSync(path.join(folder, 'app.log.1'), 'utf8')).toBe('line 7..\nline 8..\n');
    expect(readFileSync(path.join(folder, 'app.log.2'), 'utf8')).toBe('line 5..\nline 6..\n');
    rmSync(folder, { recursive: true });
  });
});
