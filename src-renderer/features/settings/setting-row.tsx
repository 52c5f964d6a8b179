/** One setting: name and line at the left, the control at the right. */
interface SettingRowProps {
  readonly label: string;
  readonly line?: string;
  readonly children: React.ReactNode;
}

export function SettingRow({ label, line, children }: SettingRowProps): React.JSX.Element {
  return (
    <div className="setting-row">
      <div>
        <strong>{label}</strong>
        {line ? <p className="muted">{line}</p> : null}
      </div>
      <div className="setting-control">{children}</div>
    </div>
  );
}
