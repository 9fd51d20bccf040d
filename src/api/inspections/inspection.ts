import { z } from 'zod';
import { id } from '../../kernel/schema.ts';
import type { Meta, Outcome } from '../../application/handler.ts';
import { numberOf } from '../../application/numbered.ts';
import { ordinal, problem, type Problem } from '../../http/routes.ts';
import type { Services } from '../../application/services.ts';
import { inspectionDecider, type InspectionCommand } from '../../domain/inspections/decide.ts';
import { inspectionStream, type InspectionState } from '../../domain/inspections/state.ts';
import { say } from '../../messages/message.ts';

/** What the routes of inspections have in common. */

export const TAGS = ['Inspections'] as const;

export const byId = { params: z.strictObject({ id }) };
export const byNumber = { params: z.strictObject({ id, n: ordinal }) };

export const unknownInspection = (inspection: string): Problem =>
  problem('inspection-unknown', say('api.inspections.there-no-inspection-or-none-that', { inspection }));

export const actsOf = ({ handler, store }: Services) => {
  const act = (inspection: string, does: InspectionCommand, meta: Meta): Promise<Outcome<InspectionState>> =>
    handler.handle(inspectionDecider, inspectionStream(inspection), does, meta);
  const location = (inspection: string): string => `/v1/inspections/${inspection}`;

  const onInspection = async (inspection: string, does: InspectionCommand, meta: Meta) => ({
    outcome: await act(inspection, does, meta),
    subject: inspection,
    location: location(inspection),
  });

  /** A thing that is counted on an inspection: the finding or order that was made. */
  const made = async (inspection: string, does: InspectionCommand, meta: Meta) => {
    const outcome = await act(inspection, does, meta);
    return { outcome, subject: String(numberOf(store, outcome) ?? 0), location: location(inspection) };
  };
  return { made, onInspection };
};
