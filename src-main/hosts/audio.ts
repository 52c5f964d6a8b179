/**
 * The audio host: owns the sound device in a process of its own, so that nothing the studio does is heard. One `play` call
 * per sounding session; it ends when the call is given up.
 */
import { AppError } from '../contract/errors.ts';
import { LiveCommandInputSchema, PlayInputSchema } from '../contract/hosts/live.ts';
import type { HostMethod, HostMethods } from '../core/host.ts';
import { LiveSession } from './live/live-session.ts';
import { devicesMethod } from './methods/devices.ts';
import { serveParent } from './serve-parent.ts';

/** What sounds, and what still fades out when its session sounds again already. */
const sessions = new Map<string, LiveSession>();
const ending = new Map<string, Promise<void>>();

const play: HostMethod = async (input, { signal, emit, caller }) => {
  const parsed = PlayInputSchema.parse(input);
  const { session_id: id } = parsed;
  const before = sessions.get(id);
  if (before && !before.isOver) throw new AppError('internal', 'This session sounds already.');
  const session = new LiveSession(parsed, caller, emit, signal);
  // At once, so that commands that follow the call find it.
  sessions.set(id, session);
  const running = session.run(ending.get(id) ?? Promise.resolve());
  const ended = running.catch(() => undefined);
  ending.set(id, ended);
  try {
    await running;
  } finally {
    if (sessions.get(id) === session) sessions.delete(id);
    if (ending.get(id) === ended) ending.delete(id);
  }
};

const command: HostMethod = async (input) => {
  const { session_id: id, command: wanted } = LiveCommandInputSchema.parse(input);
  const session = sessions.get(id);
  if (!session) throw new AppError('session-silent', 'This session does not sound.', { hint: 'Start its sound first.' });
  return session.command(wanted);
};

export const methods: HostMethods = { play, command, devices: devicesMethod };

serveParent(methods);
