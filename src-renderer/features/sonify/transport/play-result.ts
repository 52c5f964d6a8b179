/** Plays a finished result with its picture from the beginning. */
import { player } from '../player/player.ts';
import { usePlayer } from '../player/player-store.ts';

export function playResult(artifactId: string): void {
  player.result.setArtifact(artifactId);
  usePlayer.setState({ resultId: artifactId });
  player.pause();
  player.setOutput('result');
  player.seek(0);
  player.play();
}
