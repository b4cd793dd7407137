/** One defect as the generated code reports it. */
export interface SchemaError {
  readonly instancePath: string; // JSON pointer into the payload
  readonly keyword: string; // 'required', 'enum' …
  readonly params: { readonly missingProperty?: string; readonly additionalProperty?: string };
}
/** A compiled schema; when it says no, its `errors` tell everything that is wrong, in no order. */
export interface Validator {
  (payload: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}
/** By action and direction: 'BootNotificationRequest'. */
export type Validators = Readonly<Record<string, Validator>>;
