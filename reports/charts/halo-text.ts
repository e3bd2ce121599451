import type { Spec } from './exhibit.js';
import { palette } from './palette.js';

/** A text mark twice: once as an outline in the colour of the paper, so that it stays readable over lines. */
export function haloText(mark: Spec, encoding: Spec, data: Spec, rest: Spec = {}): readonly Spec[] {
  const outline = { stroke: palette.paper.light, strokeWidth: 3.5, strokeJoin: 'round' };
  return [
    { data, ...rest, mark: { ...mark, ...outline }, encoding },
    { data, ...rest, mark, encoding },
  ];
}
