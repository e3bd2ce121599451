// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {MasaStaking} from "../../src/MasaStaking.sol";
import {IMasaStaking} from "../../src/interfaces/IMasaStaking.sol";
import {ForcedSender} from "../base/HostileReceivers.sol";
import {MasaStakingFixture} from "../fixtures/MasaStakingFixture.sol";

/// @notice Accounting: fixed rewards, set aside on the first day, in books apart from principal.
contract StakingAccountingCases is MasaStakingFixture {
    function poolTooSmall(uint256 reward, uint256 pool) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IMasaStaking.MasaStaking_PoolTooSmall.selector, reward, pool);
    }

    function test_S01_GivenTheFirstStakerAlone_ItEarnsTheRateAndNoMore() public {
        fund(100 ether);
        uint256 id = stakeAs(alice, 6, 50 ether);
        assertEq(finish(id, carol), 55 ether, "10 %");
        assertEq(staking.rewardPool(), 95 ether, "the rest of the pool is nobody's");
    }

    function test_S02_GivenOneWeiThenAWhale_ItDilutesNeither() public {
        fund(SUPPLY);
        uint256 dust = stakeAs(alice, 9, 1);
        uint256 six = stakeAs(alice, 9, 6);
        uint256 whale = stakeAs(bob, 9, SUPPLY);
        assertEq(staking.stakeOf(dust).reward, 0, "floor(0.1875)");
        assertEq(staking.stakeOf(six).reward, 1, "floor(1.125)");
        assertEq(staking.stakeOf(whale).reward, (SUPPLY * 3) / 16, "18.75 %");
        assertEq(finish(six, carol), 7, "as promised");
        assertEq(finish(dust, carol), 1, "as promised");
        assertEq(finish(whale, carol), SUPPLY + (SUPPLY * 3) / 16, "as promised");
    }

    /// @notice Policy: the clock waits. The pool pays for stakes, not for time, so a period without stakers costs nothing.
    function test_S03_GivenNobodyStaked_ItKeepsTheWholePool() public {
        fund(10 ether);
        vm.warp(START + 400 days);
        assertEq(staking.rewardPool(), 10 ether, "all of it");
        uint256 id = stakeAs(alice, 6, 100 ether);
        assertEq(staking.rewardPool(), 0, "the first staker gets what is promised, nothing of the past");
        assertEq(finish(id, carol), 110 ether, "10 %");
    }

    function test_S04_GivenARewardOfLessWeiThanSeconds_ItIsPaidInFull() public {
        fund(1);
        uint256 id = stakeAs(alice, 6, 10);
        assertEq(staking.stakeOf(id).reward, 1, "one wei for 15,552,000 seconds");
        assertEq(finish(id, carol), 11, "paid");
        assertEq(address(staking).balance, 0, "nothing stuck");
    }

    function test_S05_GivenFundingInMidTermAtItsEndAndAfter_ItChangesNoStake() public {
        fund(10 ether);
        uint256 id = stakeAs(alice, 6, 100 ether);
        uint256[3] memory times = [START + 90 days, START + 180 days, START + 190 days];
        for (uint256 i; i < 3; ++i) {
            vm.warp(times[i]);
            fund(7 ether);
            IMasaStaking.Stake memory made = staking.stakeOf(id);
            assertEq(made.reward, 10 ether, "reward");
            assertEq(made.unlockTime, START + 180 days, "term");
        }
        assertEq(staking.rewardPool(), 21 ether, "all for new stakes");
        assertEq(finish(id, carol), 110 ether, "as promised");
    }

    /// @notice Principal, promised rewards and forced coins are never funds.
    function test_S06_GivenOnlyOthersMoney_ItRefusesToPromise() public {
        fund(10 ether);
        stakeAs(bob, 6, 100 ether);
        new ForcedSender{value: 50 ether}(payable(address(staking)));
        assertEq(address(staking).balance, 160 ether, "there is money");
        vm.prank(alice);
        vm.expectRevert(poolTooSmall(1, 0));
        staking.stake{value: 10}(6);
    }

    function test_S07_GivenTermsChanged_ItLeavesRunningStakesAlone() public {
        fund(100 ether);
        uint256 id = stakeAs(alice, 6, 100 ether);
        vm.warp(START + 90 days);
        vm.prank(admin);
        staking.setTerm(6, 0);
        assertEq(staking.periodSeconds(), PERIOD, "the length of a period can never change");
        vm.warp(START + 180 days - 1);
        vm.prank(alice);
        vm.expectRevert(
            abi.encodeWithSelector(
                IMasaStaking.MasaStaking_TermNotOver.selector, id, START + 180 days, START + 180 days - 1
            )
        );
        staking.unlock(id);
        assertEq(finish(id, carol), 110 ether, "as promised");
    }

    function test_S09_GivenTenYearsAtFullSupplyAndRate_ItDoesNotOverflow() public {
        vm.prank(admin);
        staking.setTerm(120, 100e6);
        fund(SUPPLY);
        uint256 id = stakeAs(alice, 120, SUPPLY);
        assertEq(staking.stakeOf(id).unlockTime, START + 120 * uint256(PERIOD), "ten years");
        assertEq(finish(id, carol), 2 * SUPPLY, "doubled");
        MasaStaking longest = new MasaStaking(
            address(this), type(uint32).max, type(uint32).max, new uint16[](0), new uint256[](0)
        );
        longest.setTerm(120, 100e6);
        uint256 largest = type(uint128).max;
        vm.deal(address(this), 2 * largest);
        longest.fund{value: largest}();
        vm.warp(START);
        uint256 last = longest.stake{value: largest}(120);
        assertEq(longest.stakeOf(last).unlockTime, START + 120 * uint256(type(uint32).max), "16,000 years");
        vm.warp(longest.stakeOf(last).unlockTime);
        longest.unlock(last);
        vm.warp(longest.stakeOf(last).claimTime);
        assertEq(longest.claimTo(last, carol), 2 * largest, "the largest stake at the largest rate");
    }

    function test_S10_GivenAThousandUsersInAnyOrder_ItPaysTheSame() public {
        fund(SUPPLY);
        uint256 sum;
        for (uint256 i; i < 1000; ++i) {
            address staker = address(uint160(0x20_0000 + i));
            vm.deal(staker, i + 1);
            vm.prank(staker);
            staking.stake{value: i + 1}(9);
        }
        vm.warp(START + 9 * uint256(PERIOD));
        for (uint256 i; i < 1000; ++i) {
            vm.prank(address(uint160(0x20_0000 + i)));
            staking.unlock(i);
        }
        vm.warp(block.timestamp + COOLDOWN);
        // 367 and 1,000 have no common divisor: every stake exactly once, in a shuffled order.
        for (uint256 i; i < 1000; ++i) {
            uint256 id = (i * 367 + 11) % 1000;
            address staker = address(uint160(0x20_0000 + id));
            vm.prank(staker);
            staking.claim(id);
            assertEq(staker.balance, id + 1 + ((id + 1) * 3) / 16, "principal and 18.75 %");
            sum += ((id + 1) * 3) / 16;
        }
        assertEq(staking.rewardPool(), SUPPLY - sum, "pool");
        assertEq(staking.totalPrincipal() + staking.committedRewards(), 0, "nothing is left");
    }

    function test_S11_GivenStakeAndLeaveInOneBlock_ItIsRefused() public {
        vm.prank(admin);
        staking.setTerm(1, 1e6);
        fund(1 ether);
        uint256 id = stakeAs(alice, 1, 10 ether);
        vm.prank(alice);
        vm.expectRevert(
            abi.encodeWithSelector(IMasaStaking.MasaStaking_TermNotOver.selector, id, START + PERIOD, START)
        );
        staking.unlock(id);
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSelector(IMasaStaking.MasaStaking_NotUnlocked.selector, id));
        staking.claim(id);
    }

    function test_S12_GivenASandwichAroundFunding_ItEarnsTheRateOnly() public {
        fund(10 ether);
        uint256 before = stakeAs(bob, 6, 100 ether);
        fund(1000 ether);
        uint256 after_ = stakeAs(bob, 6, 100 ether);
        assertEq(staking.stakeOf(before).reward, 10 ether, "before the funding");
        assertEq(staking.stakeOf(after_).reward, 10 ether, "after it");
        assertEq(staking.rewardPool(), 990 ether, "nobody took a share of the funding");
    }
}
