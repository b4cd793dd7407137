/** What the tests use of Postman's own packages, which come without types. */
declare module 'postman-sandbox' {
  interface Context {
    execute(
      script: object,
      options: object,
      done: (error: unknown, execution: { readonly request: object }) => void,
    ): void;
    dispose(): void;
  }
  export function createContext(done: (error: unknown, context: Context) => void): void;
}
declare module 'postman-collection' {
  interface Pair {
    readonly key: string;
    readonly value: string;
    readonly disabled?: boolean;
  }
  interface List<T> {
    upsert(item: T): void;
    all(): T[];
  }
  export class Request {
    constructor(definition: object);
    readonly method: string;
    readonly url: { readonly variables: List<Pair>; toString(): string };
    readonly headers: List<Pair>;
    readonly body?: { raw?: string };
    clone(): Request;
    toJSON(): object;
  }
  export interface Item {
    readonly name: string;
    readonly request: Request;
  }
  export class Collection {
    constructor(definition: object);
    readonly events: List<object>;
    forEachItem(visit: (item: Item) => void): void;
  }
}
