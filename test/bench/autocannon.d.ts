/** The part of autocannon 9 that is used here: it comes without types. */
declare module 'autocannon' {
  import type { EventEmitter } from 'node:events';

  export type PreparedRequest = {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
  };
  export type Client = { readonly setRequests: (requests: PreparedRequest[]) => void };
  export type Options = {
    readonly url: string;
    readonly connections: number;
    readonly amount: number;
    /** Milliseconds between two looks at whether all is done. */
    readonly sampleInt?: number;
    /** Seconds. */
    readonly timeout?: number;
    readonly setupClient?: (client: Client) => void;
  };
  export type Result = {
    readonly errors: number;
    readonly timeouts: number;
    readonly statusCodeStats: Readonly<Record<string, { readonly count: number }>>;
  };

  const autocannon: (options: Options, done: (error: Error | null, result: Result) => void) => EventEmitter;
  export default autocannon;
}
