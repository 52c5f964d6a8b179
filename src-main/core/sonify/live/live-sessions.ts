/** The sessions that are open: at most one per project, anonymous ones for a day. They never mix: each has its own everything. */
import type { Session, SessionSource } from '../../../contract/documents/session.ts';
import { OutputSettingsSchema } from '../../../contract/documents/session.ts';
import type { Mapping } from '../../../contract/documents/mapping.ts';
import { AppError } from '../../../contract/errors.ts';
import type { Clock, NewId } from '../../clock.ts';
import type { EventSink } from '../../event-sink.ts';
import { LiveSession, type LiveSessionPorts, transportOf } from './live-session.ts';
import type { LiveFeatures, LiveHost, LiveMedia, Recordings } from './ports.ts';

const DAY_MS = 24 * 3600 * 1000;
const MOST_SESSIONS = 64;

export interface LiveSessionsPorts {
  readonly host: LiveHost;
  readonly media: LiveMedia;
  readonly features: LiveFeatures;
  readonly recordings: Recordings;
  readonly events: EventSink;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly defaultMapping: () => Mapping;
  /** The session is gone for good: what is stored of it may go. */
  readonly onClosed: (sessionId: string) => void;
}

export class LiveSessions {
  readonly #ports: LiveSessionsPorts;
  readonly #open = new Map<string, LiveSession>();

  constructor(ports: LiveSessionsPorts) {
    this.#ports = ports;
  }

  async create(wanted: { project_id: string | null; source: SessionSource; mapping?: Mapping | undefined; seed: number }): Promise<Session> {
    const { clock, newId, media, events } = this.#ports;
    await this.#forgetOld(wanted.project_id);
    if (this.#open.size >= MOST_SESSIONS) throw new AppError('input-invalid', `At most ${MOST_SESSIONS} sessions may be open.`, { hint: 'Delete one first.' });
    const nowMs = clock.nowMs();
    const session: Session = {
      id: newId(),
      project_id: wanted.project_id,
      source: wanted.source,
      mapping: wanted.mapping ?? this.#ports.defaultMapping(),
      seed: wanted.seed,
      parameters: {},
      transport: transportOf(wanted.source, media),
      output: OutputSettingsSchema.parse({}),
      ceiling_db: -1,
      volume: 1,
      stream: null,
      is_recording: false,
      created_at: new Date(nowMs).toISOString(),
      expires_at: wanted.project_id === null ? new Date(nowMs + DAY_MS).toISOString() : null,
    };
    const onChange = (changed: Session): void => events.state({ type: 'session-changed', topic: 'live', session: changed });
    const onFrame: LiveSessionPorts['onFrame'] = (frame) => events.rate({ type: 'live-frame', topic: 'live', frame });
    this.#open.set(session.id, new LiveSession(session, { ...this.#ports, onChange, onFrame }));
    onChange(session);
    return session;
  }

  list(): Session[] {
    return [...this.#open.values()].map(({ document }) => document);
  }

  /** @throws AppError 'session-not-found' */
  get(id: string): LiveSession {
    const session = this.#open.get(id);
    if (!session || this.#isOver(session.document)) throw new AppError('session-not-found', 'There is no such session.', { hint: 'It was closed, or a day has gone by.' });
    return session;
  }

  async remove(id: string): Promise<void> {
    const session = this.get(id);
    await this.#close(session);
  }

  async close(): Promise<void> {
    for (const session of this.#open.values()) await session.stop();
  }

  #isOver({ expires_at }: Session): boolean {
    return expires_at !== null && Date.parse(expires_at) <= this.#ports.clock.nowMs();
  }

  async #forgetOld(projectId: string | null): Promise<void> {
    for (const session of this.#open.values()) {
      const isReplaced = projectId !== null && session.document.project_id === projectId;
      if (isReplaced || this.#isOver(session.document)) await this.#close(session);
    }
  }

  async #close(session: LiveSession): Promise<void> {
    const { id } = session.document;
    await session.stop();
    this.#open.delete(id);
    this.#ports.onClosed(id);
    this.#ports.events.state({ type: 'session-closed', topic: 'live', session_id: id });
  }
}
