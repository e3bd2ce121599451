/** Share of lines of `genesis/` that tests must reach, for each of its rooms and for the whole. */
export const threshold = 95;

/**
 * Adds a coverage report up to rooms and says which are below the threshold.
 *
 * @param summary `coverage-summary.json` of vitest.
 * @param folder The room whose sub-rooms are judged, e.g. `genesis`.
 * @returns {{ rows: { room: string, covered: number, total: number, percent: number }[], failures: string[] }}
 */
export function judgeCoverage(summary, folder) {
  const rooms = new Map();
  for (const [file, { lines }] of Object.entries(summary)) {
    const path = file.replaceAll('\\', '/');
    const at = path.lastIndexOf(`/${folder}/`);
    if (at < 0) continue;
    const [first, ...rest] = path.slice(at + folder.length + 2).split('/');
    const room = rest.length === 0 ? folder : `${folder}/${first}`;
    const sum = rooms.get(room) ?? { covered: 0, total: 0 };
    rooms.set(room, { covered: sum.covered + lines.covered, total: sum.total + lines.total });
  }
  const all = [...rooms.values()].reduce(
    (sum, { covered, total }) => ({ covered: sum.covered + covered, total: sum.total + total }),
    { covered: 0, total: 0 },
  );
  const rows = [...rooms].sort(([a], [b]) => (a < b ? -1 : 1)).filter(([, { total }]) => total > 0);
  const judged = [...rows, [`all of ${folder}`, all]].map(([room, { covered, total }]) => ({
    room,
    covered,
    total,
    percent: total === 0 ? 0 : (100 * covered) / total,
  }));
  return {
    rows: judged,
    // A report without lines would pass any threshold.
    failures: judged
      .filter(({ percent }) => percent < threshold)
      .map(
        ({ room, percent }) =>
          `${room} has ${percent.toFixed(2)} % of its lines covered, below ${threshold} %`,
      ),
  };
}
