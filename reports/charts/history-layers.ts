import type { Spec } from './exhibit.js';
import { haloText } from './halo-text.js';
import { palette } from './palette.js';

/**
 * Layers that set observed facts beside the model: an open diamond and its value. The dataset has rows of
 * `month`, `value` and `text`; y shares the scale of the layer below.
 * Nothing when there are none.
 */
export function historyLayers(dataset: string, count: number): readonly Spec[] {
  if (count === 0) return [];
  const encoding = {
    x: { field: 'month', type: 'quantitative' },
    y: { field: 'value', type: 'quantitative' },
  };
  return [
    {
      data: { name: dataset },
      mark: {
        type: 'point',
        shape: 'diamond',
        size: 110,
        filled: true,
        color: palette.bad.light,
        stroke: palette.paper.light,
        strokeWidth: 1.2,
        opacity: 1,
      },
      encoding,
    },
    ...haloText(
      { type: 'text', align: 'left', dx: -4, dy: 15, color: palette.bad.light, fontWeight: 'bold' },
      { ...encoding, text: { field: 'text' } },
      { name: dataset },
    ),
  ];
}
