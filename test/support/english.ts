import type { Text } from '../../src/messages/message.ts';
import { inEnglish } from '../../src/messages/words.ts';

/** What is said, in English. */
export const english = (text: Text | undefined): string | undefined => (text === undefined ? undefined : inEnglish(text));

/** Whether something is ready, and in English why not. */
export const readinessOf = ({ ready, reasons }: { readonly ready: boolean; readonly reasons: readonly Text[] }) => ({
  ready,
  reasons: reasons.map(inEnglish),
});
