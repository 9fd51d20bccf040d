import { say } from '../messages/message.ts';
import { Told } from '../messages/told.ts';

/** The body of an answer. @throws Error  it has more bytes than one is ready to take */
export const boundedBody = async (response: Response, maxBytes: number): Promise<Buffer> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > maxBytes) throw new Told(say('kernel.answers-more-than-bytes', { maxBytes }));
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};
