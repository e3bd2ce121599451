// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {MasaStaking} from "../src/MasaStaking.sol";
import {IMasaStaking} from "../src/interfaces/IMasaStaking.sol";
import {ForcedSender, ReenteringReceiver, RejectingReceiver} from "./base/HostileReceivers.sol";
import {MasaStakingFixture} from "./fixtures/MasaStakingFixture.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

contract MasaStakingTest is MasaStakingFixture {
    // constructor

    function test_Constructor_ItStoresTheTerms() public view {
        assertEq(staking.rewardMicroPercent(3), 3_750_000, "3");
        assertEq(staking.rewardMicroPercent(6), 10_000_000, "6");
        assertEq(staking.rewardMicroPercent(9), 18_750_000, "9");
        assertEq(staking.periodSeconds(), 2_592_000, "period");
        assertEq(staking.cooldownSeconds(), 1_814_400, "cooldown");
        assertEq(staking.owner(), admin, "owner");
    }

    function expectNotCreated(
        uint32 period,
        uint16[] memory periods,
        uint256[] memory rates,
        bytes memory reason
    ) internal {
        assertNotCreated("MasaStaking", abi.encode(admin, period, COOLDOWN, periods, rates), reason);
    }

    function test_Constructor_GivenBadTerms_ItReverts() public {
        (uint16[] memory periods, uint256[] memory rates) = masaTerms();
        expectNotCreated(
            PERIOD,
            periods,
            new uint256[](0),
            abi.encodeWithSelector(IMasaStaking.MasaStaking_LengthsDiffer.selector, 3, 0)
        );
        expectNotCreated(
            0, periods, rates, abi.encodeWithSelector(IMasaStaking.MasaStaking_PeriodZero.selector)
        );
        bytes4 range = IMasaStaking.MasaStaking_PeriodsOutOfRange.selector;
        periods[0] = 0;
        expectNotCreated(PERIOD, periods, rates, abi.encodeWithSelector(range, 0, 120));
        periods[0] = 121;
        expectNotCreated(PERIOD, periods, rates, abi.encodeWithSelector(range, 121, 120));
        (periods[0], rates[0]) = (1, 100e6 + 1);
        bytes4 rate = IMasaStaking.MasaStaking_RateAboveMaximum.selector;
        expectNotCreated(PERIOD, periods, rates, abi.encodeWithSelector(rate, 100e6 + 1, 100e6));
    }

    // the live contract's books

    /// @notice Ethereum, 15 October 2024 04:41:11 UTC. The terms of the snapshot sum to 1 MASA less than its total and its
    /// rewards to 10^10 wei more than theirs: one test stake of 1 MASA at the smallest possible rate explains both exactly.
    function test_Snapshot_ItReproducesTheLiveContractToTheWei() public {
        uint256 total = 11_981_810_398_682_109_109_031_967;
        uint256 rewards = 1_152_207_542_921_757_430_275_493;
        staking.fund{value: rewards}();
        stakeAs(alice, 3, 6_883_971_139_565_423_685_845_000);
        stakeAs(alice, 6, 706_126_267_386_679_711_900_000);
        stakeAs(alice, 9, 4_391_711_991_730_005_711_286_967);
        assertEq(total - staking.totalPrincipal(), 1 ether, "1 MASA");
        assertEq(rewards - staking.committedRewards(), 10_000_000_000, "10^10 wei");
        vm.prank(admin);
        staking.setTerm(1, 1);
        stakeAs(bob, 1, 1 ether);
        assertEq(staking.totalPrincipal(), total, "with the test stake: principal");
        assertEq(staking.committedRewards(), rewards, "with the test stake: rewards");
        assertEq(staking.rewardPool(), 0, "pool used up");
    }

    // fund

    function test_Fund_GivenCallOrPlainTransfer_ItGrowsThePool() public {
        vm.prank(alice);
        staking.fund{value: 5}();
        (bool success,) = address(staking).call{value: 7}("");
        assertTrue(success, "plain transfer");
        assertEq(staking.rewardPool(), 12, "pool");
        assertEq(staking.totalFunded(), 12, "counter");
    }

    function test_Fund_GivenForcedTokens_ItIgnoresThem() public {
        new ForcedSender{value: 5}(payable(address(staking)));
        assertEq(staking.rewardPool(), 0, "pool");
    }

    // stake

    function test_Stake_GivenPool_ItSetsTheWholeRewardAside() public {
        staking.fund{value: 100 ether}();
        uint256 id = stakeAs(alice, 9, 100 ether);
        IMasaStaking.Stake memory made = staking.stakeOf(id);
        assertEq(made.owner, alice, "owner");
        assertEq(made.amount, 100 ether, "amount");
        assertEq(made.reward, 18.75 ether, "reward");
        assertEq(made.unlockTime, START + 9 * 30 days, "unlock");
        assertEq(staking.rewardPool(), 81.25 ether, "pool");
        assertEq(staking.committedRewards(), 18.75 ether, "committed");
        assertEq(staking.totalPrincipal(), 100 ether, "principal");
        assertEq(staking.stakeCount(), 1, "count");
    }

    function test_Stake_GivenAmountZero_ItReverts() public {
        vm.expectRevert(abi.encodeWithSelector(IMasaStaking.MasaStaking_AmountZero.selector));
        staking.stake(3);
    }

    function test_Stake_GivenAmountTooLarge_ItReverts() public {
        uint256 amount = uint256(type(uint128).max) + 1;
        vm.deal(alice, amount);
        vm.prank(alice);
        vm.expectRevert(
            abi.encodeWithSelector(
                IMasaStaking.MasaStaking_AmountTooLarge.selector, amount, type(uint128).max
            )
        );
        staking.stake{value: amount}(3);
    }

    function test_Stake_GivenUnknownTerm_ItReverts() public {
        vm.expectRevert(abi.encodeWithSelector(IMasaStaking.MasaStaking_UnknownTerm.selector, 4));
        staking.stake{value: 1}(4);
    }

    /// @notice S-6: principal, promised rewards and forced tokens of others never count as funds.
    function test_Stake_GivenPoolOneWeiShort_ItReverts() public {
        staking.fund{value: 18.75 ether}();
        stakeAs(bob, 9, 100 ether);
        staking.fund{value: 18.75 ether - 1}();
        new ForcedSender{value: 5 ether}(payable(address(staking)));
        vm.prank(alice);
        vm.expectRevert(
            abi.encodeWithSelector(
                IMasaStaking.MasaStaking_PoolTooSmall.selector, 18.75 ether, 18.75 ether - 1
            )
        );
        staking.stake{value: 100 ether}(9);
        staking.fund{value: 1}();
        stakeAs(alice, 9, 100 ether);
        assertEq(staking.rewardPool(), 0, "exactly enough");
    }

    function test_Stake_GivenOneWei_ItEarnsNothing() public {
        uint256 id = stakeAs(alice, 9, 1);
        assertEq(staking.stakeOf(id).reward, 0, "floor");
    }

    // unlock and claim

    function test_Unlock_GivenTermEdges_ItOpensAtTheSecond() public {
        staking.fund{value: 1 ether}();
        uint256 id = stakeAs(alice, 3, 1 ether);
        uint256 unlockTime = START + 90 days;
        vm.warp(unlockTime - 1);
        vm.prank(alice);
        vm.expectRevert(
            abi.encodeWithSelector(
                IMasaStaking.MasaStaking_TermNotOver.selector, id, unlockTime, unlockTime - 1
            )
        );
        staking.unlock(id);
        vm.warp(unlockTime);
        vm.prank(alice);
        staking.unlock(id);
        assertEq(staking.stakeOf(id).claimTime, unlockTime + 21 days, "claim time");
        vm.prank(alice);
        vm.expectRevert(
            abi.encodeWithSelector(
                IMasaStaking.MasaStaking_AlreadyUnlocked.selector, id, unlockTime + 21 days
            )
        );
        staking.unlock(id);
    }

    function test_Claim_GivenCooldownEdges_ItPaysAtTheSecond() public {
        staking.fund{value: 1 ether}();
        uint256 id = stakeAs(alice, 3, 1 ether);
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSelector(IMasaStaking.MasaStaking_NotUnlocked.selector, id));
        staking.claim(id);
        vm.warp(START + 100 days);
        vm.prank(alice);
        staking.unlock(id);
        uint256 claimTime = START + 121 days;
        vm.warp(claimTime - 1);
        vm.prank(alice);
        vm.expectRevert(
            abi.encodeWithSelector(
                IMasaStaking.MasaStaking_CooldownNotOver.selector, id, claimTime, claimTime - 1
            )
        );
        staking.claim(id);
        vm.warp(claimTime);
        uint256 before = alice.balance;
        vm.prank(alice);
        assertEq(staking.claim(id), 1.0375 ether, "paid: nothing for the cooldown");
        assertEq(alice.balance - before, 1.0375 ether, "received");
        assertEq(staking.totalPrincipal() + staking.committedRewards(), 0, "ledgers");
        assertEq(staking.totalRewardsPaid(), 0.0375 ether, "counter");
        assertEq(staking.stakeOf(id).owner, address(0), "gone");
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSelector(IMasaStaking.MasaStaking_NotOwner.selector, id, alice));
        staking.claim(id);
    }

    function test_Unlock_WhenCallerIsNotOwner_ItReverts() public {
        uint256 id = stakeAs(alice, 3, 1);
        vm.warp(START + 365 days);
        vm.prank(eve);
        vm.expectRevert(abi.encodeWithSelector(IMasaStaking.MasaStaking_NotOwner.selector, id, eve));
        staking.unlock(id);
        vm.prank(eve);
        vm.expectRevert(abi.encodeWithSelector(IMasaStaking.MasaStaking_NotOwner.selector, id, eve));
        staking.claimTo(id, eve);
    }

    function test_Claim_GivenClaimOfAnEarlierStake_ItKeepsTheNumbersOfOthers() public {
        staking.fund{value: 1 ether}();
        uint256 first = stakeAs(alice, 3, 1 ether);
        uint256 second = stakeAs(alice, 6, 2 ether);
        vm.warp(START + 90 days);
        vm.prank(alice);
        staking.unlock(first);
        vm.warp(START + 111 days);
        vm.prank(alice);
        staking.claim(first);
        assertEq(staking.stakeOf(second).amount, 2 ether, "second keeps its number");
    }

    function test_Claim_GivenOwnerRejects_ItRevertsAndClaimToStillWorks() public {
        staking.fund{value: 3}();
        RejectingReceiver owner = new RejectingReceiver();
        owner.execute{value: 100}(address(staking), abi.encodeCall(staking.stake, (3)));
        vm.warp(START + 90 days);
        owner.execute(address(staking), abi.encodeCall(staking.unlock, (0)));
        vm.warp(START + 111 days);
        (bool success,) = owner.execute(address(staking), abi.encodeCall(staking.claim, (0)));
        assertTrue(!success, "refused");
        owner.execute(address(staking), abi.encodeCall(staking.claimTo, (0, carol)));
        assertEq(carol.balance, 103, "way out");
    }

    /// @notice S-30
    function test_Claim_GivenOwnerReenters_ItPaysOnceAndViewsAgree() public {
        staking.fund{value: 10 ether}();
        stakeAs(bob, 3, 7 ether);
        ReenteringReceiver owner = new ReenteringReceiver();
        owner.execute{value: 1 ether}(address(staking), abi.encodeCall(staking.stake, (3)));
        vm.warp(START + 90 days);
        owner.execute(address(staking), abi.encodeCall(staking.unlock, (1)));
        vm.warp(START + 111 days);
        owner.arm(address(staking), abi.encodeCall(staking.claim, (1)));
        owner.execute(address(staking), abi.encodeCall(staking.claim, (1)));
        assertTrue(owner.entered() && !owner.succeeded(), "second claim refused");
        assertEq(address(owner).balance, 1.0375 ether, "once");

        owner.execute{value: 1 ether}(address(staking), abi.encodeCall(staking.stake, (3)));
        vm.warp(START + 300 days);
        owner.execute(address(staking), abi.encodeCall(staking.unlock, (2)));
        vm.warp(START + 321 days);
        owner.arm(address(staking), abi.encodeCall(staking.totalPrincipal, ()));
        owner.execute(address(staking), abi.encodeCall(staking.claim, (2)));
        assertEq(owner.observed(), 7 ether, "ledger seen from inside");
    }

    // setTerm

    function test_SetTerm_ItDoesNotTouchOldStakes() public {
        staking.fund{value: 100 ether}();
        uint256 id = stakeAs(alice, 9, 100 ether);
        vm.prank(admin);
        staking.setTerm(9, 1e6);
        assertEq(staking.stakeOf(id).reward, 18.75 ether, "old");
        assertEq(staking.rewardFor(9, 100 ether), 1 ether, "new");
        vm.prank(admin);
        staking.setTerm(9, 0);
        vm.expectRevert(abi.encodeWithSelector(IMasaStaking.MasaStaking_UnknownTerm.selector, 9));
        staking.rewardFor(9, 1);
    }

    function test_SetTerm_WhenCallerIsNotOwner_ItReverts() public {
        vm.prank(eve);
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, eve));
        staking.setTerm(3, 1);
    }

    // fuzz

    /// @dev Covers: any amount up to the supply, any term and rate, any waiting time; whole life of a stake.
    function testFuzz_Stake_ItPaysExactlyWhatWasPromised(
        uint256 amount,
        uint16 periods,
        uint256 rate,
        uint32 wait
    ) public {
        amount = bound(amount, 1, SUPPLY);
        periods = uint16(bound(periods, 1, 120));
        rate = bound(rate, 1, 100e6);
        vm.prank(admin);
        staking.setTerm(periods, rate);
        uint256 reward = staking.rewardFor(periods, amount);
        assertLe(reward * 100e6, amount * rate, "never above the rate");
        assertLe(amount * rate, reward * 100e6 + (100e6 - 1), "less than one wei below");
        staking.fund{value: reward}();
        uint256 id = stakeAs(alice, periods, amount);
        vm.warp(START + uint256(periods) * PERIOD + wait);
        vm.prank(alice);
        staking.unlock(id);
        vm.warp(block.timestamp + COOLDOWN);
        vm.prank(alice);
        staking.claimTo(id, carol);
        assertEq(carol.balance, amount + reward, "paid");
        assertEq(address(staking).balance, 0, "nothing left");
    }
}
