/** Commands that work in every workspace. */
import { en } from '../../../src-main/contract/text/en.ts';
import { useCommands } from '../../stores/command-store.ts';
import type { CommandHandlers } from '../../stores/command-store.ts';
import { startProject } from '../../stores/project-list-store.ts';
import { redo, undo, useProject } from '../../stores/project-store.ts';
import { forgetLayout } from '../../stores/settings-store.ts';
import { useShell } from '../../stores/shell-store.ts';
import { attempt, say } from '../../stores/toast-store.ts';
import { setLearning, useMidi } from '../midi/midi-store.ts';
import { addFolder } from '../library/folder-actions.ts';
import { pickAndImport } from '../library/pick-media.ts';
import { player } from '../sonify/player/player.ts';

const hasProject = (): boolean => useProject.getState().project !== null;
const shell = useShell.getState;

function toggleFullscreen(): void {
  attempt(document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());
}

async function resetLayout(): Promise<void> {
  await forgetLayout();
  globalThis.dispatchEvent(new Event('kinetone-layout-reset'));
  say(en.settings.layoutDone);
}

const handlers: CommandHandlers = {
  'palette.open': { run: () => shell().openDialog('palette') },
  'shortcuts.open': { run: () => shell().openDialog('shortcuts') },
  'settings.open': { run: () => shell().openDialog('settings') },
  'jobs.toggle': { run: () => shell().toggleSheet('jobs') },
  'history.open': { run: () => shell().toggleSheet('history'), isEnabled: hasProject },
  'play.panic': { run: () => player.panic() },
  'sound.resume': { run: () => attempt(player.live.control({ action: 'resume' })), isEnabled: () => player.live.isSounding },
  'audio.open': { run: () => shell().toggleSheet('audio') },
  'midi.open': { run: () => shell().toggleSheet('midi') },
  'midi.learn': { run: () => setLearning(!useMidi.getState().isLearning) },
  'export.open': { run: () => shell().toggleSheet('export'), isEnabled: hasProject },
  'project.new': { run: () => attempt(startProject(null)) },
  'project.open': { run: () => shell().openDialog('open-project') },
  'project.rename': { run: () => shell().openDialog('rename'), isEnabled: hasProject },
  'project.save': { run: () => say(en.frame.savedAlready) },
  'media.import': { run: () => attempt(pickAndImport('files')) },
  'media.importFolder': { run: () => attempt(pickAndImport('folder')) },
  'library.addFolder': { run: () => attempt(addFolder()) },
  'edit.undo': { run: undo, isEnabled: () => useProject.getState().project?.undo_label != null },
  'edit.redo': { run: redo, isEnabled: () => useProject.getState().project?.redo_label != null },
  'go.start': { run: () => shell().go('start') },
  'go.sonify': { run: () => shell().go('sonify') },
  'go.library': { run: () => shell().go('library') },
  'go.choreography': { run: () => shell().go('choreography') },
  'window.fullscreen': { run: toggleFullscreen },
  'layout.reset': { run: () => attempt(resetLayout()) },
};

export function useFrameCommands(): void {
  useCommands(handlers);
}
