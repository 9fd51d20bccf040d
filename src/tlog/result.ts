/** What was refused, by a code from a closed union; `detail` names the place (a key, a line, an index) for a person to read. */
export type Refusal<Reason extends string> = { readonly ok: false; readonly reason: Reason; readonly detail?: string };

/** A value, or why there is none. What comes from others is answered so; a caller's own mistake throws. */
export type Result<Value, Reason extends string> = { readonly ok: true; readonly value: Value } | Refusal<Reason>;

/** Holds, or why it does not. */
export type Verdict<Reason extends string> = { readonly ok: true } | Refusal<Reason>;

export const ok = <Value>(value: Value): { readonly ok: true; readonly value: Value } => ({ ok: true, value });

export const refuse = <Reason extends string>(reason: Reason, detail?: string): Refusal<Reason> =>
  detail === undefined ? { ok: false, reason } : { ok: false, reason, detail };
