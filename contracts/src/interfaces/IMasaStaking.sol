// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IMasaStaking
/// @notice Holders lock native MASA for a term and earn a fixed reward that is known, and set aside, on the first day.
///
/// Life of a stake: `stake` -> (term passes) -> `unlock` -> (cooldown passes) -> `claim`.
///
/// @dev All amounts are wei of the native token, all times unix seconds, all durations seconds.
/// Rates are micro-percent for the whole term: 3,750,000 = 3.75 %.
///
/// Formula:
///   reward = floor(amount x rewardMicroPercent / 10^8)
///
/// Notes:
/// 1. The whole reward is set aside when staking; if the pool is too small, `stake` reverts. So every stake is fully funded.
/// 2. Simple reward: no compounding, nothing during the cooldown or for waiting longer than the term.
/// 3. No early exit and no slashing.
/// 4. A later change of rates does not touch stakes that exist.
/// 5. Rewards come from whoever funds the pool. Nothing is minted, and nobody (the owner included) can take tokens out of the pool.
/// 6. Three separate ledgers: `totalPrincipal` (stakers'), `committedRewards` (stakers'), `rewardPool` (free for new stakes).
///    The balance always covers their sum.
///
/// Sharp edges:
/// - The cooldown starts when the staker calls `unlock`, not when the term ends; nobody else can start it.
/// - Tokens forced in without a call (self-destruct, block reward) are in no ledger and stay here.
interface IMasaStaking {
    /// @notice One stake.
    /// @param owner Who staked.
    /// @param unlockTime When the term ends, unix seconds.
    /// @param claimTime When principal and reward can be claimed, unix seconds; 0 until `unlock` was called.
    /// @param amount Principal, wei; 0 after the claim.
    /// @param reward Reward set aside, wei; 0 after the claim.
    struct Stake {
        address owner;
        uint64 unlockTime;
        uint64 claimTime;
        uint128 amount;
        uint128 reward;
    }

    /// @notice The pool grew by `amount` wei.
    event Funded(address indexed funder, uint256 amount);
    /// @notice Stake `id` began.
    event Staked(
        uint256 indexed id,
        address indexed owner,
        uint16 periods,
        uint256 amount,
        uint256 reward,
        uint256 unlockTime
    );
    /// @notice Stake `id` is in its cooldown until `claimTime`.
    event Unlocked(uint256 indexed id, uint256 claimTime);
    /// @notice Stake `id` was paid out.
    event Claimed(uint256 indexed id, address indexed receiver, uint256 amount, uint256 reward);
    /// @notice New stakes of `periods` earn this rate; 0 closes the term.
    event TermSet(uint16 indexed periods, uint256 rewardMicroPercent);

    /// @notice The two lists of terms differ in length.
    error MasaStaking_LengthsDiffer(uint256 periods, uint256 rates);
    /// @notice The period must not be zero.
    error MasaStaking_PeriodZero();
    /// @notice A term has 1 to 120 periods.
    error MasaStaking_PeriodsOutOfRange(uint256 periods, uint256 maximum);
    /// @notice A rate is at most 100 %.
    error MasaStaking_RateAboveMaximum(uint256 rewardMicroPercent, uint256 maximum);
    /// @notice There is no such term now.
    error MasaStaking_UnknownTerm(uint256 periods);
    /// @notice A stake of nothing.
    error MasaStaking_AmountZero();
    /// @notice The amount does not fit the ledger.
    error MasaStaking_AmountTooLarge(uint256 amount, uint256 maximum);
    /// @notice The pool cannot set the reward aside, wei.
    error MasaStaking_PoolTooSmall(uint256 reward, uint256 rewardPool);
    /// @notice Only the owner of the stake may do this; a claimed stake has no owner.
    error MasaStaking_NotOwner(uint256 id, address caller);
    /// @notice The term has not ended.
    error MasaStaking_TermNotOver(uint256 id, uint256 unlockTime, uint256 time);
    /// @notice The stake is already in its cooldown.
    error MasaStaking_AlreadyUnlocked(uint256 id, uint256 claimTime);
    /// @notice `unlock` must be called first.
    error MasaStaking_NotUnlocked(uint256 id);
    /// @notice The cooldown has not ended.
    error MasaStaking_CooldownNotOver(uint256 id, uint256 claimTime, uint256 time);
    /// @notice The receiver refused `amount` wei.
    error MasaStaking_TransferFailed(address receiver, uint256 amount);

    /// @notice Adds the value sent to the reward pool. Anyone may call; it cannot be taken back.
    function fund() external payable;

    /// @notice Stakes the value sent for `periods` periods.
    /// @return id Number of the stake.
    function stake(uint16 periods) external payable returns (uint256 id);

    /// @notice After the term: starts the cooldown of the caller's stake.
    function unlock(uint256 id) external;

    /// @notice After the cooldown: pays principal and reward to the caller, who must own the stake.
    /// @return paid Wei paid.
    function claim(uint256 id) external returns (uint256 paid);

    /// @notice Like `claim`, but pays to `receiver`, for owners that cannot receive native tokens.
    function claimTo(uint256 id, address receiver) external returns (uint256 paid);

    /// @notice Sets the rate of a term for new stakes; 0 closes it. Only the owner, which should be a timelock.
    function setTerm(uint16 periods, uint256 rewardMicroPercent) external;

    /// @notice Reward of a stake made now, wei. Reverts if there is no such term.
    function rewardFor(uint16 periods, uint256 amount) external view returns (uint256);
    /// @notice Stake `id`; all zero if there is none or it was claimed.
    function stakeOf(uint256 id) external view returns (Stake memory);
    /// @notice Number of stakes ever made; ids are 0 to this minus 1.
    function stakeCount() external view returns (uint256);
    /// @notice Rate of a term in micro-percent, 0 if there is none.
    function rewardMicroPercent(uint16 periods) external view returns (uint256);
    /// @notice Length of a period, seconds.
    function periodSeconds() external view returns (uint32);
    /// @notice Time between `unlock` and `claim`, seconds.
    function cooldownSeconds() external view returns (uint32);
    /// @notice Wei staked and not yet claimed, also those in cooldown.
    function totalPrincipal() external view returns (uint256);
    /// @notice Wei set aside for stakes that exist.
    function committedRewards() external view returns (uint256);
    /// @notice Wei that new stakes can still earn.
    function rewardPool() external view returns (uint256);
    /// @notice Wei put into the pool since the beginning.
    function totalFunded() external view returns (uint256);
    /// @notice Rewards paid since the beginning, wei.
    function totalRewardsPaid() external view returns (uint256);
}
