import fs from 'node:fs';
import path from 'node:path';
import { root } from '../lib/workspace.mjs';
import { GENERATED } from './load.mjs';

const AREAS =
  '000x the whole, 001x gateway, 002x session, 003x command, 004x webhooks, 005x API, 006x tools and deployment, 007x codecs';

/** docs/adr/README.md */
export function adrIndex() {
  const folder = path.join(root, 'docs', 'adr');
  const files = fs.readdirSync(folder).filter((file) => /^\d{4}-.+\.md$/.test(file));
  const lines = files.sort().map((file) => {
    const [title] = fs.readFileSync(path.join(folder, file), 'utf8').split('\n', 1);
    return `- [${title.replace(/^# /, '')}](${file})`;
  });
  const intro = `One page each: status, context, decision, consequences; afterwards only the status changes. Numbers: ${AREAS}.`;
  return `${GENERATED}\n# Decisions\n\n${intro}\n\n${lines.join('\n')}\n`;
}
