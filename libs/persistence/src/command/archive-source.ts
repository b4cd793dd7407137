import { rowsLeave, sliceWhere } from '../archive/table-source';
import type { ArchiveSource } from '../archive/archiver';

const finished = {
  kind: 'commands',
  retained: 'commands',
  span: 'day',
  table: 'command.commands',
  time: 'finished_at',
  may: 'finished_at IS NOT NULL',
} as const;

/** Orders that are finished, each with its attempts, which are deleted with it. As json: jsonb refuses what devices may send. */
export const COMMAND_ARCHIVE: ArchiveSource = {
  ...rowsLeave(finished),
  lines: `SELECT row_to_json(entry)::text AS line FROM (
      SELECT c.*, (SELECT json_agg(a ORDER BY a.attempt_no) FROM command.attempts a WHERE a.command_id = c.id) AS log
      FROM command.commands c WHERE ${sliceWhere(finished)} ORDER BY finished_at) AS entry`,
};
