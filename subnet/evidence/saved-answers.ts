import { canonicalJson } from '../../genesis/base/canonical-json.js';
import { ToolkitError } from '../../genesis/base/errors.js';

type Request = (method: string, parameters: readonly unknown[]) => Promise<unknown>;

/**
 * Keeps every answer of a node, so that the same questions can be asked again without it.
 *
 * @returns The request to ask with, and the text of all answers until now: the same bytes for the same answers.
 */
export function saveAnswers(request: Request): { readonly request: Request; text(): string } {
  const answers = new Map<string, unknown>();
  return {
    async request(method, parameters) {
      const answer = await request(method, parameters);
      const key = canonicalJson([method, parameters]);
      // The first answer: an audit is pinned to the last block that it saw first.
      if (!answers.has(key)) answers.set(key, answer);
      return answer;
    },
    text: () => `${canonicalJson({ version: 1, answers: Object.fromEntries(answers) })}\n`,
  };
}

/**
 * Answers from what `saveAnswers` wrote. Saved answers are claims like those of a node.
 *
 * @param where Name of the file, for messages.
 * @throws ToolkitError `ANSWERS_INVALID` (exit 2). The request throws `ANSWER_NOT_SAVED` for what was not asked then.
 */
export function readAnswers(text: string, where: string): Request {
  const answers = parseAnswers(text, where);
  return async (method, parameters) => {
    const key = canonicalJson([method, parameters]);
    if (Object.hasOwn(answers, key)) return answers[key];
    throw new ToolkitError({
      code: 'ANSWER_NOT_SAVED',
      message: `The answer to ${key} was not saved.`,
      where,
      next: 'Audit the node itself, and save its answers again.',
      exitCode: 4,
    });
  };
}

function parseAnswers(text: string, where: string): Readonly<Record<string, unknown>> {
  let problem = 'it is not what --save wrote';
  try {
    const { version, answers } = JSON.parse(text) as { version: unknown; answers: unknown };
    if (version === 1 && typeof answers === 'object' && answers !== null)
      return answers as Readonly<Record<string, unknown>>;
  } catch (error) {
    problem = (error as Error).message;
  }
  throw new ToolkitError({
    code: 'ANSWERS_INVALID',
    message: `The file holds no saved answers: ${problem}.`,
    where,
    next: 'Give the file that masa audit deployment --save wrote, unchanged.',
    exitCode: 2,
  });
}
