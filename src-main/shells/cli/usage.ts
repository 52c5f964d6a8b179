/** What `kinetone --help` says, and the error of a command that was called wrongly (exit code 2). */
export class UsageError extends Error {}

export const USAGE = `Kinetone turns video into sound and music into video.

  kinetone sonify VIDEO -o OUT.{mp4,mov,mkv,wav,flac} [--mapping NAME|FILE] [--seed N] [--stems DIR]
                  [--loudness LUFS|off] [--original drop|mix|duck] [--overwrite]
  kinetone analyze VIDEO [--json] [-o FILE.json|.csv [--overwrite]]
  kinetone flow A.png B.png -o OUT.flo [--overwrite]    dense optical flow of one pair (Middlebury format)
  kinetone song AUDIO [--again]                        tempo, beats, bars, sections, key
  kinetone play VIDEO|camera [--camera NAME] [--device NAME] [--buffer FRAMES] [--mapping NAME|FILE] [--seed N] [--speed X] [--loop]
                [--record OUT.wav [--overwrite]]
  kinetone devices
  kinetone choreograph --song AUDIO | --describe TEXT [--song AUDIO]
                [--difficulty D] [--energy E] [--style S] [--seed N] [--gemini] [-o OUT.{mp4,mov,mkv} [--preset P]] [--blueprint FILE] [--overwrite]
  kinetone assemble BLUEPRINT.json [-o OUT.{mp4,mov,mkv,edl,otio}] [--root DIR] [--preset low|medium|high]
                  [--estimate] [--overwrite]
                  or the blueprint in $BLUEPRINT_JSON, or its file in $BLUEPRINT_FILE
  kinetone media add PATH… | list | show ID | remove ID
  kinetone models list | add PATH… | verify [ID] | remove ID     optional models for songs and clips
  kinetone library add PATH… [--annotations FILE] | list | show ID | remove ID        moves
  kinetone library search TEXT | --like ID | --follow ID
                  [--difficulty D] [--energy E] [--style S] [--top N] [--json]
  kinetone jobs list | show ID | cancel ID | retry ID
  kinetone studio [--headless] [--port N]      opens the studio
  kinetone serve [--port N]                    the studio and its API for machines without a screen
  kinetone doctor                              explains this machine

Every command takes --data-dir DIR, --json and --quiet. Exit codes: 0 done, 1 failed, 2 called wrongly, 130 interrupted.
`;
