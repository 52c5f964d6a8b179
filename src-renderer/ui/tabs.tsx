/** Tabs in the studio's look; panels that are not shown are not mounted. */
import { Tabs as Radix } from 'radix-ui';

import './tabs.css';

interface TabsProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly tabs: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
  readonly children: React.ReactNode;
  readonly className?: string;
}

export function Tabs<Value extends string>({
  label,
  value,
  tabs,
  onChange,
  children,
  className = '',
}: TabsProps<Value>): React.JSX.Element {
  return (
    <Radix.Root className={`tabs ${className}`} value={value} onValueChange={(next) => onChange(next as Value)}>
      <Radix.List className="tabs-list" aria-label={label}>
        {tabs.map((tab) => (
          <Radix.Trigger key={tab.value} className="tab" value={tab.value}>
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      <Radix.Content className="tabs-panel" value={value} tabIndex={-1}>
        {children}
      </Radix.Content>
    </Radix.Root>
  );
}
