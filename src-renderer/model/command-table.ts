/**
 * Every command of the studio: one table with its menu and keys. Menu, palette, tooltips, shortcut sheet and the key
 * settings read this; what a command does is registered by the screen that can do it (command-registry.ts).
 */
import { en } from '../../src-main/contract/text/en.ts';

export type MenuId = keyof typeof en.command.menu;
export type CommandId = keyof typeof en.command.label;

export interface CommandSpec {
  readonly menu: MenuId;
  /** Default keys, the first one shown. */
  readonly keys: readonly string[];
  /** Works while a dialog is open or a field has the focus. */
  readonly isGlobal?: boolean;
  /** The key may be held down (frame steps). */
  readonly repeats?: boolean;
  /** The screen it belongs to: commands of different screens may share a key. */
  readonly place?: Place;
}

/** Screens with keys of their own, the innermost first: where two are shown, its command has the key. */
export const PLACES = ['song', 'library', 'choreography', 'sonify'] as const;
export type Place = (typeof PLACES)[number];

export const commandTable: Readonly<Record<CommandId, CommandSpec>> = {
  'project.new': { menu: 'file', keys: ['Ctrl+Alt+N'] },
  'project.open': { menu: 'file', keys: ['Ctrl+O'] },
  'project.rename': { menu: 'file', keys: ['F2'], place: 'sonify' },
  'project.save': { menu: 'file', keys: ['Ctrl+S'] },
  'media.import': { menu: 'file', keys: ['Ctrl+I'] },
  'media.importFolder': { menu: 'file', keys: ['Ctrl+Shift+I'] },
  'export.open': { menu: 'file', keys: ['Ctrl+E'] },
  'settings.open': { menu: 'file', keys: ['Ctrl+,'] },
  'edit.undo': { menu: 'edit', keys: ['Ctrl+Z'], repeats: true },
  'edit.redo': { menu: 'edit', keys: ['Ctrl+Shift+Z', 'Ctrl+Y'], repeats: true },
  'history.open': { menu: 'edit', keys: ['Ctrl+H'] },
  'row.add': { menu: 'edit', keys: [] },
  'palette.open': { menu: 'view', keys: ['Ctrl+K'] },
  'jobs.toggle': { menu: 'view', keys: ['Ctrl+J'] },
  'zoom.fit': { menu: 'view', keys: ['Z'] },
  'zoom.in': { menu: 'view', keys: ['+', '='], repeats: true },
  'zoom.out': { menu: 'view', keys: ['-'], repeats: true },
  'overlay.flow': { menu: 'view', keys: ['1'] },
  'overlay.regions': { menu: 'view', keys: ['2'] },
  'overlay.edges': { menu: 'view', keys: ['3'] },
  'overlay.colours': { menu: 'view', keys: ['4'] },
  'window.fullscreen': { menu: 'view', keys: ['F'] },
  'layout.reset': { menu: 'view', keys: [] },
  'play.toggle': { menu: 'playback', keys: ['Space'] },
  'play.pause': { menu: 'playback', keys: ['K'] },
  'play.shuttleBack': { menu: 'playback', keys: ['J'], repeats: true, place: 'sonify' },
  'play.shuttleForward': { menu: 'playback', keys: ['L'], repeats: true, place: 'sonify' },
  'play.stepBack': { menu: 'playback', keys: ['ArrowLeft', ','], repeats: true, place: 'sonify' },
  'play.stepForward': { menu: 'playback', keys: ['ArrowRight', '.'], repeats: true, place: 'sonify' },
  'play.secondBack': { menu: 'playback', keys: ['Shift+ArrowLeft'], repeats: true, place: 'sonify' },
  'play.secondForward': { menu: 'playback', keys: ['Shift+ArrowRight'], repeats: true, place: 'sonify' },
  'play.beatBack': { menu: 'playback', keys: ['Ctrl+ArrowLeft'], repeats: true },
  'play.beatForward': { menu: 'playback', keys: ['Ctrl+ArrowRight'], repeats: true },
  'play.cutBack': { menu: 'playback', keys: ['ArrowUp', 'Alt+ArrowLeft'], repeats: true },
  'play.cutForward': { menu: 'playback', keys: ['ArrowDown', 'Alt+ArrowRight'], repeats: true },
  'play.start': { menu: 'playback', keys: ['Home'] },
  'play.end': { menu: 'playback', keys: ['End'] },
  'range.in': { menu: 'range', keys: ['I'] },
  'range.out': { menu: 'range', keys: ['O'] },
  'range.goIn': { menu: 'range', keys: ['Shift+I'] },
  'range.goOut': { menu: 'range', keys: ['Shift+O'] },
  'range.preview': { menu: 'range', keys: ['Enter'], place: 'sonify' },
  'range.clear': { menu: 'range', keys: ['X'] },
  'marker.add': { menu: 'range', keys: ['M'] },
  'snap.toggle': { menu: 'range', keys: ['S'], place: 'sonify' },
  'sound.preview': { menu: 'sound', keys: ['P'] },
  'sound.result': { menu: 'sound', keys: ['R'], place: 'sonify' },
  'sound.film': { menu: 'sound', keys: ['G'] },
  'sound.live': { menu: 'sound', keys: ['V'] },
  'audio.open': { menu: 'sound', keys: ['Ctrl+Shift+A'] },
  'sound.compare': { menu: 'sound', keys: ['C'], place: 'sonify' },
  'tempo.tap': { menu: 'sound', keys: ['T'] },
  'play.panic': { menu: 'sound', keys: ['Shift+Escape'], isGlobal: true },
  'source.camera': { menu: 'live', keys: ['Shift+C'] },
  'camera.mirror': { menu: 'live', keys: [] },
  'midi.open': { menu: 'live', keys: ['Ctrl+Shift+M'] },
  'midi.learn': { menu: 'live', keys: ['Shift+M'] },
  'record.toggle': { menu: 'live', keys: ['Shift+R'] },
  'sound.resume': { menu: 'live', keys: [] },
  'scene.store': { menu: 'live', keys: ['Shift+S'] },
  'scene.1': { menu: 'live', keys: ['Alt+1'] },
  'scene.2': { menu: 'live', keys: ['Alt+2'] },
  'scene.3': { menu: 'live', keys: ['Alt+3'] },
  'scene.4': { menu: 'live', keys: ['Alt+4'] },
  'scene.5': { menu: 'live', keys: ['Alt+5'] },
  'scene.6': { menu: 'live', keys: ['Alt+6'] },
  'scene.7': { menu: 'live', keys: ['Alt+7'] },
  'scene.8': { menu: 'live', keys: ['Alt+8'] },
  'scene.9': { menu: 'live', keys: ['Alt+9'] },
  'library.search': { menu: 'library', keys: ['/', 'Ctrl+F'], place: 'library' },
  'library.addFolder': { menu: 'library', keys: ['Ctrl+Shift+O'] },
  'library.open': { menu: 'library', keys: ['Enter'], place: 'library' },
  'library.edit': { menu: 'library', keys: ['E', 'F2'], place: 'library' },
  'library.like': { menu: 'library', keys: ['L'], place: 'library' },
  'library.follow': { menu: 'library', keys: ['Shift+L'], place: 'library' },
  'library.selectAll': { menu: 'library', keys: ['Ctrl+A'], place: 'library' },
  'library.makeMoves': { menu: 'library', keys: ['Ctrl+M'], place: 'library' },
  'library.analyse': { menu: 'library', keys: ['A'], place: 'library' },
  'library.remove': { menu: 'library', keys: ['Delete'], place: 'library' },
  'song.analyse': { menu: 'song', keys: ['A'], place: 'song' },
  'song.click': { menu: 'song', keys: ['C'], place: 'song' },
  'song.nudgeEarlier': { menu: 'song', keys: ['ArrowLeft'], repeats: true, place: 'song' },
  'song.nudgeLater': { menu: 'song', keys: ['ArrowRight'], repeats: true, place: 'song' },
  'song.nudgeEarlierFine': { menu: 'song', keys: ['Shift+ArrowLeft'], repeats: true, place: 'song' },
  'song.nudgeLaterFine': { menu: 'song', keys: ['Shift+ArrowRight'], repeats: true, place: 'song' },
  'song.halve': { menu: 'song', keys: ['H'], place: 'song' },
  'song.double': { menu: 'song', keys: ['D'], place: 'song' },
  'song.barEarlier': { menu: 'song', keys: ['Shift+B'], place: 'song' },
  'song.barLater': { menu: 'song', keys: ['B'], place: 'song' },
  'song.lock': { menu: 'song', keys: ['L'], place: 'song' },
  'song.split': { menu: 'song', keys: ['S'], place: 'song' },
  'song.reset': { menu: 'song', keys: ['Ctrl+Backspace'], place: 'song' },
  'clip.previous': { menu: 'choreography', keys: ['ArrowLeft'], repeats: true, place: 'choreography' },
  'clip.next': { menu: 'choreography', keys: ['ArrowRight'], repeats: true, place: 'choreography' },
  'clip.alternatives': { menu: 'choreography', keys: ['Enter'], place: 'choreography' },
  'clip.lock': { menu: 'choreography', keys: ['L'], place: 'choreography' },
  'clip.reroll': { menu: 'choreography', keys: ['R'], place: 'choreography' },
  'clip.remove': { menu: 'choreography', keys: ['Delete'], place: 'choreography' },
  'clip.split': { menu: 'choreography', keys: ['B'], place: 'choreography' },
  'clip.deselect': { menu: 'choreography', keys: ['Escape'], place: 'choreography' },
  'plan.make': { menu: 'choreography', keys: ['Ctrl+Enter'], place: 'choreography' },
  'plan.rerollSection': { menu: 'choreography', keys: ['Alt+R'], place: 'choreography' },
  'plan.rerollAll': { menu: 'choreography', keys: ['Ctrl+Alt+R'], place: 'choreography' },
  'plan.unlockAll': { menu: 'choreography', keys: [], place: 'choreography' },
  'dance.half': { menu: 'choreography', keys: ['H'], place: 'choreography' },
  'dance.mirror': { menu: 'choreography', keys: ['Q'], place: 'choreography' },
  'dance.loop': { menu: 'choreography', keys: ['W'], place: 'choreography' },
  'go.start': { menu: 'go', keys: ['Ctrl+1'] },
  'go.sonify': { menu: 'go', keys: ['Ctrl+2'] },
  'go.library': { menu: 'go', keys: ['Ctrl+3'] },
  'go.choreography': { menu: 'go', keys: ['Ctrl+4'] },
  'shortcuts.open': { menu: 'help', keys: ['?'] },
};

export const commandIds = Object.keys(commandTable) as CommandId[];

export function labelOf(id: CommandId): string {
  return en.command.label[id];
}
