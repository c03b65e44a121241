import { useMemo, useState } from 'react';
import {
  type Axis,
  type Dot,
  type Expiring,
  type Fate,
  layOutHorizon,
  monthsOn,
  placeOn,
  type Row,
} from '../../model/horizon-layout.ts';
import { keyLabel } from '../../model/names.ts';
import { partsOf } from '../../model/sentence.ts';
import { useWords } from '../../words/words-context.tsx';
import { FateMark, FateSign } from './fate.tsx';

const WIDTH = 1_000;
const LABELS = 150;
const RIGHT = 16;
const LANE = 14;
const HEAD = 24;
const PADDING = 12;

/** More vaults than these do not fit into a picture: the table has the rest. */
const ROWS = 24;
/** The most dots that are drawn, since each is an element of the document. */
const DOTS = 150;

const FATES: readonly Fate[] = ['extends', 'asks', 'stays', 'unneeded'];

const xAt = (place: number): number => LABELS + place * (WIDTH - LABELS - RIGHT);

type Placed = { readonly row: Row; readonly top: number; readonly height: number };

const stacked = (rows: readonly Row[]): readonly Placed[] => {
  let top = HEAD;
  return rows.map((row) => {
    const height = row.lanes * LANE + PADDING;
    const placed = { row, top, height };
    top += height;
    return placed;
  });
};

const wholeSentence = ({ one }: Dot): string =>
  `${keyLabel(one.key)}: ${partsOf(one.outlook.sentence)
    .map(({ text }) => text)
    .join('')}`;

const DotMark = ({
  dot,
  y,
  onTell,
}: {
  readonly dot: Dot;
  readonly y: number;
  readonly onTell: (text: string) => void;
}) => {
  const sentence = wholeSentence(dot);
  return (
    // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: what is told on hover is told on focus as well
    <g
      tabIndex={0}
      role="img"
      aria-label={sentence}
      onMouseEnter={() => onTell(sentence)}
      onFocus={() => onTell(sentence)}
    >
      <title>{sentence}</title>
      <FateMark fate={dot.fate} x={xAt(dot.x)} y={y} />
    </g>
  );
};

const RowOf = ({ placed, onTell }: { readonly placed: Placed; readonly onTell: (text: string) => void }) => {
  const { row, top, height } = placed;
  return (
    <g>
      <line className="grid-line" x1={0} x2={WIDTH} y1={top} y2={top} />
      <text x={0} y={top + height / 2 + 4}>
        {row.vault.length > 20 ? `${row.vault.slice(0, 19)}…` : row.vault}
      </text>
      {row.dots.map((dot) => (
        <DotMark
          key={`${dot.one.key}${dot.one.version}`}
          dot={dot}
          y={top + PADDING / 2 + LANE / 2 + dot.lane * LANE}
          onTell={onTell}
        />
      ))}
    </g>
  );
};

const Months = ({ axis, height }: { readonly axis: Axis; readonly height: number }) => {
  const { language } = useWords();
  const name = new Intl.DateTimeFormat(language, { month: 'short', timeZone: 'UTC' });
  return monthsOn(axis).map(({ at, x }) => (
    <g key={at}>
      <line className="grid-line" x1={xAt(x)} x2={xAt(x)} y1={HEAD - 4} y2={height} />
      <text x={xAt(x)} y={14} textAnchor="middle">
        {name.format(at)}
      </text>
    </g>
  ));
};

const Legend = () => {
  const { say } = useWords();
  return (
    <p className="legend">
      {FATES.map((fate) => (
        <span key={fate}>
          <FateSign fate={fate} /> {say(`horizon.fate.${fate}`)}
        </span>
      ))}
    </p>
  );
};

const Upright = ({
  x,
  height,
  is,
}: {
  readonly x: number;
  readonly height: number;
  readonly is: 'today' | 'threshold';
}) => {
  const { say } = useWords();
  const isToday = is === 'today';
  return (
    <g>
      <line className={is} x1={x} x2={x} y1={HEAD - 8} y2={height} />
      <text className={is} x={isToday ? x - 6 : x + 4} y={height - 4} textAnchor={isToday ? 'end' : 'start'}>
        {say(`horizon.${is}`)}
      </text>
    </g>
  );
};

type Props = {
  readonly all: readonly Expiring[];
  readonly axis: Axis;
  /** How long before its expiry the product extends a version, in milliseconds. */
  readonly threshold: number | undefined;
};

/** A dot for each key version on an axis of twelve months, in rows by vault. The table below has the same content. */
export const HorizonPlot = ({ all, axis, threshold }: Props) => {
  const { say } = useWords();
  const [told, setTold] = useState('');
  const rows = useMemo(() => stacked(layOutHorizon(all.slice(0, DOTS), axis).slice(0, ROWS)), [all, axis]);
  const last = rows.at(-1);
  const height = (last ? last.top + last.height : HEAD) + 20;
  return (
    <figure className="plot">
      <Legend />
      {/* biome-ignore lint/a11y/useSemanticElements: inside a picture there is no fieldset */}
      <svg viewBox={`0 0 ${WIDTH} ${height}`} role="group" aria-label={say('horizon.plot')}>
        <Months axis={axis} height={height} />
        {rows.map((placed) => (
          <RowOf key={placed.row.vault} placed={placed} onTell={setTold} />
        ))}
        <Upright x={xAt(0)} height={height} is="today" />
        {threshold !== undefined && (
          <Upright x={xAt(placeOn(axis, axis.from + threshold))} height={height} is="threshold" />
        )}
      </svg>
      <figcaption className="quiet" aria-live="polite">
        {told}
      </figcaption>
    </figure>
  );
};
