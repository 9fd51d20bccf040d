/** The log is not opened, for a reason that a person can act on. */
export class CannotOpen extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CannotOpen';
  }
}
