/** Lights while the preview touches the limiter's ceiling of -1 dBTP; sample peaks, so within a few tenths of a decibel. */
import { useEffect, useRef } from 'react';

import { en } from '../../../../src-main/contract/text/en.ts';
import { onFrame } from '../../../ui/animation.ts';
import { liveCeiling, readMaster } from '../live/live-readings.ts';

/** -1.5 dB: a true peak of -1 dBTP leaves sample peaks about here. */
const NEAR_CEILING = 10 ** (-1.5 / 20);
const STAYS_MS = 180;

export function LimiterLight(): React.JSX.Element {
  const ref = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    let litUntilMs = 0;
    return onFrame((nowMs) => {
      const [left = 0, right = 0] = readMaster();
      if (Math.max(left, right) >= NEAR_CEILING * liveCeiling()) litUntilMs = nowMs + STAYS_MS;
      const isLit = nowMs < litUntilMs;
      if (ref.current) ref.current.dataset['lit'] = String(isLit);
      return isLit;
    });
  }, []);
  return (
    <span ref={ref} className="limiter-light" title={en.mapping.mixer.limiterLine}>
      {en.mapping.mixer.limiter}
    </span>
  );
}
