/**
 * One running host process, whatever starts it: a forked Node here, Electron's utilityProcess in the desktop shell.
 * Thin on purpose: messages, its end, and the end of its stderr.
 */
export interface HostExit {
  readonly status: number | null;
  readonly signal: string | null;
  /** The last 4 KiB of stderr. */
  readonly stderr: string;
}

export interface HostProcess {
  readonly pid: number | undefined;
  /** Structured clone: typed arrays arrive as typed arrays, copied. Throws when the process is gone. */
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Once, when the process has ended, for whatever reason. */
  onExit(listener: (exit: HostExit) => void): void;
  /** Asks it to end by closing its channel. */
  disconnect(): void;
  /** Ends it at once. */
  kill(): void;
}

export type StartHostProcess = () => HostProcess;
