/**
 * What an object has under a name of its own. Names from outside lead nowhere else by it: every plain object answers to
 * `constructor`, `toString` and `__proto__`, whoever made it.
 */
export const ownValue = <Value>(of: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(of, name) ? of[name] : undefined;
