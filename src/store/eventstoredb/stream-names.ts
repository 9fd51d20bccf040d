/**
 * Whether a stream is one whose events are the log, by what the names of those begin with. A database may hold others,
 * which are left alone.
 */
export const isLogged = (prefixes: readonly string[], stream: string): boolean => prefixes.some((prefix) => stream.startsWith(prefix));
