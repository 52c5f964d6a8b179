/**
 * The sessions that are open: at most one per project, anonymous ones for a day, both over restarts. They never mix: each
 * has its own everything.
 */
import type { Session, SessionSource } from '../../../contract/documents/session.ts';
import { OutputSettingsSchema } from '../../../contract/documents/session.ts';
import type { Mapping } from '../../../contract/documents/mapping.ts';
import { AppError } from '../../../contract/errors.ts';
import type { Clock, NewId } from '../../clock.ts';
import type { EventSink } from '../../event-sink.ts';
import type { Log } from '../../log.ts';
import { OneAtATime } from '../../one-at-a-time.ts';
import { LiveSession, type LiveSessionPorts, transportOf } from './live-session.ts';
import type { LiveFeatures, LiveHost, LiveMedia, Recordings, SessionStore } from './ports.ts';

const DAY_MS = 24 * 3600 * 1000;
const MOST_SESSIONS = 512;
/** How long an anonymous session may be over before it is noticed by itself. */
const SWEEP_MS = 10 * 60_000;

export interface LiveSessionsPorts {
  readonly host: LiveHost;
  readonly media: LiveMedia;
  readonly features: LiveFeatures;
  readonly recordings: Recordings;
  readonly store: SessionStore;
  readonly events: EventSink;
  readonly clock: Clock;
  readonly log: Log;
  readonly newId: NewId;
  readonly defaultMapping: () => Mapping;
  /** Throws 'not-found' for an id that is no project. */
  readonly checkProject: (projectId: string) => void;
  /** The session is gone for good. */
  readonly onClosed: (sessionId: string) => void;
}

export class LiveSessions {
  readonly #ports: LiveSessionsPorts;
  readonly #open = new Map<string, LiveSession>();
  readonly #closing = new AbortController();
  /** Sessions come and go one after the other: fading out takes time, and two at once would each find the same place free. */
  readonly #turns = new OneAtATime();

  constructor(ports: LiveSessionsPorts) {
    this.#ports = ports;
  }

  /** Opens what an earlier process left, silent, and forgets from now on what is over. For the one process that owns the store. */
  restore(): void {
    const { store, clock } = this.#ports;
    for (const stored of store.list()) {
      if (this.#isOver(stored)) store.remove(stored.id);
      else this.#add({ ...stored, stream: null, is_recording: false, transport: { ...stored.transport, is_playing: false } });
    }
    const sweep = async (): Promise<void> => {
      for (;;) {
        await clock.sleep(SWEEP_MS, this.#closing.signal);
        await this.#turns.run(() => this.#forgetOld(null));
      }
    };
    // Ends with this object, by its signal.
    void sweep().catch(() => undefined);
  }

  create(wanted: { project_id: string | null; source: SessionSource; mapping?: Mapping | undefined; seed: number }): Promise<Session> {
    return this.#turns.run(() => this.#create(wanted));
  }

  async #create(wanted: Parameters<LiveSessions['create']>[0]): Promise<Session> {
    const { clock, newId, media } = this.#ports;
    if (wanted.project_id !== null) this.#ports.checkProject(wanted.project_id);
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
    this.#add(session);
    this.#changed(session);
    return session;
  }

  list(): Session[] {
    return [...this.#open.values()].map(({ document }) => document).filter((session) => !this.#isOver(session));
  }

  /** @throws AppError 'session-not-found' */
  get(id: string): LiveSession {
    const session = this.#open.get(id);
    if (!session || this.#isOver(session.document)) throw new AppError('session-not-found', 'There is no such session.', { hint: 'It was closed, or a day has gone by.' });
    return session;
  }

  /** @throws AppError 'session-not-found' */
  remove(id: string): Promise<void> {
    return this.#turns.run(() => this.#close(this.get(id)));
  }

  async close(): Promise<void> {
    this.#closing.abort();
    for (const session of this.#open.values()) await session.stop();
  }

  #add(session: Session): void {
    const onFrame: LiveSessionPorts['onFrame'] = (frame) => this.#ports.events.rate({ type: 'live-frame', topic: 'live', frame });
    this.#open.set(session.id, new LiveSession(session, { ...this.#ports, onFrame, onChange: (changed) => this.#changed(changed) }));
  }

  #changed(session: Session): void {
    // What is still said of a session that is gone would bring it back.
    if (!this.#open.has(session.id)) return;
    try {
      this.#ports.store.save(session);
    } catch (error) {
      // A full disk must not take the instrument out of the performer's hands.
      this.#ports.log.error({ err: error, session: session.id }, 'a session was not stored; it goes on');
    }
    this.#ports.events.state({ type: 'session-changed', topic: 'live', session });
  }

  #isOver({ expires_at, stream }: Session): boolean {
    // What sounds is in use.
    return stream === null && expires_at !== null && Date.parse(expires_at) <= this.#ports.clock.nowMs();
  }

  async #forgetOld(projectId: string | null): Promise<void> {
    for (const session of this.#open.values()) {
      const isReplaced = projectId !== null && session.document.project_id === projectId;
      if (isReplaced || this.#isOver(session.document)) await this.#close(session);
    }
  }

  async #close(session: LiveSession): Promise<void> {
    const { id } = session.document;
    await session.close();
    this.#open.delete(id);
    this.#ports.store.remove(id);
    this.#ports.onClosed(id);
    this.#ports.events.state({ type: 'session-closed', topic: 'live', session_id: id });
  }
}
