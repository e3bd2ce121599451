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
}
