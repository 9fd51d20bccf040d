import { say, type Message, type MessageKey, type Text } from './message.ts';
import { inEnglish } from './words.ts';

/**
 * Texts of schemas and descriptions. Those take nothing but text, and are made once, when the program starts: they hold the
 * English of a message, and whoever shows them in another language finds the message again by it.
 */
const texts = new Map<string, Message>();

/** The English of a message, to be found again. Not for what is said at run time: nothing is ever forgotten here. */
export const standingText = (message: Message): string => {
  const text = inEnglish(message);
  texts.set(text, message);
  return text;
};

/** The same, of a message by its key. */
export const wording = <Key extends MessageKey>(...message: Parameters<typeof say<Key>>): string => standingText(say(...message));

/** The message of a standing text; any other text stays as it is. */
export const foundAgain = (text: string): Text => texts.get(text) ?? text;
