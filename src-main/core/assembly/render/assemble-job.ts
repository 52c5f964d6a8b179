/**
 * The job behind a film: files → copies → joints and sound → film → check → its name. Each step leaves a file under its
 * key, so that a killed job goes on where it was, with the same pictures; the final name is given last, after the check.
 */
import type { z } from 'zod';

import { type AssemblePayload, AssemblePayloadSchema, type AssemblyResult } from '../../../contract/documents/assembly.ts';
import { AppError } from '../../../contract/errors.ts';
import { assemblyText } from '../../../contract/text/en/assembly.ts';
import { secondsOfFrames } from '../../../contract/units.ts';
import type { Clock, NewId } from '../../clock.ts';
import type { JobContext, JobHandler } from '../../jobs/job-handler.ts';
import { encodedUnderPeak } from '../encoder-peak.ts';
import { type FilmParts, assembledArguments } from '../graphs/film-arguments.ts';
import { ENCODE_VERSION } from '../graphs/profile.ts';
import type { AssemblyArtifacts, AssemblyFiles, AssemblyTools, BlueprintFiles, ClipHashes, RunOptions, SoundFacts, SoundMaster } from '../ports.ts';
import { partsOf } from '../timeline/parts.ts';
import { type Timeline, isFade } from '../timeline/timeline.ts';
import { type FoundMedia, findMedia } from './clips.ts';
import { ClipCopies } from './copies.ts';
import { allCopies } from './copy-set.ts';
import { diskNeed } from './estimate.ts';
import { FilmPicture } from './film-picture.ts';
import { type RoughPlan, finalTimeline, roughPlan } from './plan.ts';
import { type FinishedFilm, type Ready, artifactOf, resultOf } from './film-record.ts';
import { FilmSound, type MadeSound } from './sound.ts';
import { type Planned, isComplete, verifyFilm, wrongFrames } from './verify.ts';

export interface AssemblyPorts {
  readonly tools: AssemblyTools;
  readonly files: AssemblyFiles;
  readonly inputs: BlueprintFiles;
  readonly hashes: ClipHashes;
  readonly sound: SoundMaster;
  readonly artifacts: AssemblyArtifacts;
  /** Begins what is slow to begin, while the files are found. */
  warmUp(): void;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly programVersion: string;
  /** Processors to use. */
  readonly cores: number;
  onResult(payload: AssemblePayload, result: AssemblyResult): void;
}

const { find: FIND, copy: COPY, join: JOIN, sound: SOUND, film: FILM, check: CHECK } = assemblyText.stage;
const STAGES = [
  { name: FIND, weight: 0.03 },
  { name: COPY, weight: 0.52 },
  { name: JOIN, weight: 0.2 },
  { name: SOUND, weight: 0.1 },
  { name: FILM, weight: 0.07 },
  { name: CHECK, weight: 0.08 },
] as const;

export function assembleHandler(ports: AssemblyPorts): JobHandler<AssemblePayload, AssemblyResult> {
  return {
    kind: 'assemble',
    payload: AssemblePayloadSchema as z.ZodType<AssemblePayload>,
    stages: STAGES,
    lane: 'heavy',
    run: (payload, context) => new AssembleRun(ports, payload, context).run(),
  };
}

interface HeardSound extends MadeSound {
  /** What hearing it showed; it goes into the film as it is. */
  readonly heard: Promise<SoundFacts>;
}

class AssembleRun {
  readonly #ports: AssemblyPorts;
  readonly #payload: AssemblePayload;
  readonly #context: JobContext;
  readonly #end = new AbortController();
  /** Joints, looking and hearing, while other things are made. */
  readonly #begun: Promise<unknown>[] = [];

  constructor(ports: AssemblyPorts, payload: AssemblePayload, context: JobContext) {
    this.#ports = ports;
    this.#payload = payload;
    this.#context = context;
  }

  get #options(): RunOptions {
    return { signal: this.#context.signal, onCommand: (program, args) => this.#context.command(program, args) };
  }

  /** Provenance for the container's metadata: no paths, no personal data. */
  get #comment(): string {
    const { task_id: id, generation_parameters: parameters } = this.#payload.blueprint;
    const seed = typeof parameters['seed'] === 'number' ? `; seed ${parameters['seed']}` : '';
    return `Kinetone ${this.#ports.programVersion}; blueprint ${id}${seed}; assembly ${ENCODE_VERSION}`;
  }

  async run(): Promise<AssemblyResult> {
    const { signal } = this.#context;
    this.#ports.warmUp();
    const media = await findMedia(this.#ports, this.#payload, {
      signal,
      note: (line) => this.#context.note(line),
      onFound: (done) => this.#context.stage(FIND, done),
    });
    const rough = await roughPlan(this.#ports.tools, this.#payload, media, signal);
    this.#context.stage(FIND, 1);
    await this.#requireSpace(rough);
    this.#context.stage(COPY, 0);
    const { copies, made } = await allCopies(this.#ports, rough, { ...this.#options, onProgress: ({ done, speed }) => this.#context.stage(COPY, done, speed === undefined ? {} : { speed }) });
    this.#context.stage(COPY, 1);
    const { blueprint } = this.#payload;
    const timeline = finalTimeline(blueprint, media, copies, rough);
    const parts = partsOf(timeline, copies);
    return this.#finish({ rough, timeline, copies, parts, copiesMade: made }, media);
  }

  /** Before anything is written: the copies that are missing, joints, sound, and the film. */
  async #requireSpace({ orders, profile }: RoughPlan): Promise<void> {
    const { files } = this.#ports;
    const need = diskNeed(new ClipCopies(this.#ports).missing(orders), profile, this.#payload.blueprint.total_duration);
    await files.requireSpace(files.copyPath('space', 'h264'), need.work);
    if (this.#payload.output !== null) await files.requireSpace(this.#payload.output.path, need.film);
  }

  #picture(ready: Ready): FilmPicture {
    return new FilmPicture(this.#ports, ready, {
      onCommand: (program, args) => this.#context.command(program, args),
      onJoints: (done) => this.#context.stage(JOIN, done),
      beside: (work) => this.#beside(work),
    });
  }

  /** Beside the joints: its encoder keeps one core busy, they the others. @throws what a joint threw, without waiting for the sound */
  async #sound({ timeline }: Ready, media: FoundMedia, ceilingDb: number, picture: FilmPicture): Promise<HeardSound | null> {
    const making = this.#beside((signal) => new FilmSound(this.#ports).make(timeline, this.#payload.blueprint, media, { ...this.#options, signal, comment: this.#comment, ceilingDb }));
    let isWaitedFor = true;
    const whenJoined = picture.sizes.then(() => {
      if (isWaitedFor) this.#context.stage(SOUND, 0);
      return making;
    });
    const sound = await Promise.race([making, whenJoined]);
    isWaitedFor = false;
    if (picture.isMade) this.#context.stage(SOUND, 1);
    return sound && { ...sound, heard: this.#beside((stop) => this.#ports.tools.hear(sound.path, sound.demuxer, stop)) };
  }

  /** Begins work that goes on beside the other until it is done or this run ends; its fault is thrown where it is asked for. */
  #beside<Fact>(work: (signal: AbortSignal) => Promise<Fact>): Promise<Fact> {
    const begun = work(AbortSignal.any([this.#context.signal, this.#end.signal]));
    this.#begun.push(begun);
    begun.catch(() => undefined);
    return begun;
  }

  async #finish(ready: Ready, media: FoundMedia): Promise<AssemblyResult> {
    const { files, newId, clock } = this.#ports;
    const { blueprint, output } = this.#payload;
    const { output_format: format } = blueprint.output_config;
    const id = newId();
    const target = output?.path ?? files.artifactPath(id, format);
    const partial = files.partialPath(target, this.#context.job.id);
    try {
      const picture = this.#picture(ready);
      const { sound, verification } = await encodedUnderPeak(format === 'mkv' ? 'lossless' : 'lossy', async (ceilingDb) => {
        // A second time only the sound is made anew.
        const made = await this.#sound(ready, media, ceilingDb, picture);
        await this.#film(picture, { sound: made, rate: ready.timeline.rate, comment: this.#comment }, ready.timeline, partial);
        const { heard, verification: card } = await this.#check(ready.timeline, picture, made, partial);
        return { truePeakDb: heard?.truePeakDb ?? null, result: { sound: made, verification: card } };
      });
      const bytes = await files.publish(partial, target);
      const film: FinishedFilm = { id, bytes, ready, sound, verification };
      this.#ports.artifacts.add(artifactOf(film, this.#payload, { jobId: this.#context.job.id, programVersion: this.#ports.programVersion, nowMs: clock.nowMs() }), target);
      const result = resultOf(film, this.#payload.blueprint);
      this.#ports.onResult(this.#payload, result);
      await files.keepCopies(ready.copies.map(({ path }) => path), clock.nowMs());
      await files.trim(clock.nowMs());
      return result;
    } finally {
      // After a fault other work may still go on.
      this.#end.abort();
      await Promise.allSettled(this.#begun);
      await files.discard(partial);
    }
  }

  async #film(picture: FilmPicture, film: FilmParts, { frames, rate }: Timeline, partial: string): Promise<void> {
    const tell = (done: number): void => {
      // Before the last joint is made its stage is what is waited for.
      if (picture.isMade) this.#context.stage(FILM, done);
    };
    tell(0);
    const args = assembledArguments(film, this.#payload.blueprint.output_config.output_format, partial);
    await this.#ports.tools.run(args, secondsOfFrames(frames, rate), { ...this.#options, input: picture.stream(), onProgress: ({ done }) => tell(done) });
    tell(1);
  }

  /** @throws AppError 'render-incomplete' where other pictures are in the film than planned, or its sound is missing */
  async #check(timeline: Timeline, picture: FilmPicture, sound: HeardSound | null, partial: string): Promise<{ heard: SoundFacts | null; verification: AssemblyResult['verification'] }> {
    const { tools } = this.#ports;
    const { signal } = this.#context;
    const planned: Planned = { timeline, sizes: await picture.sizes, sound, still: stillSpans(timeline) };
    this.#context.stage(CHECK, 0);
    const [facts, heard, seen] = await Promise.all([tools.packets(partial, signal), sound?.heard ?? null, picture.seen, tools.begin(partial, signal)]);
    if (!isComplete(planned, facts)) {
      const what = `it has ${facts.sizes.length} pictures for ${timeline.frames}, ${wrongFrames(planned, facts)} of them are not the planned ones`;
      throw new AppError('render-incomplete', `The film did not come out as planned: ${what}${(sound === null) === (facts.sound === null) ? '' : ', and its sound is missing'}.`, { hint: 'Assemble it again; the job’s log has the commands.' });
    }
    const verification = verifyFilm(planned, facts, { seen, heard });
    this.#context.stage(CHECK, 1);
    for (const check of verification.checks.filter(({ passed }) => !passed)) this.#context.note(`${check.name}: expected ${check.expected}, measured ${check.measured}`);
    return { heard, verification };
  }
}

/** Fades to a colour and held pictures are meant. */
function stillSpans({ clips }: Timeline): { from: number; to: number }[] {
  return clips.flatMap(({ start, into }) => (into !== null && (isFade(into.kind) || into.held > 0) ? [{ from: start - into.before, to: start + into.after }] : []));
}
