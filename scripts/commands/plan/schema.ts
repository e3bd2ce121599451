import { defineCommand } from '../../command.js';

/** `masa plan schema`: the JSON Schema of plan files. */
export const command = defineCommand({
  command: 'schema',
  describe: 'Print the JSON Schema of plan files, for editors',
  options: {},
  examples: [['masa plan schema > plan.schema.json', 'then point the editor at it']],
  async run() {
    const { planJsonSchema } = await import('../../../genesis/plan/plan-json-schema.js');
    const schema = planJsonSchema();
    return { json: schema, text: JSON.stringify(schema, null, 1) };
  },
});
