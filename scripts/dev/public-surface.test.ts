import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import * as contracts from '../../contracts/generated/index.js';
import * as genesis from '../../genesis/index.js';
import * as reports from '../../reports/index.js';
import * as sim from '../../sim/index.js';
import * as subnet from '../../subnet/index.js';

it('exports exactly what the committed list says', async () => {
  const surface = Object.fromEntries(
    Object.entries({ contracts, genesis, reports, sim, subnet }).map(([room, names]) => [
      room,
      Object.keys(names).sort(),
    ]),
  );
  for (const [room, names] of Object.entries(surface))
    expect(names.length, room).toBeGreaterThan(0);
  await expect(`${JSON.stringify(surface, null, 2)}\n`).toMatchFileSnapshot(
    fileURLToPath(new URL('public-surface.json', import.meta.url)),
  );
});
