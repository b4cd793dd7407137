/** What every call of the client resolves to. */
export interface ApiAnswer {
  readonly data?: { readonly data: unknown };
  readonly error?: unknown;
  readonly response: Response;
}

/** The installation refused or could not do it. Programs look at `error`; the message is for people. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';

  constructor(
    /** HTTP status. */
    readonly status: number,
    /** Name of the error, as in docs/errors.md; null where something else than Chargebus answered. */
    readonly error: string | null,
    message: string,
    /** For whoever runs the installation. */
    readonly requestId: string | null,
    /** Seconds until it is worth trying again; null: the answer said nothing of that. */
    readonly retryAfterS: number | null,
  ) {
    super(message);
  }
}

/** What was asked for, without the envelope around it. Throws an ApiFailure. */
export async function answer<A extends ApiAnswer>(call: Promise<A>): Promise<NonNullable<A['data']>['data']> {
  const { data, error, response } = await call;
  if (data !== undefined) return data.data;
  throw failureOf(error, response);
}

function failureOf(body: unknown, { status, statusText, headers }: Response): ApiFailure {
  const said = typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>) : {};
  const text = (name: string): string | null => (typeof said[name] === 'string' ? said[name] : null);
  const retryAfter = Number(headers.get('retry-after') ?? Number.NaN);
  return new ApiFailure(
    status,
    text('error'),
    text('message') ?? `${status} ${statusText}`,
    text('request_id'),
    Number.isFinite(retryAfter) ? retryAfter : null,
  );
}
