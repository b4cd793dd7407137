// Postgres refuses to run as root: which user runs it then, and what that user can reach.
import fs from 'node:fs';
import path from 'node:path';
import { EmbeddedError, isRoot } from './process.mjs';

/** `{}` when we are not root; `postgres` where that user exists, else `nobody`. No user is ever created. */
export function unprivilegedIds() {
  if (!isRoot) return {};
  for (const wanted of ['postgres', 'nobody']) {
    const row = passwd().find(([name]) => name === wanted);
    if (row && Number(row[2]) !== 0) return { uid: Number(row[2]), gid: Number(row[3]) };
  }
  throw new EmbeddedError(
    'Postgres refuses to run as root and this machine has neither a "postgres" nor a "nobody" user',
  );
}

function passwd() {
  try {
    return fs
      .readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .filter((row) => row.length > 5);
  } catch {
    return [];
  }
}

/** Whether that user may walk down to `dir`. */
export function canReach(dir, { uid, gid }) {
  if (uid === undefined) return true;
  for (let at = path.resolve(dir); ; at = path.dirname(at)) {
    const stat = fs.statSync(at, { throwIfNoEntry: false });
    if (stat) {
      const bit = stat.uid === uid ? 0o100 : stat.gid === gid ? 0o010 : 0o001;
      if (!(stat.mode & bit)) return false;
    }
    if (at === path.dirname(at)) return true;
  }
}
