/** A job's log and the commands it ran, newest last; read again while it runs. */
import { Copy } from 'lucide-react';
import { useEffect, useState } from 'react';

import type { JobLog } from '../../../src-main/contract/operations/jobs.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { call } from '../../api/client.ts';
import { sayError } from '../../stores/toast-store.ts';
import { Button } from '../../ui/button.tsx';

const AGAIN_MS = 1500;

export function JobLogView({
  jobId,
  isRunning,
}: {
  readonly jobId: string;
  readonly isRunning: boolean;
}): React.JSX.Element {
  const [log, setLog] = useState<JobLog | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    const read = (): void => {
      call('getJobLog', { params: { id: jobId }, signal: abort.signal }).then(setLog, (error: unknown) =>
        sayError(error),
      );
    };
    read();
    const timer = isRunning ? setInterval(read, AGAIN_MS) : undefined;
    return () => {
      clearInterval(timer);
      abort.abort();
    };
  }, [jobId, isRunning]);
  const text = log ? [...log.commands.map((command) => `$ ${command}`), ...log.lines].join('\n') : '';
  return (
    <div className="job-log">
      <pre className="figures selectable" tabIndex={0} aria-label={en.jobs.log}>
        {text === '' ? en.jobs.noLog : text}
      </pre>
      <Button
        tone="quiet"
        icon={Copy}
        disabled={text === ''}
        onClick={() => void navigator.clipboard.writeText(text).catch(() => undefined)}
      >
        {en.jobs.copyLog}
      </Button>
    </div>
  );
}
