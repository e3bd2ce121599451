import { defineCommand } from '../../command.js';

export const command = defineCommand({
  command: 'bench',
  describe: 'Measure the simulator on this machine',
  options: {
    days: { type: 'number', default: 1460, describe: 'Days of the full model' },
    scale: { type: 'number', default: 1, describe: 'One wallet stands for this many' },
  },
  async run(argv, context) {
    const { execFile } = await import('node:child_process');
    const { cpus } = await import('node:os');
    const { join } = await import('node:path');
    const { fileURLToPath } = await import('node:url');
    const { promisify } = await import('node:util');
    const { ToolkitError } = await import('../../../genesis/base/errors.js');
    const { formatTable } = await import('../../output.js');
    const { days, scale } = argv;
    const limits = { days: 36_500, scale: 100_000 };
    for (const [name, value] of Object.entries({ days, scale })) {
      const limit = limits[name as keyof typeof limits];
      if (Number.isInteger(value) && value >= 1 && value <= limit) continue;
      throw new ToolkitError({
        code: 'USAGE',
        message: `--${name} ${value} is out of range.`,
        where: `--${name}`,
        allowed: `integer 1 to ${limit}`,
        exitCode: 2,
      });
    }
    const fromSource = import.meta.url.endsWith('.ts');
    const program = fileURLToPath(
      new URL(`../../../sim/bench/full-model.${fromSource ? 'ts' : 'js'}`, import.meta.url),
    );
    const loader = fromSource
      ? ['--loader', join(context.packageRoot, 'node_modules/ts-node/esm.mjs')]
      : [];
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--no-warnings', ...loader, program, String(days), String(scale)],
      { cwd: context.packageRoot, signal: context.signal, maxBuffer: 2 ** 26 },
    ).catch((cause: Error & { code?: unknown; stderr?: string }) => {
      const stopped = context.signal.aborted;
      throw new ToolkitError({
        code: stopped ? 'INTERRUPTED' : 'BENCH_FAILED',
        message: stopped
          ? 'The measurement was interrupted.'
          : `The measurement ended with ${cause.code}: ${cause.stderr?.trim().split('\n')[0] ?? ''}`,
        where: program,
        next: 'Run it again; fewer --days or a larger --scale need less time and memory.',
        cause,
      });
    });
    const { versions, results } = JSON.parse(stdout) as {
      versions: Record<string, string>;
      results: { name: string; rate: number; unit: string; seconds: number; rssMb: number }[];
    };
    const machine = `${cpus().length} x ${cpus()[0]?.model.trim() ?? 'unknown processor'}`;
    return {
      text: `${machine}, node ${versions.node}\n${formatTable(
        ['benchmark', 'seconds', 'rate', 'unit', 'MB'],
        results.map((result) => [
          result.name,
          result.seconds.toFixed(2),
          result.rate.toPrecision(4),
          result.unit,
          result.rssMb.toFixed(0),
        ]),
      )}`,
      json: { machine, versions, results },
    };
  },
});
