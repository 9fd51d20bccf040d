/**
 * The door through which features register what they answer. Each of the four says who may and refuses what it does
 * not know; none can be left open by forgetting something.
 *
 * - `command` appends events: preconditions, idempotency keys, paper entries, the receipt.
 * - `query` reads one thing and `list` many, as known at a position and judged at a moment: basis, ETag, pages.
 * - `plain` is any other call: the log itself, proofs, a check that records nothing.
 */
export { anyFile, byteStream, plainText } from './bodies.ts';
export { savedAs } from './attachment-name.ts';
export { command } from './command.ts';
export { commandAnswer } from './command-answer.ts';
export type { CommandCall, CommandResult, CommandSpec } from './command-spec.ts';
export { check } from './input.ts';
export type { Kit } from './kit.ts';
export { inTurn, askerOf } from './limits/reads.ts';
export type { Rest } from './limits/turns.ts';
export { list, type ListSpec } from './list.ts';
export { preferred } from './negotiate.ts';
export { awaitOwn } from './own-commands.ts';
export { cut, nextLink, page, type Page, type Paging } from './pages.ts';
export { flag, logPosition, ordinal } from './parameters.ts';
export { plain, type PlainAnswer, type PlainSpec } from './plain.ts';
export { scopeOf, unitOf, type Principal, type Role } from './principal.ts';
export { fieldProblem, notFound, problem, Problem, refused } from './problem.ts';
export type { QueryCall } from './query-call.ts';
export type { NoFields } from './route.ts';
export { query, type QuerySpec } from './query.ts';
export { sheetFormats } from './sheet-files.ts';
export { travelAs } from './reading.ts';
export type { Basis } from './time-travel.ts';
export { directiveAsked } from './directive-names.ts';
export { unitAsked } from './unit-names.ts';
