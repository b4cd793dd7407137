import { GENERATED, listErrors, table } from './load.mjs';

/** docs/errors.md */
export function errorsPage() {
  const rows = listErrors().map(({ code, status, name, message, messageZh }) => [
    code,
    status,
    `\`${name}\``,
    message,
    messageZh,
  ]);
  const intro =
    'A failure answers with the HTTP status below and `{"code", "data": null, "message", "error", "request_id"}`: `code` ' +
    'is a number, `error` a name that never changes. `{…}` is filled in. A client decides by `error`, never by the text.';
  return `${GENERATED}\n# Errors\n\n${intro}\n\n${table(['Code', 'Status', 'Error', 'Message', '中文'], rows)}\n`;
}
