import { type Text } from './message.ts';
import { inEnglish } from './words.ts';

/** An error that a person may have to read. Its `message` is the English one, for the log. */
export class Told extends Error {
  readonly told: Text;
  constructor(told: Text, options?: ErrorOptions) {
    super(inEnglish(told), options);
    this.name = new.target.name;
    this.told = told;
  }
}

/** What an error tells; of one that is not made for people, its message as it is. */
export const toldBy = (error: unknown): Text => {
  if (error instanceof Told) return error.told;
  return error instanceof Error ? error.message : String(error);
};
