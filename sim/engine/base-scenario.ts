import type { Scenario } from './study.js';

/** The plan as it stands: first scenario of every study. */
export const baseScenario: Scenario = {
  id: 'base',
  label: 'as planned',
  what: 'The plan as it stands.',
  interventions: [],
};
