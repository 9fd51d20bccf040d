/** A long work that yields between its pieces, so that whoever does it can do something else meanwhile. */
export type Pieces<Result> = Generator<undefined, Result, undefined>;

/** Does it without a pause. */
export const atOnce = <Result>(pieces: Pieces<Result>): Result => {
  for (;;) {
    const step = pieces.next();
    if (step.done === true) return step.value;
  }
};

/** Does it with the pauses that `rest` asks for; it is asked after every piece. */
export const withRests = async <Result>(pieces: Pieces<Result>, rest: () => Promise<void> | undefined): Promise<Result> => {
  for (;;) {
    const step = pieces.next();
    if (step.done === true) return step.value;
    const pause = rest();
    if (pause !== undefined) await pause;
  }
};

/** What `make` makes of each item, an item a piece. */
export function* eachInPieces<Item, Made>(items: Iterable<Item>, make: (item: Item) => Made): Pieces<Made[]> {
  const made: Made[] = [];
  for (const item of items) {
    made.push(make(item));
    yield;
  }
  return made;
}
