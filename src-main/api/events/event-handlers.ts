/** The operation streamEvents over the hub. */
import { AppError } from '../../contract/errors.ts';
import { TOPICS, type Topic } from '../../contract/events.ts';
import type { systemOperations } from '../../contract/operations/system.ts';
import type { HandlersOf } from '../handler.ts';
import type { EventHub } from './event-hub.ts';

type EventHandlers = HandlersOf<Pick<typeof systemOperations, 'streamEvents'>>;

export function eventHandlers(hub: EventHub): EventHandlers {
  return {
    streamEvents({ query }, { request }) {
      const since = lastEventId(request) ?? query.since;
      const stream = hub.subscribe({ topics: topicsOf(query.topics), ...(since === undefined ? {} : { since }) });
      return new Response(stream, { headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' } });
    },
  };
}

/** A browser that reconnects by itself sends it and repeats the old address, so it counts where both are there. */
function lastEventId(request: Request): number | undefined {
  const id = Number(request.headers.get('last-event-id') ?? Number.NaN);
  return Number.isSafeInteger(id) && id >= 0 ? id : undefined;
}

function topicsOf(list: string): ReadonlySet<Topic> {
  const names = list.split(',').filter((name) => name !== '');
  const unknown = names.filter((name) => !(TOPICS as readonly string[]).includes(name));
  if (unknown.length > 0) throw new AppError('input-invalid', `There is no topic ${unknown.join(', ')}; there are ${TOPICS.join(', ')}.`);
  return new Set(names as Topic[]);
}
