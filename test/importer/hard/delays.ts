import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Loaded into a server by `--import`: tells whoever asks how long its event loop was held up at most since last asked. */

const delays = monitorEventLoopDelay({ resolution: 5 });
delays.enable();
process.on('message', () => {
  process.send?.(delays.max / 1e6);
  delays.reset();
});
// What asks may go; the server ends by its own signals.
process.channel?.unref();
