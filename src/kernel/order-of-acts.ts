import { millisText } from './clock.ts';
import { reject, type Decision } from './decider.ts';
import { say } from '../messages/message.ts';

/**
 * Why an act cannot answer what it is about: that was received only after it (docs/judging.md, "Order of acts").
 * Both receipts in epoch ms; undefined where there is nothing in its way.
 */
export const beforeWhatItAnswers = (answered: number | null | undefined, receivedAt: number): Decision<never> | undefined =>
  answered != null && receivedAt < answered
    ? reject('date-order', say('kernel.what-answers-was-received-only-at', { answered: millisText(answered) }), { pointer: '/receivedAt' })
    : undefined;
