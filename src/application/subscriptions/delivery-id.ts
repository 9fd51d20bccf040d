import { derivedId } from '../../kernel/ids.ts';

/** The id under which an event goes to a subscription, however often: by it a receiver tells a second time from another event. */
export const deliveryId = (subscription: string, event: string): string => derivedId('delivery', subscription, event);
