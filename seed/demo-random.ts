/** Numbers that look random and are the same on every run (mulberry32): a demo year is a fixture, not a simulation. */
export type Dice = {
  readonly roll: () => number;
  readonly between: (least: number, most: number) => number;
  readonly chance: (probability: number) => boolean;
};

export const dice = (seed: number): Dice => {
  let state = seed >>> 0;
  const roll = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    roll,
    between: (least, most) => least + Math.floor(roll() * (most - least + 1)),
    chance: (probability) => roll() < probability,
  };
};
