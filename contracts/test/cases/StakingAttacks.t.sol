// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IMasaStaking} from "../../src/interfaces/IMasaStaking.sol";
import {ReenteringReceiver} from "../base/HostileReceivers.sol";
import {MasaStakingFixture} from "../fixtures/MasaStakingFixture.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";

/// @notice Griefing, queues, reentrancy and the owner's powers.
contract StakingAttackCases is MasaStakingFixture {
    function notOwner(uint256 id, address caller) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IMasaStaking.MasaStaking_NotOwner.selector, id, caller);
    }

    function stakeHash(uint256 id) internal view returns (bytes32) {
        return keccak256(abi.encode(staking.stakeOf(id)));
    }

    function test_S13_GivenAStakeOfNothing_ItIsRefused() public {
        fund(1 ether);
        uint16[3] memory terms = [uint16(3), 6, 9];
        for (uint256 i; i < 3; ++i) {
            vm.prank(eve);
            vm.expectRevert(abi.encodeWithSelector(IMasaStaking.MasaStaking_AmountZero.selector));
            staking.stake(terms[i]);
        }
        assertEq(staking.stakeCount(), 0, "no empty stakes");
    }

    /// @notice Nobody can stake for somebody else: the caller is the owner, and no other account is named.
    function test_S14_GivenAStakeForAVictim_ItBelongsToTheCaller() public {
        fund(1 ether);
        uint256 mine = stakeAs(alice, 6, 1 ether);
        bytes32 before = stakeHash(mine);
        vm.deal(eve, 1);
        uint256 id = stakeAs(eve, 3, 1);
        assertEq(staking.stakeOf(id).owner, eve, "the caller");
        assertEq(stakeHash(mine), before, "the victim's stake is untouched");
    }

    function test_S15_GivenAYearOfStrangersCalls_ItLosesNoWei() public {
        fund(100 ether);
        uint256 id = stakeAs(alice, 9, 1 ether);
        bytes32 before = stakeHash(id);
        vm.deal(eve, 1 ether);
        for (uint256 day; day < 365; ++day) {
            vm.warp(START + day * 1 days);
            assertRefused(eve, address(staking), abi.encodeCall(staking.unlock, (id)), notOwner(id, eve));
            assertRefused(eve, address(staking), abi.encodeCall(staking.claim, (id)), notOwner(id, eve));
            vm.startPrank(eve);
            staking.fund{value: 1}();
            staking.stake{value: 1}(3);
            vm.stopPrank();
        }
        assertEq(stakeHash(id), before, "a year later");
        assertEq(finish(id, carol), 1.1875 ether, "loss: 0 wei");
    }

    function test_S16_GivenDust_ItRestartsNoTermAndNoCooldown() public {
        fund(1 ether);
        uint256 id = stakeAs(alice, 3, 1 ether);
        vm.warp(START + 89 days);
        stakeAs(alice, 9, 1);
        assertEq(staking.stakeOf(id).unlockTime, START + 90 days, "term");
        vm.warp(START + 90 days);
        vm.prank(alice);
        staking.unlock(id);
        stakeAs(alice, 9, 1);
        assertEq(staking.stakeOf(id).claimTime, START + 111 days, "cooldown");
        vm.warp(START + 111 days);
        vm.prank(alice);
        assertEq(staking.claim(id), 1.0375 ether, "on time");
    }

    /// @notice A queued withdrawal cannot be withdrawn, by a stranger, by the owner of the contract or by its own owner.
    function test_S17_GivenAQueuedWithdrawal_ItCannotBeCancelledOrDelayed() public {
        fund(1 ether);
        uint256 id = stakeAs(alice, 3, 1 ether);
        vm.warp(START + 90 days);
        vm.prank(alice);
        staking.unlock(id);
        vm.warp(START + 100 days);
        assertRefused(eve, address(staking), abi.encodeCall(staking.unlock, (id)), notOwner(id, eve));
        assertRefused(admin, address(staking), abi.encodeCall(staking.unlock, (id)), notOwner(id, admin));
        assertRefused(
            alice,
            address(staking),
            abi.encodeCall(staking.unlock, (id)),
            abi.encodeWithSelector(IMasaStaking.MasaStaking_AlreadyUnlocked.selector, id, START + 111 days)
        );
        vm.prank(admin);
        staking.setTerm(3, 0);
        vm.warp(START + 111 days);
        vm.prank(alice);
        assertEq(staking.claim(id), 1.0375 ether, "on time");
    }

    function test_S29_GivenAThousandOpenStakes_ItPaysEachAtTheSameCost() public {
        fund(SUPPLY);
        for (uint256 i; i < 1000; ++i) {
            stakeAs(alice, 3, 1 ether);
        }
        vm.warp(START + 90 days);
        vm.startPrank(alice);
        for (uint256 i; i < 1000; ++i) {
            staking.unlock(i);
        }
        vm.warp(START + 111 days);
        uint256[3] memory ids = [uint256(0), 500, 999];
        for (uint256 i; i < 3; ++i) {
            uint256 gasBefore = gasleft();
            staking.claim(ids[i]);
            assertLe(gasBefore - gasleft(), 70_000, "no list is walked");
        }
        vm.stopPrank();
    }

    function test_S30_GivenAReceiverThatReenters_ItPaysOnceAndTellsTheTruthInside() public {
        fund(1000 ether);
        uint256 other = stakeAs(bob, 3, 7 ether);
        ReenteringReceiver owner = new ReenteringReceiver();
        uint256[6] memory seen;
        bytes[6] memory calls;
        for (uint256 i; i < 6; ++i) {
            vm.warp(START + i * 200 days);
            uint256 id = staking.stakeCount();
            owner.execute{value: 1 ether}(address(staking), abi.encodeCall(staking.stake, (3)));
            vm.warp(START + i * 200 days + 90 days);
            owner.execute(address(staking), abi.encodeCall(staking.unlock, (id)));
            vm.warp(START + i * 200 days + 111 days);
            calls = [
                abi.encodeCall(staking.claim, (id)),
                abi.encodeCall(staking.unlock, (id)),
                abi.encodeCall(staking.claimTo, (other, address(owner))),
                abi.encodeCall(staking.totalPrincipal, ()),
                abi.encodeCall(staking.committedRewards, ()),
                abi.encodeCall(staking.totalRewardsPaid, ())
            ];
            seen = [uint256(0), 0, 0, 7 ether, 0.2625 ether, 6 * 0.0375 ether];
            owner.arm(address(staking), calls[i]);
            owner.execute(address(staking), abi.encodeCall(staking.claim, (id)));
            assertTrue(owner.entered() && owner.succeeded() == (i >= 3), "payments refused, views answered");
            assertEq(address(owner).balance, (i + 1) * 1.0375 ether, "once each time");
            if (i >= 3) assertEq(owner.observed(), seen[i], "seen from inside");
        }
    }

    function test_S31_GivenASetter_ItTouchesNoPromise() public {
        fund(100 ether);
        uint256 id = stakeAs(alice, 9, 100 ether);
        bytes32 before = stakeHash(id);
        uint256[3] memory books = [staking.totalPrincipal(), staking.committedRewards(), staking.rewardPool()];
        uint256[4] memory rates = [uint256(0), 1, 18.75e6, 100e6];
        for (uint256 i; i < 4; ++i) {
            vm.prank(admin);
            staking.setTerm(9, rates[i]);
            assertEq(stakeHash(id), before, "stake");
            assertEq(staking.totalPrincipal(), books[0], "principal");
            assertEq(staking.committedRewards(), books[1], "promised");
            assertEq(staking.rewardPool(), books[2], "pool");
        }
    }

    function test_S32_GivenSetterBounds_ItRefusesOneBeyondEach() public {
        bytes4 range = IMasaStaking.MasaStaking_PeriodsOutOfRange.selector;
        bytes4 rate = IMasaStaking.MasaStaking_RateAboveMaximum.selector;
        bytes4 set = staking.setTerm.selector;
        address target = address(staking);
        assertRefused(admin, target, abi.encodeWithSelector(set, 0, 1), abi.encodeWithSelector(range, 0, 120));
        assertRefused(
            admin, target, abi.encodeWithSelector(set, 121, 1), abi.encodeWithSelector(range, 121, 120)
        );
        assertRefused(
            admin,
            target,
            abi.encodeWithSelector(set, 1, 100e6 + 1),
            abi.encodeWithSelector(rate, 100e6 + 1, 100e6)
        );
        vm.startPrank(admin);
        staking.setTerm(1, 100e6);
        staking.setTerm(120, 1);
        vm.stopPrank();
        assertEq(
            staking.rewardMicroPercent(1) + staking.rewardMicroPercent(120), 100e6 + 1, "the edges are fine"
        );
    }

    /// @notice One role, the owner, held by a timelock; nobody else can do what it can, and it can do one thing.
    function test_S33_GivenRoles_ItKnowsOneOwnerAndOneRight() public {
        address[] memory role = new address[](1);
        role[0] = admin;
        TimelockController timelock = new TimelockController(2 days, role, role, address(0));
        vm.prank(admin);
        staking.transferOwnership(address(timelock));
        bytes memory accept = abi.encodeCall(staking.acceptOwnership, ());
        vm.startPrank(admin);
        timelock.schedule(address(staking), 0, accept, 0, 0, 2 days);
        vm.warp(START + 2 days);
        timelock.execute(address(staking), 0, accept, 0, 0);
        vm.stopPrank();
        assertEq(staking.owner(), address(timelock), "the timelock");
        address[4] memory others = [admin, alice, eve, address(staking)];
        for (uint256 i; i < 4; ++i) {
            bytes memory reason =
                abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, others[i]);
            assertRefused(others[i], address(staking), abi.encodeCall(staking.setTerm, (3, 1)), reason);
            assertRefused(
                others[i], address(staking), abi.encodeCall(staking.transferOwnership, (eve)), reason
            );
            assertRefused(others[i], address(staking), abi.encodeCall(staking.renounceOwnership, ()), reason);
        }
    }

    /// @notice There is nothing to sweep with: no call of the owner moves a single wei.
    function test_S34_GivenTheOwner_ItCanTakeNothing() public {
        fund(100 ether);
        uint256 id = stakeAs(alice, 9, 100 ether);
        uint256 balance = address(staking).balance;
        vm.startPrank(admin);
        staking.setTerm(3, 100e6);
        bytes[6] memory calls = [
            abi.encodeCall(staking.claim, (id)),
            abi.encodeCall(staking.claimTo, (id, admin)),
            abi.encodeCall(staking.unlock, (id)),
            abi.encodeWithSignature("sweepSurplus(address)", admin),
            abi.encodeWithSignature("sweepToken(address,address,uint256)", address(0), admin, 1),
            abi.encodeWithSignature("withdraw(uint256)", 1)
        ];
        for (uint256 i; i < 6; ++i) {
            (bool success,) = address(staking).call(calls[i]);
            assertTrue(!success, "refused");
        }
        vm.stopPrank();
        assertEq(address(staking).balance, balance, "not a wei");
    }
}
