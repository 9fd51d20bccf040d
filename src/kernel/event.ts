import type { z } from 'zod';
import { inCanonicalOrder } from './canonical.ts';
import type { ValueOf } from './schema.ts';
import { say } from '../messages/message.ts';
import { Told } from '../messages/told.ts';

/**
 * An event type is a value that carries its schema; the types are inferred from it and written nowhere else.
 * Calling it makes an event: `TaskReassigned({ from, to, reason })`.
 *
 * A new version keeps the old ones readable: `upcasts[n]` turns the data of version n into that of n + 1.
 * Stored bytes are never rewritten.
 */
export type EventDefinition<Type extends string = string, Schema extends z.ZodType = z.ZodType> = {
  (data: ValueOf<Schema>): DomainEvent<Type, ValueOf<Schema>>;
  readonly type: Type;
  readonly version: number;
  readonly schema: Schema;
  readonly upcasts: Readonly<Record<number, (data: never) => unknown>>;
};

export type DomainEvent<Type extends string = string, Data = unknown> = { readonly type: Type; readonly data: Data };

/** The event that a definition makes. */
export type EventOf<Definition> = Definition extends EventDefinition<infer Type, infer Schema> ? DomainEvent<Type, ValueOf<Schema>> : never;

export const defineEvent = <const Type extends string, Schema extends z.ZodType>(
  type: Type,
  version: number,
  schema: Schema,
  upcasts: Readonly<Record<number, (data: never) => unknown>> = {},
): EventDefinition<Type, Schema> => {
  for (let old = 1; old < version; old += 1) if (upcasts[old] === undefined) throw new Error(`${type}: no upcast from version ${old}`);
  const make = (data: ValueOf<Schema>): DomainEvent<Type, ValueOf<Schema>> => ({ type, data });
  return Object.assign(make, { type, version, schema, upcasts });
};

/** Tells events of these types from others. */
export const ofTypes = <const Type extends string>(types: readonly Type[]) => {
  const known: ReadonlySet<string> = new Set(types);
  return <Event extends { readonly type: string }>(event: Event): event is Extract<Event, { readonly type: Type }> => known.has(event.type);
};

/** Tells the events that these definitions make from others. */
export const isOneOf = <const Definitions extends readonly { readonly type: string }[]>(definitions: Definitions) =>
  ofTypes<Definitions[number]['type']>(definitions.map(({ type }) => type));

/** `TaskReassigned.v1`: how a type and its version stand in the envelope. */
export const wireType = (definition: { readonly type: string; readonly version: number }): string =>
  `${definition.type}.v${definition.version}`;

const WIRE_TYPE = /^([A-Z][A-Za-z]*)\.v([1-9]\d{0,3})$/u;

export const parseWireType = (text: string): { readonly type: string; readonly version: number } | undefined => {
  const match = WIRE_TYPE.exec(text);
  return match?.[1] === undefined ? undefined : { type: match[1], version: Number(match[2]) };
};

/** The event types a program knows, by name. */
export type Catalogue<Event extends DomainEvent> = {
  readonly types: readonly string[];
  /**
   * The stored form of an event, its members in canonical order: who follows the log live sees what a later reader of
   * the bytes sees. Throws `z.ZodError` where the data does not fit the schema.
   */
  readonly toWire: (event: Event) => { readonly type: string; readonly data: unknown };
  /** The event of stored data, upcast to the current version. Throws on an unknown type or a newer version. */
  readonly fromWire: (type: string, data: unknown) => Event;
};

export const catalogueOf = <const Definitions extends readonly EventDefinition[]>(
  definitions: Definitions,
): Catalogue<EventOf<Definitions[number]>> => {
  const byType = new Map(definitions.map((definition) => [definition.type, definition]));
  const byWireType = new Map(definitions.map((definition) => [wireType(definition), definition]));
  if (byType.size !== definitions.length) throw new Error('two event definitions share a type');

  const upcast = (definition: EventDefinition, version: number, data: unknown): unknown => {
    let current = data;
    for (let from = version; from < definition.version; from += 1)
      // The chain is complete (checked when defined) and each link takes what the one before it gives.
      current = definition.upcasts[from]?.(current as never);
    return current;
  };

  return {
    types: definitions.map((definition) => definition.type),
    toWire: (event) => {
      const definition = byType.get(event.type);
      if (definition === undefined) throw new Error(`unknown event type ${event.type}`);
      return { type: wireType(definition), data: inCanonicalOrder(definition.schema.parse(event.data)) };
    },
    fromWire: (type, data) => {
      const current = byWireType.get(type);
      // The cast is the edge between bytes and types: what was stored under a type fitted its schema then.
      if (current !== undefined) return { type: current.type, data } as EventOf<Definitions[number]>;
      const parsed = parseWireType(type);
      const definition = parsed && byType.get(parsed.type);
      if (parsed === undefined || definition === undefined || parsed.version > definition.version)
        throw new Told(say('kernel.event-type-not-known-to-this', { type }));
      return { type: definition.type, data: upcast(definition, parsed.version, data) } as EventOf<Definitions[number]>;
    },
  };
};
