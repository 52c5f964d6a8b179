/** A slider, lying or standing; the same hand as a knob. */
import { useValueDrag } from './value-drag.ts';
import './slider.css';

interface SliderProps {
  readonly label: string;
  /** 0..1 */
  readonly position: number;
  readonly text: string;
  readonly onMove: (position: number) => void;
  readonly resetTo?: number;
  readonly isStanding?: boolean;
  /** Where the fill begins: the middle for pan. */
  readonly origin?: number;
  /** Length of the track in pixels, so that the thumb follows the pointer exactly. */
  readonly lengthPx: number;
  /** Name for MIDI bindings. */
  readonly midi?: string;
}

export function Slider({
  label,
  position,
  text,
  onMove,
  resetTo,
  isStanding = false,
  origin = 0,
  lengthPx,
  midi,
}: SliderProps): React.JSX.Element {
  const { ref, onPointerDown, onKeyDown } = useValueDrag({
    position,
    onMove,
    axis: isStanding ? 'y' : 'x',
    travelPx: lengthPx,
  });
  const [from, to] = origin <= position ? [origin, position] : [position, origin];
  const fill = isStanding
    ? { bottom: `${from * 100}%`, height: `${(to - from) * 100}%` }
    : { left: `${from * 100}%`, width: `${(to - from) * 100}%` };
  const thumb = isStanding ? { bottom: `${position * 100}%` } : { left: `${position * 100}%` };
  const jump = (event: React.PointerEvent<HTMLElement>): void => {
    const onThumb = event.target instanceof HTMLElement && event.target.classList.contains('slider-thumb');
    const box = event.currentTarget.getBoundingClientRect();
    if (!onThumb && !isStanding && event.button === 0)
      onMove(Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)));
    onPointerDown(event);
  };
  return (
    <div
      ref={ref}
      className={`slider ${isStanding ? 'slider-standing' : ''}`}
      style={isStanding ? { height: lengthPx } : { width: lengthPx }}
      role="slider"
      data-midi={midi}
      tabIndex={0}
      aria-label={label}
      aria-orientation={isStanding ? 'vertical' : 'horizontal'}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(position * 100)}
      aria-valuetext={text}
      onPointerDown={jump}
      onKeyDown={onKeyDown}
      onDoubleClick={() => (resetTo === undefined ? undefined : onMove(resetTo))}
    >
      <span className="slider-track" />
      <span className="slider-fill" style={fill} />
      <span className="slider-thumb" style={thumb} />
    </div>
  );
}
