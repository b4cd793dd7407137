// Where things are in this repository.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
/** What the commands keep: servers' data and binaries, secrets, logs. */
export const dataDir = path.resolve(process.env.CHARGEBUS_DATA_DIR || path.join(root, '.data'));

/** Folders of the workspace's packages, relative to the root: `apps/api`, `libs/protocol/ap3000`, … */
export const packageFolders = () =>
  ['apps', 'libs', 'libs/protocol']
    .flatMap((parent) => fs.readdirSync(path.join(root, parent)).map((name) => `${parent}/${name}`))
    .filter((folder) => fs.existsSync(path.join(root, folder, 'package.json')))
    .sort();
