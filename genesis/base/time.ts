/** Calendar constants, stated once for the plan, the contracts, the simulator and the documents. */
export const SECONDS_PER_DAY = 86_400;
/** One plan month: a twelfth of a 365-day year. Vesting months and budgets per month use it. */
export const SECONDS_PER_MONTH = 2_628_000;
/** One plan year of 365 days. */
export const SECONDS_PER_YEAR = 31_536_000;
/** One holder-staking period of 30 days; not a plan month. */
export const SECONDS_PER_STAKING_PERIOD = 2_592_000;
