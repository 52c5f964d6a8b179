/** An event sink that keeps what it was told. */
import type { EventSink } from '../../src-main/core/event-sink.ts';
import type { RateEvent, StateEvent } from '../../src-main/contract/events.ts';

export class RecordedEvents implements EventSink {
  readonly states: StateEvent[] = [];
  readonly rates: RateEvent[] = [];

  state(event: StateEvent): void {
    this.states.push(structuredClone(event));
  }

  rate(event: RateEvent): void {
    this.rates.push(structuredClone(event));
  }
}
