/** The `{slot}` names of a message become the constructor's parameters. */
type SlotsOf<M extends string> = M extends `${string}{${infer S}}${infer R}` ? S | SlotsOf<R> : never;
type ParamsOf<M extends string> = Record<SlotsOf<M>, string | number>;

export interface ErrorDefinition<M extends string = string> {
  /** Numeric code, unique on its surface and never reused. */
  readonly code: number;
  readonly status: number;
  /** Globally unique, upper snake case: the `error` of the failure envelope. */
  readonly name: string;
  readonly message: M;
  /** The same sentence for operators who read Chinese; may use the same slots. */
  readonly messageZh: string;
}
export type Language = 'en' | 'zh';

/** Serialised form in which an error crosses the bus. */
export interface WireError {
  readonly name: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly details?: unknown;
}

/** An error with a place in the catalogue; anything else that reaches the edge is a bare 500. */
export class AppError extends Error {
  constructor(
    readonly definition: ErrorDefinition,
    readonly params: Readonly<Record<string, string | number>>,
    options: { readonly cause?: unknown; readonly details?: unknown } = {},
  ) {
    super(render(definition.message, params), options.cause === undefined ? undefined : { cause: options.cause });
    this.name = definition.name;
    this.details = options.details;
  }
  /** More for the caller than the sentence: for example one entry per invalid field. */
  readonly details: unknown;

  /** The sentence for a reader of that language. */
  messageIn(language: Language): string {
    return language === 'zh' ? render(this.definition.messageZh, this.params) : this.message;
  }

  toWire(): WireError {
    return {
      name: this.definition.name,
      params: this.params,
      ...(this.details === undefined ? {} : { details: this.details }),
    };
  }
}

const render = (message: string, params: Readonly<Record<string, string | number>>): string =>
  message.replace(/\{(\w+)\}/g, (slot, name: string) => String(params[name] ?? slot));

const catalogue = new Map<string, ErrorDefinition>();
const codes = new Map<number, string>();

export type ErrorClass<M extends string> = (new (
  ...args: [SlotsOf<M>] extends [never]
    ? [params?: Record<string, never>, options?: { cause?: unknown; details?: unknown }]
    : [params: ParamsOf<M>, options?: { cause?: unknown; details?: unknown }]
) => AppError) & { readonly definition: ErrorDefinition<M> };

/** Declares one error of the product. A code or name used twice stops the process at start. */
export function defineError<const M extends string>(definition: ErrorDefinition<M>): ErrorClass<M> {
  const taken = codes.get(definition.code) ?? (catalogue.has(definition.name) ? definition.name : undefined);
  if (taken !== undefined)
    throw new Error(`error ${definition.name} (${definition.code.toString()}) collides with ${taken}`);
  codes.set(definition.code, definition.name);
  catalogue.set(definition.name, definition);
  class Defined extends AppError {
    static readonly definition = definition;
    constructor(params: Record<string, string | number> = {}, options: { cause?: unknown; details?: unknown } = {}) {
      super(definition, params, options);
    }
  }
  return Defined;
}

/** All declared errors by code: source of `docs/errors.md` and of the OpenAPI documents. */
export const listErrors = (): readonly ErrorDefinition[] => [...catalogue.values()].sort((a, b) => a.code - b.code);

/** The error that another service raised; null when this build does not know its name. */
export function errorFromWire(wire: WireError): AppError | null {
  const definition = catalogue.get(wire.name);
  return definition === undefined ? null : new AppError(definition, wire.params, { details: wire.details });
}
