/**
 * The stills of the four workspaces, drawn by code from what each one does: lanes from a moving picture, clips on a beat
 * grid, frames growing out of a waveform, scenes out of lines of text. Numbers are made, not random: every start looks
 * the same.
 */
import './stills.css';

/** A smooth made curve, 0..1. */
function wave(i: number, seed: number): number {
  return (
    0.5 +
    0.28 * Math.sin(i * 0.37 + seed) +
    0.16 * Math.sin(i * 0.91 + seed * 2.3) +
    0.06 * Math.sin(i * 2.3 + seed * 5)
  );
}

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

function Still({ children }: { readonly children: React.ReactNode }): React.JSX.Element {
  return (
    <svg className="still" viewBox="0 0 320 180" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
      {children}
    </svg>
  );
}

export function SonifyStill(): React.JSX.Element {
  const motion = range(81).map((i) => `${i * 4},${(146 - wave(i, 1.2) ** 1.6 * 44).toFixed(1)}`);
  return (
    <Still>
      {range(3).map((ring) => (
        <path
          key={ring}
          className="still-motion"
          d={`M ${96 + ring * 40} ${92 - ring * 6} a ${18 + ring * 4} ${18 + ring * 4} 0 1 1 ${34 + ring * 6} -10`}
          opacity={0.35 + ring * 0.25}
        />
      ))}
      {range(9).map((i) => (
        <path
          key={i}
          className="still-motion"
          d={`M ${60 + i * 26} ${76 - Math.sin(i) * 12} l ${12 + i * 1.2} ${-4 - i}`}
          opacity={0.25 + i * 0.06}
          strokeWidth={1.5}
        />
      ))}
      <circle className="still-colour" cx="226" cy="52" r="26" />
      <polygon className="still-motion-fill" points={`0,148 ${motion.join(' ')} 320,148`} />
      <polyline className="still-motion" points={motion.join(' ')} strokeWidth={1.75} />
      {range(40).map((i) => (
        <rect
          key={i}
          className="still-edges"
          x={i * 8 + 2}
          y={164 - wave(i, 4) * 12}
          width={3}
          height={wave(i, 4) * 12}
        />
      ))}
      {range(32).map((i) => (
        <rect
          key={i}
          className="still-colour"
          x={i * 10}
          y={168}
          width={10}
          height={12}
          opacity={0.25 + 0.6 * wave(i, 7)}
        />
      ))}
      <line className="still-head" x1="196" y1="98" x2="196" y2="180" />
    </Still>
  );
}

export function ChoreographyStill(): React.JSX.Element {
  const clips = [14, 62, 126, 158, 222, 286];
  return (
    <Still>
      {range(41).map((i) => (
        <rect
          key={i}
          className={i % 4 === 0 ? 'still-beat' : 'still-line'}
          x={14 + i * 8 - 0.5}
          y={i % 4 === 0 ? 58 : 64}
          width={1}
          height={i % 4 === 0 ? 14 : 8}
          opacity={i % 4 === 0 ? 1 : 0.9}
        />
      ))}
      {range(98).map((i) => {
        const level = wave(i, 2.2) * 36 * (i % 10 < 2 ? 1 : 0.62);
        return (
          <rect
            key={i}
            className="still-beat"
            x={14 + i * 3}
            y={34 - level / 2}
            width={1.6}
            height={level}
            opacity={0.45}
          />
        );
      })}
      {clips.slice(0, -1).map((x, i) => (
        <g key={x}>
          <rect
            className={i === 2 ? 'still-clip still-clip-on' : 'still-clip'}
            x={x + 1}
            y={84}
            width={(clips[i + 1] ?? 0) - x - 2}
            height={76}
            rx={3}
          />
          <Dancer x={(x + (clips[i + 1] ?? 0)) / 2} pose={i} />
        </g>
      ))}
    </Still>
  );
}

/** A figure of lines; each pose bends the arms and legs otherwise. */
function Dancer({ x, pose }: { readonly x: number; readonly pose: number }): React.JSX.Element {
  const arm = Math.sin(pose * 1.9) * 12;
  const leg = Math.cos(pose * 1.3) * 8;
  return (
    <g className="still-figure">
      <circle cx={x} cy={102} r={4} />
      <path
        d={`M ${x} 107 L ${x + leg * 0.3} 126 M ${x} 111 l -9 ${4 - arm} M ${x} 111 l 9 ${4 + arm} M ${x + leg * 0.3} 126 l ${-6 - leg * 0.5} 20 M ${x + leg * 0.3} 126 l ${7 - leg * 0.4} 20`}
      />
    </g>
  );
}

export function MusicVideoStill(): React.JSX.Element {
  return (
    <Still>
      {range(4).map((i) => (
        <g key={i} opacity={0.35 + i * 0.2}>
          <rect className="still-clip" x={58 + i * 34} y={22 + i * 10} width={112} height={72} rx={4} />
          <circle
            className={i % 2 === 0 ? 'still-motion-solid' : 'still-colour'}
            cx={100 + i * 38}
            cy={56 + i * 10}
            r={14 + i * 3}
            opacity={0.8}
          />
          <path className="still-edges-line" d={`M ${62 + i * 34} ${86 + i * 10} q 30 -26 52 -10 t 52 -6`} />
        </g>
      ))}
      {range(80).map((i) => {
        const level = 6 + wave(i, 5.5) * 26 * (i % 8 < 2 ? 1 : 0.6);
        return (
          <rect
            key={i}
            className="still-beat"
            x={i * 4 + 1}
            y={160 - level / 2}
            width={2}
            height={level}
            opacity={0.75}
          />
        );
      })}
    </Still>
  );
}

export function TextStill(): React.JSX.Element {
  const widths = [120, 96, 110, 64, 104, 82];
  return (
    <Still>
      {widths.map((width, i) => (
        <rect
          key={i}
          className={i < 2 ? 'still-accent' : 'still-line'}
          x={22}
          y={30 + i * 21}
          width={width}
          height={7}
          rx={2}
        />
      ))}
      <rect className="still-head-fill" x={109} y={130} width={2} height={17} />
      {range(3).map((i) => (
        <g key={i}>
          <path
            className="still-thread"
            d={`M ${150 - i * 4} ${38 + i * 42} C 176 ${38 + i * 42} 172 ${40 + i * 48} 198 ${40 + i * 48}`}
          />
          <rect className="still-clip" x={200} y={16 + i * 50} width={96} height={44} rx={3} />
          <path
            className={['still-motion', 'still-edges-line', 'still-colour-line'][i] ?? ''}
            d={`M 204 ${50 + i * 50} q 22 ${-26 + i * 8} 44 -8 t 44 -10`}
          />
          <circle
            className={['still-beat', 'still-colour', 'still-motion-solid'][i] ?? ''}
            cx={278 - i * 30}
            cy={30 + i * 50}
            r={6}
          />
        </g>
      ))}
    </Still>
  );
}
