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
import { FilmPicture, type MadePicture } from './film-picture.ts';
import { type RoughPlan, finalTimeline, roughPlan } from './plan.ts';
import { inParallel } from './pool.ts';
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

interface Made {
  readonly picture: MadePicture;
  readonly sound: HeardSound | null;
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
  /** Looking and hearing, while other things are made. */
  readonly #senses: Promise<unknown>[] = [];

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

  /** Before anything is written: the copies that are missing, the film twice over, its sound. */
  async #requireSpace({ orders, profile }: RoughPlan): Promise<void> {
    const { files } = this.#ports;
    const need = diskNeed(new ClipCopies(this.#ports).missing(orders), profile, this.#payload.blueprint.total_duration);
    await files.requireSpace(files.copyPath('space', 'h264'), need.work);
    if (this.#payload.output !== null) await files.requireSpace(this.#payload.output.path, need.film);
  }

  /** Both at once: the sound's encoder keeps one core busy, the joints the others. */
  async #pictureAndSound(ready: Ready, media: FoundMedia, picturePath: string, ceilingDb: number): Promise<Made> {
    const made: { picture?: MadePicture; sound?: HeardSound | null } = {};
    const sound = async (signal: AbortSignal): Promise<void> => {
      made.sound = await this.#sound(ready, media, ceilingDb, signal);
    };
    const picture = async (signal: AbortSignal): Promise<void> => {
      made.picture = await this.#picture(ready, picturePath, signal);
      this.#context.stage(SOUND, made.sound === undefined ? 0 : 1);
    };
    await inParallel([sound, picture], 2, this.#context.signal, (work, _, signal) => work(signal));
    this.#context.stage(SOUND, 1);
    return { picture: made.picture as MadePicture, sound: made.sound ?? null };
  }

  async #sound({ timeline }: Ready, media: FoundMedia, ceilingDb: number, signal: AbortSignal): Promise<HeardSound | null> {
    const sound = await new FilmSound(this.#ports).make(timeline, this.#payload.blueprint, media, { ...this.#options, signal, comment: this.#comment, ceilingDb });
    return sound && { ...sound, heard: this.#sensed((stop) => this.#ports.tools.hear(sound.path, sound.demuxer, stop)) };
  }

  /** Begins to look or listen: it goes on beside the other work until this run ends, and its fault is thrown where it is asked for. */
  #sensed<Fact>(sense: (signal: AbortSignal) => Promise<Fact>): Promise<Fact> {
    const sensed = sense(AbortSignal.any([this.#context.signal, this.#end.signal]));
    this.#senses.push(sensed);
    sensed.catch(() => undefined);
    return sensed;
  }

  #picture(ready: Ready, path: string, signal: AbortSignal): Promise<MadePicture> {
    const onProgress: RunOptions['onProgress'] = ({ done }) => this.#context.stage(JOIN, done);
    return new FilmPicture(this.#ports).make(ready, path, { ...this.#options, signal, onProgress, sensed: (sense) => this.#sensed(sense) });
  }

  async #finish(ready: Ready, media: FoundMedia): Promise<AssemblyResult> {
    const { files, newId, clock } = this.#ports;
    const { blueprint, output } = this.#payload;
    const { output_format: format } = blueprint.output_config;
    const id = newId();
    const target = output?.path ?? files.artifactPath(id, format);
    const partial = files.partialPath(target, this.#context.job.id);
    const picturePath = files.partialPath(files.workPath(`film-${id}`, 'h264'), this.#context.job.id);
    try {
      let made: Made | null = null;
      const { sound, verification } = await encodedUnderPeak(format === 'mkv' ? 'lossless' : 'lossy', async (ceilingDb) => {
        // A second time only the sound is made anew.
        made = made === null ? await this.#pictureAndSound(ready, media, picturePath, ceilingDb) : { ...made, sound: await this.#sound(ready, media, ceilingDb, this.#context.signal) };
        await this.#film({ picturePath, sound: made.sound, rate: ready.timeline.rate, comment: this.#comment }, ready.timeline, partial);
        const { heard, verification: card } = await this.#check(ready.timeline, made, partial);
        return { truePeakDb: heard?.truePeakDb ?? null, result: { sound: made.sound, verification: card } };
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
      // After a fault it may still be looked and listened.
      this.#end.abort();
      await Promise.allSettled(this.#senses);
      await files.discard(partial);
      await files.discard(picturePath);
    }
  }

  async #film(film: FilmParts, { frames, rate }: Timeline, partial: string): Promise<void> {
    this.#context.stage(FILM, 0);
    const args = assembledArguments(film, this.#payload.blueprint.output_config.output_format, partial);
    await this.#ports.tools.run(args, secondsOfFrames(frames, rate), { ...this.#options, onProgress: ({ done }) => this.#context.stage(FILM, done) });
    this.#context.stage(FILM, 1);
  }

  /** @throws AppError 'render-incomplete' where other pictures are in the film than planned, or its sound is missing */
  async #check(timeline: Timeline, { picture, sound }: Made, partial: string): Promise<{ heard: SoundFacts | null; verification: AssemblyResult['verification'] }> {
    const { tools } = this.#ports;
    const { signal } = this.#context;
    const planned: Planned = { timeline, sizes: picture.sizes, sound, still: stillSpans(timeline) };
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
