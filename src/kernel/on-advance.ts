import type { Message } from '../messages/message.ts';

/** Told how far a long work has come: what is done, of what there is to do as far as is known. */
export type OnAdvance = (done: number, total: number) => void;

/** The same of a work in several steps, by the step's name. */
export type OnStepAdvance = (step: Message, done: number, total: number) => void;
