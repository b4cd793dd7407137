import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { CONTENT_TYPES, encode } from './encode';
import type { ExportForm, ExportPages } from './encode';

/** `name` is what the file is called, before the day and the ending. */
export interface FileToSend extends ExportForm {
  readonly name: string;
  readonly columns: readonly string[];
  readonly pages: ExportPages;
}

/** Rows as a file that is written while it is read. */
export async function sendFile(reply: FastifyReply, { name, columns, pages, ...form }: FileToSend): Promise<void> {
  const day = new Date().toISOString().slice(0, 10);
  await reply
    .header('content-type', CONTENT_TYPES[form.format])
    .header('content-disposition', `attachment; filename="${name}-${day}.${form.format}"`)
    .header('cache-control', 'private, no-store')
    .header('x-content-type-options', 'nosniff')
    .send(Readable.from(encode(form, columns, pages), { objectMode: false }));
}
