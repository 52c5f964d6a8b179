/**
 * Songs: what is known of audio items, and what a person says about them. The analysis of the newest program and the best
 * ear there is counts; an older one is shown, as stale, until the song is analysed again.
 */
import { NO_EDITS } from '../../contract/documents/song.ts';
import type { Song, SongEdits, SongInfo, SongSummary } from '../../contract/documents/song.ts';
import type { SongAnalysis } from '../../contract/documents/song-analysis.ts';
import type { DerivedState, Probe } from '../../contract/documents/media-item.ts';
import { AppError } from '../../contract/errors.ts';
import { SONG_VERSION } from '../../contract/limits.ts';
import { mediaError } from '../../contract/text/en/media.ts';
import type { EventSink } from '../event-sink.ts';
import type { Job } from '../../contract/documents/job.ts';
import type { Jobs } from '../jobs/job-handler.ts';
import { applyEdits } from './apply-edits.ts';
import type { AnalysisKey, BeatModel, SongFacts, SongMedia, SongStore } from './ports.ts';

export const OWN_EAR = 'onsets';
/** Of beats that no other was heard in, as applyEdits has it. */
const PLAIN_SIGNATURE = '4/4';
const LIVE: ReadonlySet<Job['state']> = new Set(['pending', 'running']);

export interface SongsPorts {
  readonly media: SongMedia;
  readonly store: SongStore;
  readonly model: BeatModel;
  /** The queue; a function, because the queue is made with this step's handlers. */
  readonly jobs: () => Jobs;
  readonly events: EventSink;
}

interface Known {
  readonly id: string;
  readonly name: string;
  readonly identity: string;
  readonly probe: Probe;
}

export class Songs {
  readonly #ports: SongsPorts;
  /** Summaries of edited songs by id, with what they were made of. */
  readonly #edited = new Map<string, { readonly stamp: string; readonly facts: Omit<SongFacts, 'version' | 'source' | 'updatedMs'> }>();

  constructor(ports: SongsPorts) {
    this.#ports = ports;
  }

  /** Audio items, newest first. */
  list(): SongSummary[] {
    const live = this.#liveJobs();
    return this.#ports.media.songs().map((item) => this.#summary(item, live.get(item.id) ?? null));
  }

  /** @throws AppError 'media-not-found', 'media-no-audio' */
  get(id: string): Song {
    const item = this.#item(id);
    const record = this.#ports.store.record(id);
    const found = this.#found(item.identity);
    return {
      id,
      number: record.number,
      name: item.name,
      info: record.info,
      problem: record.problem,
      edits: record.edits,
      ...this.#state(item.identity, this.#liveJobs().get(id) ?? null),
      analysis: found === null ? null : applyEdits(found, record.edits),
    };
  }

  /** @throws AppError 'song-not-analyzed' */
  analysis(id: string, { edited = true } = {}): SongAnalysis {
    const item = this.#item(id);
    const found = this.#found(item.identity);
    if (found === null) throw new AppError('song-not-analyzed', `${item.name} is not analysed yet.`, { hint: 'Analyse it first.' });
    return edited ? applyEdits(found, this.#ports.store.record(id).edits) : found;
  }

  /** The id of a song by its id or its number. @throws AppError 'media-not-found' */
  idOf(named: string | number): string {
    const text = String(named);
    const id = /^\d{1,9}$/.test(text) ? this.#ports.store.byNumber(Number(text)) : null;
    return id ?? this.#item(text).id;
  }

  /** Queues the analysis unless it is done; a waiting or running one is found. @returns the job; null when there is nothing to do. */
  analyze(id: string, { again = false } = {}): string | null {
    const { name, identity } = this.#item(id);
    if (!again && this.#ports.store.analysis(this.#key(identity)) !== null) return null;
    const job = this.#ports.jobs().enqueue({
      kind: 'song',
      title: `Listen to ${name}`,
      payload: { media_id: id, again },
      priority: 10,
      dedupeKey: `song:${id}`,
      mediaId: id,
    });
    this.announce(id);
    return job.id;
  }

  changeEdits(id: string, fields: Partial<SongEdits>): Song {
    const { edits } = this.#ports.store.record(this.#item(id).id);
    this.#ports.store.change(id, { edits: { ...edits, ...fields } });
    this.announce(id);
    return this.get(id);
  }

  changeInfo(id: string, fields: Partial<SongInfo>): Song {
    const { info } = this.#ports.store.record(this.#item(id).id);
    this.#ports.store.change(id, { info: { ...info, ...fields } });
    this.announce(id);
    return this.get(id);
  }

  announce(id: string): void {
    const item = this.#item(id);
    this.#ports.events.state({ type: 'song-changed', topic: 'songs', song: this.#summary(item, this.#liveJobs().get(id) ?? null) });
  }

  #summary(item: Known, job: string | null): SongSummary {
    const record = this.#ports.store.record(item.id);
    const facts = this.#chosen(item.identity);
    const isEdited = JSON.stringify(record.edits) !== JSON.stringify(NO_EDITS);
    const shown = facts === null ? null : isEdited ? this.#editedFacts(item, facts, record.edits) : { ...facts, timeSignature: facts.timeSignature ?? (facts.tempo === null ? null : PLAIN_SIGNATURE) };
    return {
      id: item.id,
      number: record.number,
      name: item.name,
      info: record.info,
      problem: record.problem,
      ...this.#state(item.identity, job),
      duration: shown?.duration ?? item.probe.duration_s,
      tempo: shown?.tempo ?? null,
      key: shown?.key ?? null,
      time_signature: shown?.timeSignature ?? null,
      energy: shown?.energy ?? null,
      is_edited: isEdited,
    };
  }

  /** An edited song's grid is made for its summary, once for each analysis and edit. */
  #editedFacts({ id, identity }: Known, facts: SongFacts, edits: SongEdits): Omit<SongFacts, 'version' | 'source' | 'updatedMs'> {
    const stamp = JSON.stringify([identity, facts, edits]);
    const held = this.#edited.get(id);
    if (held?.stamp === stamp) return held.facts;
    const found = this.#ports.store.analysis({ identity, ...facts });
    const edited = found && applyEdits(found, edits);
    const shown = { duration: facts.duration, tempo: edited?.tempo ?? null, key: edited?.key ?? null, timeSignature: edited?.time_signature ?? null, energy: facts.energy };
    this.#edited.set(id, { stamp, facts: shown });
    return shown;
  }

  #state(identity: string, job: string | null): { state: DerivedState; job_id: string | null } {
    if (job !== null) return { state: 'making', job_id: job };
    const facts = this.#chosen(identity);
    if (facts === null) return { state: 'none', job_id: null };
    const { version, source } = this.#key(identity);
    return { state: facts.version === version && facts.source === source ? 'ready' : 'stale', job_id: null };
  }

  /** The analysis to show: of this program and the best ear, else the newest there is. */
  #chosen(identity: string): SongFacts | null {
    const { version, source } = this.#key(identity);
    const all = this.#ports.store.facts(identity);
    return all.find((each) => each.version === version && each.source === source) ?? all[0] ?? null;
  }

  #found(identity: string): SongAnalysis | null {
    const chosen = this.#chosen(identity);
    return chosen && this.#ports.store.analysis({ identity, ...chosen });
  }

  #key(identity: string): AnalysisKey {
    return { identity, version: SONG_VERSION, source: this.#ports.model.name() ?? OWN_EAR };
  }

  #item(id: string): Known {
    const item = this.#ports.media.identityOf(id);
    if (!item.probe.audio) throw mediaError('noAudio', item.name);
    return { id, ...item };
  }

  /** Ids of the analyses that wait or run, by item. */
  #liveJobs(): Map<string, string> {
    const jobs = this.#ports.jobs().list({});
    return new Map(jobs.filter((job) => job.kind === 'song' && job.media_id !== null && LIVE.has(job.state)).map((job) => [job.media_id ?? '', job.id]));
  }
}
