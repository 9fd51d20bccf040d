/**
 * The streams whose events are the log. A database may hold others, which are left alone. The list decides every
 * position, so a mirror keeps the one it was made with.
 */
export const STREAM_PREFIXES: readonly string[] = [
  'roster',
  'policy-',
  'directive-',
  'task-',
  'return-',
  'notice-',
  'inspection-',
  'snapshot-',
  'ledger',
];

export const isLogged = (stream: string): boolean => STREAM_PREFIXES.some((prefix) => stream.startsWith(prefix));
