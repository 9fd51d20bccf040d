/**
 * A row that an earlier event of the same stream must have put. Without it the log contradicts itself, and the
 * projector halts at this event rather than guess.
 */
export const known = <Row>(row: Row | undefined, event: { readonly type: string; readonly stream: string }): Row => {
  if (row === undefined) throw new Error(`${event.type} in ${event.stream} without the event before it`);
  return row;
};
