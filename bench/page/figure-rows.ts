import type { Measured } from '../figure.ts';
import { number, verdictOf } from './markdown.ts';

/** The cells of figures: name, value, whether it holds, what it is made of. */
export const figureRows = (measured: readonly Measured[]): readonly (readonly string[])[] =>
  measured.map(({ figure, remark }) => [
    `\`${figure.name}\``,
    `${number(figure.value)} ${figure.unit}`,
    verdictOf(figure),
    remark.replaceAll('\n', '; ').replaceAll('|', '\\|'),
  ]);
