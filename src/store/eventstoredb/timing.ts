/** How long things may take, in milliseconds of the monotonic clock: the injected one says what time it is, not how long. */
export type Timing = {
  /** One try of an append: its gRPC deadline. */
  readonly appendDeadline: number;
  /** An append or a read that got no certain answer is tried again for this long, then is StoreUnavailable. */
  readonly retryFor: number;
  /** An answer waits this long for its events to be sequenced here. */
  readonly positionsWithin: number;
  /** A read that is silent for this long is left. */
  readonly readIdle: number;
  /** The pause before another try: the first, and the longest it grows to. */
  readonly pauseFrom: number;
  readonly pauseTo: number;
  /** A subscription that is not confirmed by then is left. */
  readonly confirmWithin: number;
  /** A subscription that says nothing for this long is opened anew: a quiet log and a dead server look the same. */
  readonly silence: number;
  /** A subscription that is lost for less is being opened again, which is no reason to send nobody here. */
  readonly lostFor: number;
  /** What the cluster no longer holds must be missing for this long to be an anomaly: a node may lag, a deposed leader too. */
  readonly absence: number;
  /** The cluster is asked whether it is there this long after it was asked before, and each time has so long to answer. */
  readonly pulseEvery: number;
  readonly pulseWithin: number;
  /** A cluster that answered nothing for this long does no command. */
  readonly pulseLost: number;
  /** A clock that differs from the cluster's by more is warned of; by more than the second nothing is recorded by it. */
  readonly clockWarning: number;
  readonly clockMost: number;
};

export const DEFAULT_TIMING: Timing = {
  appendDeadline: 3_000,
  retryFor: 8_000,
  positionsWithin: 2_000,
  readIdle: 3_000,
  pauseFrom: 50,
  pauseTo: 2_000,
  confirmWithin: 5_000,
  silence: 60_000,
  lostFor: 5_000,
  absence: 15_000,
  pulseEvery: 1_000,
  pulseWithin: 2_000,
  pulseLost: 4_000,
  clockWarning: 2_000,
  clockMost: 10_000,
};
