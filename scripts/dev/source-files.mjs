import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The files that the compiler reads, relative to the root, in a fixed order. */
export function sourceFiles(root) {
  const found = ['package.json', 'tsconfig.json', 'scripts/dev/tsconfig.build.json'];
  const walk = (folder) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!['node_modules', 'dist', 'dev', 'fixtures', 'inputs'].includes(entry.name)) walk(path);
      } else if (/\.(ts|json)$/.test(entry.name) && !/\.(test|fuzz)\.ts$/.test(entry.name)) {
        found.push(path);
      }
    }
  };
  for (const room of ['contracts/generated', 'genesis', 'reports', 'scripts', 'sim', 'subnet'])
    walk(room);
  return found.sort();
}
