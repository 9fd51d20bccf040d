/**
 * Streams of one kind. Each is named by the kind's prefix and by what tells it from the others: `taskStream('t-1')` is
 * `task-t-1`, and `taskStream.idIn` finds the id in the name again. A prefix is written nowhere else.
 */
export type StreamKind<Parts extends readonly string[] = readonly [id: string]> = {
  (...parts: Parts): string;
  /** What the names of its streams begin with, and no other stream's. */
  readonly prefix: string;
  /** The id in a stream's name; undefined where the stream is of another kind. */
  readonly idIn: (stream: string) => string | undefined;
  /**
   * The id in the name of a stream that must be of this kind.
   * @throws Error  it is of another
   */
  readonly idOf: (stream: string) => string;
};

/** Streams named by a prefix and the parts of an id, joined by `-`. */
export const streamsNamed = <Parts extends readonly string[] = readonly [id: string]>(prefix: `${string}-`): StreamKind<Parts> => {
  const name = (...parts: Parts): string => prefix + parts.join('-');
  const idIn = (stream: string): string | undefined =>
    stream.length > prefix.length && stream.startsWith(prefix) ? stream.slice(prefix.length) : undefined;
  const idOf = (stream: string): string => {
    const id = idIn(stream);
    if (id === undefined) throw new Error(`${stream} is no stream ${prefix}<id>`);
    return id;
  };
  return Object.assign(name, { prefix, idIn, idOf });
};
