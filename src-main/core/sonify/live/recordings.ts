/** Recorded performances among the artifacts: the sound as WAV, and the events it can be rendered from again. */
import type { Artifact } from '../../../contract/documents/artifact.ts';
import type { Performance } from '../../../contract/documents/session.ts';
import type { Clock, NewId } from '../../clock.ts';
import type { ArtifactStore, WorkFiles } from '../ports.ts';
import type { RecordingPaths, Recordings } from './ports.ts';

export interface RecordingPorts {
  readonly files: WorkFiles;
  readonly artifacts: ArtifactStore;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly programVersion: string;
  readonly onKept: (performance: Performance, take: { projectId: string | null; mediaId: string | null }) => void;
}

type Take = Parameters<Recordings['keep']>[0];

export class PerformanceRecordings implements Recordings {
  readonly #ports: RecordingPorts;
  readonly #paths = new Map<string, RecordingPaths>();

  constructor(ports: RecordingPorts) {
    this.#ports = ports;
  }

  begin(sessionId: string): RecordingPaths {
    const { files, newId } = this.#ports;
    const known = this.#paths.get(sessionId);
    if (known) return known;
    const take = newId();
    const paths = {
      audioPath: files.partialPath(files.workPath(`take-${take}`, 'wav'), take),
      peaksPath: files.partialPath(files.workPath(`take-${take}`, 'peaks'), take),
      eventsPath: files.partialPath(files.workPath(`take-${take}`, 'jsonl'), take),
    };
    this.#paths.set(sessionId, paths);
    return paths;
  }

  async keep(take: Take): Promise<Performance> {
    const { artifacts, files, newId } = this.#ports;
    const { audioPath, peaksPath, eventsPath } = this.begin(take.sessionId);
    this.#paths.delete(take.sessionId);
    const [audioId, eventsId] = [newId(), newId()];
    await files.publish(peaksPath, files.artifactPath(audioId, 'peaks'));
    const audioBytes = await files.publish(audioPath, files.artifactPath(audioId, 'wav'));
    const eventsBytes = await files.publish(eventsPath, files.artifactPath(eventsId, 'jsonl'));
    artifacts.add(this.#artifact(take, { id: eventsId, twin: { audio: audioId }, kind: 'performance', mime: 'application/jsonl', bytes: eventsBytes, extension: 'jsonl' }), files.artifactPath(eventsId, 'jsonl'));
    artifacts.add(this.#artifact(take, { id: audioId, twin: { performance: eventsId }, kind: 'audio', mime: 'audio/wav', bytes: audioBytes, extension: 'wav' }), files.artifactPath(audioId, 'wav'));
    const performance: Performance = {
      artifact_id: audioId,
      events_artifact_id: eventsId,
      session_id: take.sessionId,
      duration_s: take.recorded.samples / take.recorded.sample_rate,
      events: take.recorded.events,
      lost_frames: take.recorded.lost_frames,
    };
    this.#ports.onKept(performance, take);
    return performance;
  }

  async discard(sessionId: string): Promise<void> {
    const paths = this.#paths.get(sessionId);
    this.#paths.delete(sessionId);
    if (!paths) return;
    for (const path of Object.values(paths)) await this.#ports.files.discard(path as string);
  }

  #artifact(take: Take, file: { id: string; twin: Record<string, string>; kind: Artifact['kind']; mime: string; bytes: number; extension: string }): Artifact {
    const at = new Date(this.#ports.clock.nowMs()).toISOString();
    return {
      id: file.id,
      kind: file.kind,
      name: `Performance ${at.slice(0, 19).replaceAll(':', '.').replace('T', ' ')}.${file.extension}`,
      mime_type: file.mime,
      size_bytes: file.bytes,
      duration_s: take.recorded.samples / take.recorded.sample_rate,
      media_id: take.mediaId,
      project_id: take.projectId,
      job_id: null,
      provenance: { seed: take.seed, session: take.sessionId, ...file.twin, program_version: this.#ports.programVersion },
      verification: null,
      created_at: at,
    };
  }
}
