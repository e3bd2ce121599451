import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { rolldown } from 'rolldown';

/**
 * Replaces the compiled entry of the embedded chain by one file with all that it needs of the toolkit and of packages,
 * and parts that are loaded later beside it. The error class stays outside: commands recognise it.
 */
export async function bundleEmbedded(root) {
  const folder = join(root, 'dist/scripts/commands/subnet');
  const errors = join(root, 'dist/genesis/base/errors.js');
  const build = await rolldown({
    input: join(folder, 'start-embedded.js'),
    platform: 'node',
    logLevel: 'silent',
    external: (id) => isBuiltin(id),
    plugins: [
      {
        name: 'outside',
        resolveId(id, importer) {
          const outside = importer !== undefined && join(dirname(importer), id) === errors;
          return outside ? { id: errors, external: 'relative' } : null;
        },
      },
    ],
  });
  await build.write({
    dir: folder,
    entryFileNames: '[name].js',
    chunkFileNames: 'embedded-parts/[name].js',
    format: 'esm',
  });
  await build.close();
}
