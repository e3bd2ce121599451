import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { type Problem, ToolkitError } from '../../genesis/base/errors.js';
import type { Scenario } from './study.js';

const maximumCharacters = 100_000;

const intervention = z
  .strictObject({
    day: z.int().min(1).max(36_500),
    path: z.string().regex(/^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/),
    value: z.number().optional(),
    factor: z.number().optional(),
  })
  .refine(({ value, factor }) => (value === undefined) !== (factor === undefined), {
    error: 'Give either value or factor.',
  });

const schema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
  label: z.string().min(1).max(80),
  what: z.string().min(1).max(400),
  interventions: z.array(intervention).min(1).max(1000),
});

/**
 * Reads a scenario: `{ id, label, what, interventions: [{ day, path, value | factor }] }` in YAML.
 *
 * @param file Name for messages.
 * @throws ToolkitError `SCENARIO_INVALID` (exit 2) with every problem, its dotted path and its line.
 * @example parseScenario(text, 'half-demand.yaml').interventions[0].factor // 0.5
 */
export function parseScenario(text: string, file: string): Scenario {
  const lines = new LineCounter();
  if (text.length > maximumCharacters) {
    throw invalid(file, [
      {
        code: 'SCENARIO_INVALID',
        path: '(file)',
        message: `The file has ${text.length} characters.`,
        allowed: `at most ${maximumCharacters}`,
      },
    ]);
  }
  const document = parseDocument(text, {
    version: '1.2',
    lineCounter: lines,
    prettyErrors: false,
  });
  if (document.errors.length > 0) {
    throw invalid(
      file,
      document.errors.map((error) => ({
        code: 'SCENARIO_SYNTAX',
        path: '(file)',
        line: lines.linePos(error.pos[0]).line,
        message: error.message,
      })),
    );
  }
  const result = schema.safeParse(toData(document, file));
  if (result.success) return result.data;
  throw invalid(
    file,
    result.error.issues.map((issue) => ({
      code: 'SCENARIO_INVALID',
      path: issue.path.join('.') || '(file)',
      line: lineOf(document.contents, issue.path, lines),
      message: issue.message,
      ...(issue.code === 'unrecognized_keys' && {
        allowed: 'id, label, what, interventions; in each: day, path, value or factor',
      }),
    })),
  );
}

function toData(document: ReturnType<typeof parseDocument>, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch (cause) {
    throw invalid(file, [
      { code: 'SCENARIO_SYNTAX', path: '(file)', message: (cause as Error).message },
    ]);
  }
}

/** Line of the deepest node on the path. */
function lineOf(root: unknown, path: readonly PropertyKey[], lines: LineCounter) {
  let node = root;
  let line = 1;
  const see = (at: unknown) => {
    const range = (at as { range?: [number, number, number] | null } | null)?.range;
    if (range != null) line = lines.linePos(range[0]).line;
  };
  see(node);
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && item.key.value === key);
      if (pair === undefined) break;
      see(pair.key);
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      see(node);
    } else break;
  }
  return line;
}

function invalid(file: string, problems: readonly Problem[]): ToolkitError {
  return new ToolkitError({
    code: 'SCENARIO_INVALID',
    message: `The scenario has ${problems.length} problem(s).`,
    where: file,
    problems,
    next: 'Mend the lines named.',
    exitCode: 2,
  });
}
