/**
 * Makes empty plain objects for the fields of one table. V8 learns per maker how large its objects grow and gives them
 * that room from the beginning; what starts as a common `{}` is moved to a larger place every few fields.
 */
export type NewFields = new () => Record<string, unknown>;

export function fieldsMaker(): NewFields {
  const maker = function (): void {
    // What it makes is filled by a decoder.
  };
  maker.prototype = Object.prototype;
  return maker as unknown as NewFields;
}
