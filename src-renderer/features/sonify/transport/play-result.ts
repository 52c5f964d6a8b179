/** Plays a finished result with its picture from the result's beginning. */
import { attempt } from '../../../stores/toast-store.ts';
import { startOf } from '../player/performance.ts';
import { player } from '../player/player.ts';
import { usePlayer } from '../player/player-store.ts';

async function play(artifactId: string): Promise<void> {
  const startS = await startOf(artifactId);
  player.result.setArtifact(artifactId, startS);
  usePlayer.setState({ resultId: artifactId });
  player.pause();
  player.setOutput('result');
  player.seek(startS);
  player.play();
}

export function playResult(artifactId: string): void {
  attempt(play(artifactId));
}
