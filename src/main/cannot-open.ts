import { Told } from '../messages/told.ts';

/** The log is not opened, for a reason that a person can act on. */
export class CannotOpen extends Told {}
