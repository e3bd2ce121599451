// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IMasaStaking} from "./interfaces/IMasaStaking.sol";
import {NativeTransfer} from "./libraries/NativeTransfer.sol";
import {Ownable, Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";

/// @title MasaStaking
/// @notice See the documentation in {IMasaStaking}.
contract MasaStaking is IMasaStaking, Ownable2Step {
    using NativeTransfer for address;

    /// @notice Longest term.
    uint256 public constant MAX_PERIODS = 120;
    /// @notice Highest rate, 100 % for the whole term; also what rates are divided by.
    uint256 public constant MAX_MICRO_PERCENT = 100e6;

    /// @inheritdoc IMasaStaking
    uint32 public immutable periodSeconds;
    /// @inheritdoc IMasaStaking
    uint32 public immutable cooldownSeconds;

    /// @inheritdoc IMasaStaking
    uint256 public totalPrincipal;
    /// @inheritdoc IMasaStaking
    uint256 public committedRewards;
    /// @inheritdoc IMasaStaking
    uint256 public rewardPool;
    /// @inheritdoc IMasaStaking
    uint256 public totalFunded;
    /// @inheritdoc IMasaStaking
    uint256 public totalRewardsPaid;
    /// @inheritdoc IMasaStaking
    uint256 public stakeCount;
    /// @inheritdoc IMasaStaking
    mapping(uint16 periods => uint256) public rewardMicroPercent;
    mapping(uint256 id => Stake) private _stakes;

    /// @param admin Owner; should be a timelock.
    /// @param periodSeconds_ Length of a period.
    /// @param cooldownSeconds_ Time between `unlock` and `claim`.
    /// @param periods Terms in periods.
    /// @param rates Their rates in micro-percent for the whole term.
    constructor(
        address admin,
        uint32 periodSeconds_,
        uint32 cooldownSeconds_,
        uint16[] memory periods,
        uint256[] memory rates
    ) Ownable(admin) {
        if (periods.length != rates.length) {
            revert MasaStaking_LengthsDiffer(periods.length, rates.length);
        }
        if (periodSeconds_ == 0) revert MasaStaking_PeriodZero();
        periodSeconds = periodSeconds_;
        cooldownSeconds = cooldownSeconds_;
        for (uint256 i; i < periods.length; ++i) {
            _setTerm(periods[i], rates[i]);
        }
    }

    /// @notice A plain transfer funds the pool.
    receive() external payable {
        _fund();
    }

    /// @inheritdoc IMasaStaking
    function fund() external payable {
        _fund();
    }

    /// @inheritdoc IMasaStaking
    function stake(uint16 periods) external payable returns (uint256 id) {
        if (msg.value == 0) revert MasaStaking_AmountZero();
        if (msg.value > type(uint128).max) revert MasaStaking_AmountTooLarge(msg.value, type(uint128).max);
        uint256 reward = rewardFor(periods, msg.value);
        if (reward > rewardPool) revert MasaStaking_PoolTooSmall(reward, rewardPool);

        rewardPool -= reward;
        committedRewards += reward;
        totalPrincipal += msg.value;
        id = stakeCount++;
        uint256 unlockTime = block.timestamp + uint256(periods) * periodSeconds;
        // Casts fit: the reward is at most the amount, times stay below 2^64.
        _stakes[id] = Stake(msg.sender, uint64(unlockTime), 0, uint128(msg.value), uint128(reward));
        emit Staked(id, msg.sender, periods, msg.value, reward, unlockTime);
    }

    /// @inheritdoc IMasaStaking
    function unlock(uint256 id) external {
        Stake storage self = _ownStake(id);
        if (block.timestamp < self.unlockTime) {
            revert MasaStaking_TermNotOver(id, self.unlockTime, block.timestamp);
        }
        if (self.claimTime != 0) revert MasaStaking_AlreadyUnlocked(id, self.claimTime);

        self.claimTime = uint64(block.timestamp + cooldownSeconds);
        emit Unlocked(id, self.claimTime);
    }

    /// @inheritdoc IMasaStaking
    function claim(uint256 id) external returns (uint256 paid) {
        return _claim(id, msg.sender);
    }

    /// @inheritdoc IMasaStaking
    function claimTo(uint256 id, address receiver) external returns (uint256 paid) {
        return _claim(id, receiver);
    }

    /// @inheritdoc IMasaStaking
    function setTerm(uint16 periods, uint256 rate) external onlyOwner {
        _setTerm(periods, rate);
    }

    /// @inheritdoc IMasaStaking
    function stakeOf(uint256 id) external view returns (Stake memory) {
        return _stakes[id];
    }

    /// @inheritdoc IMasaStaking
    function rewardFor(uint16 periods, uint256 amount) public view returns (uint256) {
        uint256 rate = rewardMicroPercent[periods];
        if (rate == 0) revert MasaStaking_UnknownTerm(periods);
        return (amount * rate) / MAX_MICRO_PERCENT;
    }

    function _fund() private {
        rewardPool += msg.value;
        totalFunded += msg.value;
        emit Funded(msg.sender, msg.value);
    }

    function _claim(uint256 id, address receiver) private returns (uint256 paid) {
        Stake memory self = _ownStake(id);
        if (self.claimTime == 0) revert MasaStaking_NotUnlocked(id);
        if (block.timestamp < self.claimTime) {
            revert MasaStaking_CooldownNotOver(id, self.claimTime, block.timestamp);
        }

        delete _stakes[id];
        totalPrincipal -= self.amount;
        committedRewards -= self.reward;
        totalRewardsPaid += self.reward;
        paid = uint256(self.amount) + self.reward;
        emit Claimed(id, receiver, self.amount, self.reward);

        if (!receiver.trySend(paid)) revert MasaStaking_TransferFailed(receiver, paid);
    }

    function _setTerm(uint16 periods, uint256 rate) private {
        if (periods == 0 || periods > MAX_PERIODS) {
            revert MasaStaking_PeriodsOutOfRange(periods, MAX_PERIODS);
        }
        if (rate > MAX_MICRO_PERCENT) revert MasaStaking_RateAboveMaximum(rate, MAX_MICRO_PERCENT);
        rewardMicroPercent[periods] = rate;
        emit TermSet(periods, rate);
    }

    function _ownStake(uint256 id) private view returns (Stake storage self) {
        self = _stakes[id];
        if (self.owner != msg.sender) revert MasaStaking_NotOwner(id, msg.sender);
    }
}
