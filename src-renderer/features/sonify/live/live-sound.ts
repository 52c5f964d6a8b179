/**
 * The live session of the open project as the player uses it: it begins and ends the sound, hands on transport, mapping and
 * controls (one request on its way, the newest wins), and knows which moment of the film is heard now.
 */
import type { Mapping } from '../../../../src-main/contract/documents/mapping.ts';
import type {
  LiveFrame,
  OutputSettings,
  Session,
  SessionSource,
  TransportChange,
} from '../../../../src-main/contract/documents/session.ts';
import { OutputSettingsSchema } from '../../../../src-main/contract/documents/session.ts';
import { AudioSettingsSchema } from '../../../../src-main/contract/documents/system.ts';
import type { AudioSettings } from '../../../../src-main/contract/documents/system.ts';
import { call } from '../../../api/client.ts';
import { NewestWins } from '../../../model/newest-wins.ts';
import { heardAt, heardClock } from '../../../model/picture-follower.ts';
import type { Heard } from '../../../model/picture-follower.ts';
import { forgetFrame, newestFrame, onLiveFrame, sessionOf, useLive } from '../../../stores/live-store.ts';
import { useProject } from '../../../stores/project-store.ts';
import { useSettings } from '../../../stores/settings-store.ts';
import { sayError } from '../../../stores/toast-store.ts';

/** What a session begins with. */
export interface LiveStart {
  readonly mapping: Mapping;
  readonly seed: number;
  readonly source: SessionSource;
  readonly transport: TransportChange;
}

interface MappingWish {
  readonly mapping: Mapping;
  readonly morphMs: number;
}

/** A hidden window has no animation frames, and a controller is played all the same. */
const onNextFrame = (run: () => void): void => void (document.hidden ? setTimeout(run, 16) : requestAnimationFrame(run));

/** Readings from before a seek are not believed for this long. */
const SEEK_SETTLES_MS = 500;
const NEAR_S = 0.3;

export function audioSettings(): AudioSettings {
  return AudioSettingsSchema.parse(useSettings.getState().settings.audio ?? {});
}

const outputOf = (settings: AudioSettings): OutputSettings => OutputSettingsSchema.parse(settings);

export class LiveSound {
  #clock: Heard | null = null;
  #sought: { readonly toS: number; readonly atMs: number } | null = null;
  /** What sounds, as text: the same mapping is not sent twice, and a morph is not cut short by its own echo. */
  #sounding = '';
  readonly #mappings = new NewestWins<MappingWish>({
    schedule: onNextFrame,
    onError: sayError,
    send: async ({ mapping, morphMs }) => {
      const { session } = this;
      if (session) await call('setSessionMapping', { params: { id: session.id }, body: { mapping, morph_ms: morphMs } });
    },
  });
  readonly #transports = new NewestWins<TransportChange>({
    schedule: onNextFrame,
    onError: sayError,
    merge: (older, newer) => ({ ...older, ...newer }),
    send: async (body) => {
      const { session } = this;
      if (session) await call('setTransport', { params: { id: session.id }, body });
    },
  });

  constructor() {
    onLiveFrame((frame) => this.#read(frame));
  }

  get session(): Session | null {
    return sessionOf(useProject.getState().project?.id ?? null);
  }

  get frame(): LiveFrame | null {
    return newestFrame(this.session?.id ?? null);
  }

  get isSounding(): boolean {
    return this.session?.stream != null;
  }

  /** The page has said its last word on playing or not; the session's own word counts then. */
  get isSettled(): boolean {
    return this.#transports.isIdle;
  }

  get clock(): Heard | null {
    return this.#clock;
  }

  /** Where the film is heard; null before the first reading. */
  positionS(nowMs = Date.now()): number | null {
    return this.#clock && heardAt(this.#clock, nowMs);
  }

  /** Begins to sound; a session of the project that is there already is used again. */
  async start(wanted: LiveStart): Promise<void> {
    const projectId = useProject.getState().project?.id ?? null;
    const known = this.session;
    const isUsable = known !== null && known.seed === wanted.seed;
    const session = isUsable
      ? known
      : await call('createSession', {
          body: { project_id: projectId, source: wanted.source, mapping: wanted.mapping, seed: wanted.seed },
        });
    useLive.getState().put(session);
    this.#sounding = JSON.stringify(wanted.mapping);
    const params = { id: session.id };
    const audio = audioSettings();
    if (isUsable && JSON.stringify(session.source) !== JSON.stringify(wanted.source))
      await call('setSessionSource', { params, body: wanted.source });
    if (isUsable) await call('setSessionMapping', { params, body: { mapping: wanted.mapping } });
    await call('controlSession', { params, body: { action: 'ceiling', db: audio.ceiling_db } });
    await call('controlSession', { params, body: { action: 'volume', gain: audio.volume } });
    const body = { output: outputOf(audio), transport: wanted.transport };
    const stream = await call('generateAudio', { params, body });
    const now = useLive.getState().sessions.find((own) => own.id === session.id) ?? session;
    useLive.getState().put({ ...now, stream });
  }

  /** A session that sounds already. */
  adopt({ mapping }: Session): void {
    this.#clock = null;
    this.#sounding = JSON.stringify(mapping);
  }

  async stop(): Promise<void> {
    const { session } = this;
    this.#clock = null;
    if (!session) return;
    forgetFrame(session.id);
    await call('stopGeneration', { params: { id: session.id } });
  }

  async setSource(source: SessionSource): Promise<void> {
    const { session } = this;
    this.#clock = null;
    if (session) await call('setSessionSource', { params: { id: session.id }, body: source });
  }

  transport(change: TransportChange): void {
    const { position_s: toS } = change;
    if (toS !== undefined) {
      this.#sought = { toS, atMs: Date.now() };
      if (this.#clock) this.#clock = { ...this.#clock, filmS: toS, atMs: Date.now() };
    }
    if (change.is_playing !== undefined && this.#clock)
      this.#clock = { ...this.#clock, filmS: heardAt(this.#clock, Date.now()), atMs: Date.now(), isPlaying: change.is_playing };
    this.#transports.push(change);
  }

  setMapping(mapping: Mapping, morphMs = 0): void {
    const text = JSON.stringify(mapping);
    if (!this.isSounding || text === this.#sounding) return;
    this.#sounding = text;
    this.#mappings.push({ mapping, morphMs });
  }

  async control(body: Parameters<typeof call<'controlSession'>>[1]['body']): Promise<void> {
    const { session } = this;
    if (session) await call('controlSession', { params: { id: session.id }, body });
  }

  #read(frame: LiveFrame): void {
    if (frame.session_id !== this.session?.id || !this.isSounding) return;
    if (this.#sought) {
      const isThere = Math.abs(frame.film_s - this.#sought.toS) < NEAR_S;
      if (!isThere && Date.now() - this.#sought.atMs < SEEK_SETTLES_MS) return;
      this.#sought = null;
    }
    if (!this.#transports.isIdle) return;
    this.#clock = heardClock(this.#clock, {
      filmS: frame.film_s,
      atMs: frame.at_ms,
      speed: frame.speed,
      isPlaying: frame.is_playing,
    });
  }
}
