import { z } from 'zod';
import { byteStream, notFound, plain, problem, scopeOf, type Kit, type Problem } from '../../http/routes.ts';
import type { Services } from '../../application/services.ts';
import { TooLarge } from '../../application/attachments.ts';
import type { Sent } from '../../application/attachment-account.ts';
import { hasCode } from '../../kernel/error-code.ts';
import { say } from '../../messages/message.ts';
import { wording } from '../../messages/standing.ts';

const TAGS = ['Attachments'] as const;

/** Of a system that has no room left. */
/** Of a sender that went away. */
const BROKEN_OFF = ['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET'];
const isOneOf = (error: unknown, codes: readonly string[]): boolean => codes.some((code) => hasCode(error, code));

const sha256 = z.string().regex(/^[0-9a-f]{64}$/u, wording('api.attachments.must-be-64-lower-case-hex'));

export const attachmentRoutes = (kit: Kit, { attachments, citations }: Services): void => {
  const { attachmentBytes: most, attachmentsOfUnit, attachmentBytesOfUnit } = kit.limits;
  const tooLarge = (): Problem => problem('body-too-large', say('api.attachments.attachment-has-at-most-bytes', { most }));

  /** Bytes that a sender may still send at once; a problem where it may send nothing. */
  const leftTo = async (unit: string | null): Promise<number | Problem> => {
    if (unit === null) return most;
    const { count, bytes } = await attachments.sentBy(unit);
    if (count >= attachmentsOfUnit || bytes >= attachmentBytesOfUnit) return overQuota({ count, bytes });
    return Math.min(most, attachmentBytesOfUnit - bytes);
  };
  const overQuota = (sent: Sent): Problem =>
    problem('attachment-quota', say('api.attachments.unit-has-sent-attachments-bytes', { count: sent.count, bytes: sent.bytes }), {
      facts: { ...sent, mostCount: attachmentsOfUnit, mostBytes: attachmentBytesOfUnit },
    });

  plain(kit, {
    method: 'POST',
    url: '/v1/attachments',
    summary: wording('api.attachments.upload-bytes-attachment'),
    description: wording('api.attachments.named-by-sha-256-bytes-at', { most }),
    tags: TAGS,
    reads: 'elsewhere',
    access: ['office', 'unit'],
    body: byteStream,
    bodyLimit: most,
    refuses: ['attachment-quota', 'storage-full'],
    response: z.strictObject({ sha256: z.string(), size: z.int() }),
    statuses: [200, 201],
    run: async ({ body, principal, request }) => {
      const unit = scopeOf(principal);
      const left = await leftTo(unit);
      if (typeof left !== 'number') return left;
      const refusal = async (): Promise<Problem> => (left < most && unit !== null ? overQuota(await attachments.sentBy(unit)) : tooLarge());
      if (Number(request.headers['content-length'] ?? 0) > left) return refusal();
      try {
        const { sha256: digest, size, known } = await attachments.put(body, left, { unit });
        return { status: known ? 200 : 201, headers: { location: `/v1/attachments/${digest}` }, json: { sha256: digest, size } };
      } catch (error) {
        if (error instanceof TooLarge) return refusal();
        if (isOneOf(error, BROKEN_OFF) && !request.raw.complete)
          return problem('malformed-request', say('api.attachments.upload-broke-off'));
        throw error;
      }
    },
  });

  plain(kit, {
    method: 'GET',
    url: '/v1/attachments/:sha256',
    summary: wording('api.attachments.bytes-attachment-checked-against-their-digest'),
    tags: TAGS,
    refuses: ['not-found', 'attachment-damaged'],
    access: ['office', 'unit', 'auditor', 'admin'],
    params: z.strictObject({ sha256 }),
    produces: { 'application/octet-stream': wording('api.attachments.bytes') },
    run: async ({ params: { sha256: digest }, principal }) => {
      const found = (await citations.mayRead(digest, scopeOf(principal))) ? await attachments.get(digest) : undefined;
      if (found === undefined) return notFound(say('api.attachments.no-attachment-this-digest-here-or'));
      if (found === 'damaged') return problem('attachment-damaged', say('api.attachments.stored-bytes-no-longer-have-this', { digest }));
      return {
        type: 'application/octet-stream',
        headers: {
          'content-length': String(found.size),
          'cache-control': 'private, max-age=31536000, immutable',
          'content-disposition': `attachment; filename="${digest}"`,
        },
        content: found.open(),
      };
    },
  });
};
