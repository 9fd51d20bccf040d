import type { Message, Text } from './message.ts';
import { inEnglish } from './words.ts';

/**
 * Texts of schemas and descriptions. Those take nothing but text, and are made once, when the program starts: they hold the
 * English of a message, and whoever shows them in another language finds the message again by it.
 */
const standing = new Map<string, Message>();

/** The English of a message, to be found again. Not for what is said at run time: nothing is ever forgotten here. */
export const standingText = (message: Message): string => {
  const text = inEnglish(message);
  standing.set(text, message);
  return text;
};

/** The message of a standing text; any other text stays as it is. */
export const foundAgain = (text: string): Text => standing.get(text) ?? text;
