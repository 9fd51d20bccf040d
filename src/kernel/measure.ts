/** What the parts of the service tell those who run it. */

/** Whether it should get requests, and if not, why. */
export type Readiness = { readonly ready: boolean; readonly reasons: readonly string[] };

/** A number of one part, read whenever /metrics is. A counter only grows. */
export type Measure = { readonly kind: 'gauge' | 'counter'; readonly name: string; readonly help: string; readonly read: () => number };
