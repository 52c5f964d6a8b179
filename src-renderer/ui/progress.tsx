/** A bar of progress, 0..100. */
import './progress.css';

interface ProgressBarProps {
  readonly label: string;
  readonly percent: number;
  readonly tone?: 'run' | 'ok' | 'danger' | 'rest';
}

export function ProgressBar({ label, percent, tone = 'run' }: ProgressBarProps): React.JSX.Element {
  return (
    <div
      className={`progress progress-${tone}`}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(percent)}
    >
      <span style={{ transform: `scaleX(${Math.max(0, Math.min(100, percent)) / 100})` }} />
    </div>
  );
}
