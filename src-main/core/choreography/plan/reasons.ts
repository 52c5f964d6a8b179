/** Why a move stands where it stands, in plain words: what is best about it first, and what is not good about it. Pure. */
import type { ScoreParts } from '../../../contract/documents/choreography.ts';
import { choreographyText } from '../../../contract/text/en/choreography.ts';
import type { Scene, Variant } from './variants.ts';
import type { Slot } from './slots.ts';
import { type Place, isAbout } from './wishes.ts';

const say = choreographyText.reason;
const GOOD = 0.75;
const POOR = 0.45;
const MOST = 4;

const levelOf = (energy: number): string => (energy < 0.35 ? 'low' : energy < 0.65 ? 'medium' : 'high');

export function reasonOf(scene: Scene, variant: Variant, { slot, place, parts, isRepeat }: { slot: Slot; place: Place; parts: ScoreParts; isRepeat: boolean }): string {
  const { clip, landing } = variant;
  const { parameters, prefer } = scene.wishes;
  const wished = prefer.findIndex((stem) => isAbout(clip, stem));
  const level = clip.energyLevel ?? levelOf(clip.energy);
  const reasons = [
    isRepeat ? say.repeat : null,
    clip.role === 'intro' && place.isFirst ? say.intro : null,
    clip.role === 'outro' && place.isLast ? say.outro : null,
    wished >= 0 ? say.prefer(parameters.prefer[wished] ?? '') : null,
    scene.music.hasBeats && landing.landings > 0 && landing.hits > 0 ? say.beats(landing.hits, landing.landings) : null,
    parts.energy >= GOOD ? say.energy(level, slot.section?.label ?? null) : parts.energy < POOR ? say.energyOff(level) : null,
    parts.flow >= GOOD && !place.isFirst ? say.flow : null,
    parameters.style !== null && parts.labels >= GOOD && clip.style !== null ? say.style(clip.style) : null,
    parameters.difficulty !== null && clip.difficulty === parameters.difficulty ? say.difficulty(clip.difficulty) : null,
    parts.match >= GOOD ? say.match : null,
  ].filter((reason): reason is string => reason !== null);
  return reasons.length === 0 ? say.plain : reasons.slice(0, MOST).join(' · ');
}
