/** Where core announces what changed; the API's event hub implements it. Events tell of state and steer nothing. */
import type { RateEvent, StateEvent } from '../contract/events.ts';

export interface EventSink {
  /** Never dropped; numbered by the sink. */
  state(event: StateEvent): void;
  /** Newest per type and subject wins; may be dropped. */
  rate(event: RateEvent): void;
}

export const silentEvents: EventSink = { state: () => undefined, rate: () => undefined };
