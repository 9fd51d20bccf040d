import { instantMillis } from '../src/kernel/clock.ts';

/** When an event reached the office, epoch ms. */
export const receiptOf = ({ receivedAt }: { readonly receivedAt: string }): number => instantMillis(receivedAt);
