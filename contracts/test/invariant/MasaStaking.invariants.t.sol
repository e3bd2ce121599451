// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {MasaStaking} from "../../src/MasaStaking.sol";
import {IMasaStaking} from "../../src/interfaces/IMasaStaking.sol";
import {BaseTest} from "../base/BaseTest.sol";
import {MasaStakingHandler} from "./MasaStakingHandler.sol";

contract MasaStakingInvariants is BaseTest {
    MasaStakingHandler internal handler;
    MasaStaking internal staking;

    function setUp() public {
        vm.warp(START);
        handler = new MasaStakingHandler();
        staking = handler.staking();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// @notice SI-1: the balance is principal (also queued) + promised rewards + free pool, exactly, plus what was forced in.
    function invariant_SI1_Solvent() public view {
        uint256 books = staking.totalPrincipal() + staking.committedRewards() + staking.rewardPool();
        assertEq(address(staking).balance, books + handler.forced(), "SI-1");
        assertEq(handler.staked() - handler.principalPaid(), staking.totalPrincipal(), "SI-1: principal");
    }

    /// @notice SI-2: stakes add up to the ledgers, and each keeps the terms it was made with.
    function invariant_SI2_StakesAddUp() public view {
        uint256 principal;
        uint256 rewards;
        for (uint256 i; i < staking.stakeCount(); ++i) {
            IMasaStaking.Stake memory made = staking.stakeOf(i);
            assertEq(made.amount, handler.principal(i), "SI-2: amount");
            assertEq(made.reward, handler.promised(i), "SI-2: reward");
            principal += made.amount;
            rewards += made.reward;
        }
        assertEq(principal, staking.totalPrincipal(), "SI-2: principal");
        assertEq(rewards, staking.committedRewards(), "SI-2: rewards");
    }

    /// @notice SI-5: never more is paid than was put in: funded = paid + promised + free, exactly.
    function invariant_SI5_PaidWithinBudget() public view {
        uint256 used = handler.rewardsPaid() + staking.committedRewards() + staking.rewardPool();
        assertEq(handler.funded(), used, "SI-5");
        assertEq(staking.totalFunded(), handler.funded(), "SI-5: funded");
        assertEq(staking.totalRewardsPaid(), handler.rewardsPaid(), "SI-5: paid");
    }

    /// @notice SI-3: what was funded is paid, promised or free; the difference is 0 wei, not one for each user.
    function invariant_SI3_FundingIsAccountedFor() public view {
        uint256 promised;
        for (uint256 i; i < staking.stakeCount(); ++i) {
            promised += handler.promised(i);
        }
        assertEq(handler.funded(), handler.rewardsPaid() + promised + staking.rewardPool(), "SI-3");
    }

    /// @notice SI-4: a reward is fixed on the first day: it neither grows with time, nor after the term, nor by a new rate.
    function invariant_SI4_RewardsDoNotMove() public {
        uint256 now_ = block.timestamp;
        vm.warp(now_ + 5 * 365 days);
        for (uint256 i; i < staking.stakeCount(); ++i) {
            assertEq(staking.stakeOf(i).reward, handler.promised(i), "SI-4");
        }
        vm.warp(now_);
        assertEq(handler.termViolations(), 0, "SI-4: terms");
    }

    /// @notice SI-6: staked = held + returned, for every staker and in total; nothing can be slashed.
    function invariant_SI6_PrincipalPerStaker() public view {
        uint256 sum;
        for (uint256 j; j < 5; ++j) {
            address staker = address(uint160(0x1000 + j));
            uint256 held;
            for (uint256 i; i < staking.stakeCount(); ++i) {
                if (staking.stakeOf(i).owner == staker) held += staking.stakeOf(i).amount;
            }
            assertEq(handler.stakedBy(staker), held + handler.returnedTo(staker), "SI-6");
            sum += held;
        }
        assertEq(sum, staking.totalPrincipal(), "SI-6: total");
    }

    /// @notice SI-7: a withdrawal is never paid before its cooldown and never twice.
    function invariant_SI7_NeverEarlyNeverTwice() public view {
        assertEq(handler.earlySuccesses(), 0, "SI-7: early");
        assertEq(handler.secondSuccesses(), 0, "SI-7: twice");
    }

    /// @notice SI-8: no third party, the owner of the contract included, can touch a stake.
    function invariant_SI8_NoThirdParty() public view {
        assertEq(handler.strangerSuccesses(), 0, "SI-8");
        assertEq(bob.balance, 0, "SI-8: bob");
        assertEq(carol.balance, 0, "SI-8: carol");
    }

    /// @notice SI-9: what happens in between changes no reward: each is the exact fraction of its own amount, rounded down.
    function invariant_SI9_RewardsArePathIndependent() public view {
        for (uint256 i; i < staking.stakeCount(); ++i) {
            IMasaStaking.Stake memory made = staking.stakeOf(i);
            if (made.owner == address(0)) continue;
            uint256 exact = uint256(made.amount) * handler.rate(i);
            assertLe(uint256(made.reward) * 100e6, exact, "SI-9: too much");
            assertLt(exact, (uint256(made.reward) + 1) * 100e6, "SI-9: too little");
        }
    }

    /// @notice SI-10: there is no pause: whatever is due can be claimed at once, all of it, in any state.
    function invariant_SI10_WhatIsDueCanBeClaimed() public {
        uint256 snapshot = vm.snapshotState();
        for (uint256 i; i < staking.stakeCount(); ++i) {
            IMasaStaking.Stake memory made = staking.stakeOf(i);
            if (made.claimTime == 0 || block.timestamp < made.claimTime) continue;
            vm.prank(made.owner);
            assertEq(staking.claimTo(i, alice), uint256(made.amount) + made.reward, "SI-10");
        }
        vm.revertToState(snapshot);
    }
}
