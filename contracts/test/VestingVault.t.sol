// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {VestingVault} from "../src/VestingVault.sol";
import {IVestingVault} from "../src/interfaces/IVestingVault.sol";
import {
    ForcedSender,
    GasBurningReceiver,
    ReenteringReceiver,
    RejectingReceiver
} from "./base/HostileReceivers.sol";
import {TestToken} from "./base/TestToken.sol";
import {VestingVaultFixture} from "./fixtures/VestingVaultFixture.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

contract VestingVaultTest is VestingVaultFixture {
    // constructor

    function test_Constructor_GivenGrants_ItOpensTheirBucketsAndHoldsThem() public {
        IVestingVault.Grant[] memory list = new IVestingVault.Grant[](3);
        (list[0], list[1], list[2]) = (terms(), terms(), terms());
        list[1].bucket = keccak256("private/private");
        vm.deal(address(this), 3 * uint256(AMOUNT));
        VestingVault made = new VestingVault{value: 3 * uint256(AMOUNT)}(admin, list);
        assertEq(made.grantCount(), 3, "count");
        assertEq(made.bucketCap(TEAM), 2 * uint256(AMOUNT), "cap");
        assertEq(made.bucketGranted(TEAM), 2 * uint256(AMOUNT), "granted");
        assertEq(made.liabilities(), address(made).balance, "VI-1");
        assertEq(made.owner(), admin, "owner");
    }

    function test_Constructor_GivenFundingDiffers_ItReverts() public {
        IVestingVault.Grant[] memory list = new IVestingVault.Grant[](1);
        list[0] = terms();
        assertNotCreated(
            "VestingVault",
            abi.encode(admin, list),
            abi.encodeWithSelector(IVestingVault.VestingVault_FundingDiffers.selector, 0, AMOUNT)
        );
    }

    // createGrants

    function test_CreateGrants_GivenGoodTerms_ItStoresThem() public {
        uint256 id = create(terms());
        IVestingVault.Position memory position = vault.position(id);
        assertEq(position.grant.beneficiary, alice, "beneficiary");
        assertEq(position.grant.amount, AMOUNT, "amount");
        assertEq(position.grant.lockSeconds, LOCK, "lock");
        assertEq(vault.totalAllocated(), AMOUNT, "allocated");
    }

    function test_CreateGrants_GivenFundingDiffers_ItReverts() public {
        IVestingVault.Grant[] memory list = new IVestingVault.Grant[](2);
        (list[0], list[1]) = (terms(), terms());
        vm.deal(admin, AMOUNT);
        vm.prank(admin);
        vm.expectRevert(
            abi.encodeWithSelector(
                IVestingVault.VestingVault_FundingDiffers.selector, AMOUNT, 2 * uint256(AMOUNT)
            )
        );
        vault.createGrants{value: AMOUNT}(list);
    }

    function test_CreateGrants_GivenBadTerms_ItReverts() public {
        IVestingVault.Grant memory grant = terms();
        grant.beneficiary = address(0);
        expectRefused(
            grant, abi.encodeWithSelector(IVestingVault.VestingVault_BeneficiaryInvalid.selector, 0)
        );
        grant.beneficiary = address(vault);
        expectRefused(
            grant, abi.encodeWithSelector(IVestingVault.VestingVault_BeneficiaryInvalid.selector, vault)
        );
        grant = terms();
        grant.amount = 0;
        expectRefused(grant, abi.encodeWithSelector(IVestingVault.VestingVault_AmountZero.selector));
        grant = terms();
        grant.tgeAmount = AMOUNT + 1;
        expectRefused(
            grant,
            abi.encodeWithSelector(IVestingVault.VestingVault_TgeAboveAmount.selector, AMOUNT + 1, AMOUNT)
        );
        grant = terms();
        grant.start = type(uint64).max;
        expectRefused(
            grant,
            abi.encodeWithSelector(
                IVestingVault.VestingVault_StartTooFar.selector, type(uint64).max, START + 3650 days
            )
        );
        grant = terms();
        grant.mode = IVestingVault.Mode.Cliff;
        grant.linearSeconds = LOCK - 1;
        expectRefused(
            grant, abi.encodeWithSelector(IVestingVault.VestingVault_LockAboveLinear.selector, LOCK, LOCK - 1)
        );
        grant = terms();
        grant.bucket = "unknown";
        expectRefused(
            grant,
            abi.encodeWithSelector(
                IVestingVault.VestingVault_BucketExceeded.selector, bytes32("unknown"), AMOUNT, 0
            )
        );
    }

    function test_CreateGrants_WhenCallerIsNotOwner_ItReverts() public {
        vm.prank(eve);
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, eve));
        vault.createGrants(new IVestingVault.Grant[](0));
    }

    function test_CreateGrants_GivenFortyGrants_ItFitsIntoABlock() public {
        IVestingVault.Grant[] memory list = new IVestingVault.Grant[](40);
        for (uint256 i; i < list.length; ++i) {
            list[i] = terms();
        }
        vm.deal(admin, 40 * uint256(AMOUNT));
        vm.prank(admin);
        uint256 gasBefore = gasleft();
        vault.createGrants{value: 40 * uint256(AMOUNT)}(list);
        assertLe(gasBefore - gasleft(), 6_400_000, "80 % of 8 million gas");
    }

    // openBucket

    function test_OpenBucket_GivenOpenedBefore_ItReverts() public {
        vm.prank(admin);
        vm.expectRevert(abi.encodeWithSelector(IVestingVault.VestingVault_BucketExists.selector, TEAM));
        vault.openBucket(TEAM, 1);
    }

    function test_OpenBucket_GivenCapZero_ItReverts() public {
        vm.prank(admin);
        vm.expectRevert(abi.encodeWithSelector(IVestingVault.VestingVault_CapZero.selector, bytes32("x")));
        vault.openBucket("x", 0);
    }

    function test_OpenBucket_WhenCallerIsNotOwner_ItReverts() public {
        vm.prank(eve);
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, eve));
        vault.openBucket("x", 1);
    }

    // vestedAt

    function test_VestedAt_GivenLockThenLinear_ItCountsFromLockEnd() public {
        IVestingVault.Grant memory grant = terms();
        grant.tgeAmount = 100;
        grant.amount = 1000;
        uint256 id = create(grant);
        uint256 lockEnd = START + LOCK;
        assertEq(vault.vestedAt(id, START - 1), 0, "before");
        assertEq(vault.vestedAt(id, START), 100, "start");
        assertEq(vault.vestedAt(id, lockEnd - 1), 100, "in lock");
        assertEq(vault.vestedAt(id, lockEnd), 100, "lock end");
        assertEq(vault.vestedAt(id, lockEnd + LINEAR / 900), 101, "one wei later");
        assertEq(vault.vestedAt(id, lockEnd + LINEAR / 2), 550, "half");
        assertEq(vault.vestedAt(id, lockEnd + LINEAR - 1), 999, "last second");
        assertEq(vault.vestedAt(id, lockEnd + LINEAR), 1000, "end");
        assertEq(vault.vestedAt(id, type(uint64).max), 1000, "for ever");
    }

    function test_VestedAt_GivenCliff_ItPaysTheLumpAtLockEnd() public {
        IVestingVault.Grant memory grant = terms();
        grant.mode = IVestingVault.Mode.Cliff;
        grant.amount = 900;
        uint256 id = create(grant);
        assertEq(vault.vestedAt(id, START + LOCK - 1), 0, "in lock");
        assertEq(vault.vestedAt(id, START + LOCK), 150, "lump");
        assertEq(vault.vestedAt(id, START + LINEAR - 1), 899, "last second");
        assertEq(vault.vestedAt(id, START + LINEAR), 900, "end");
    }

    function test_VestedAt_GivenNoLinearTime_ItFreesAllAtLockEnd() public {
        IVestingVault.Grant memory grant = terms();
        grant.linearSeconds = 0;
        uint256 id = create(grant);
        assertEq(vault.vestedAt(id, START + LOCK - 1), 0, "in lock");
        assertEq(vault.vestedAt(id, START + LOCK), AMOUNT, "lock end");
    }

    function test_VestedAt_GivenUnknownGrant_ItReverts() public {
        vm.expectRevert(abi.encodeWithSelector(IVestingVault.VestingVault_UnknownGrant.selector, 7, 0));
        vault.vestedAt(7, 0);
        uint256 next = create(terms()) + 1;
        bytes memory reason =
            abi.encodeWithSelector(IVestingVault.VestingVault_UnknownGrant.selector, next, 1);
        bytes[5] memory calls = [
            abi.encodeCall(vault.vestedAt, (next, START)),
            abi.encodeCall(vault.claim, (next)),
            abi.encodeCall(vault.position, (next)),
            abi.encodeCall(vault.status, (next)),
            abi.encodeCall(vault.acceptBeneficiary, (next))
        ];
        for (uint256 i; i < calls.length; ++i) {
            assertRefused(eve, address(vault), calls[i], reason);
        }
    }

    // claim

    function test_Claim_GivenVested_ItPaysTheBeneficiaryWhoeverCalls() public {
        uint256 id = create(terms());
        vm.warp(START + LOCK + LINEAR / 2);
        vm.prank(eve);
        assertEq(vault.claim(id), AMOUNT / 2, "paid");
        assertEq(alice.balance, AMOUNT / 2, "balance");
        assertEq(vault.claimable(id), 0, "nothing left now");
    }

    function test_Claim_GivenTwiceInOneBlock_ItRevertsTheSecond() public {
        uint256 id = create(terms());
        vm.warp(START + LOCK + LINEAR / 2);
        vault.claim(id);
        vm.expectRevert(abi.encodeWithSelector(IVestingVault.VestingVault_NothingClaimable.selector, id));
        vault.claim(id);
    }

    function test_Claim_GivenLocked_ItReverts() public {
        uint256 id = create(terms());
        vm.warp(START + LOCK);
        vm.expectRevert(abi.encodeWithSelector(IVestingVault.VestingVault_NothingClaimable.selector, id));
        vault.claim(id);
    }

    function test_Claim_GivenTheEnd_ItLeavesNoDust() public {
        uint256 id = create(terms());
        vm.warp(START + LOCK + 12_345_677);
        vault.claim(id);
        vm.warp(START + LOCK + LINEAR);
        vault.claim(id);
        assertEq(alice.balance, AMOUNT, "VI-5");
        assertEq(address(vault).balance, 0, "empty");
        assertTrue(vault.status(id) == IVestingVault.Status.Depleted, "VI-7");
    }

    function test_Claim_GivenBeneficiaryReverts_ItRevertsAndClaimToStillWorks() public {
        RejectingReceiver receiver = new RejectingReceiver();
        IVestingVault.Grant memory grant = terms();
        grant.beneficiary = address(receiver);
        uint256 id = create(grant);
        vm.warp(START + LOCK + LINEAR);
        vm.expectRevert(
            abi.encodeWithSelector(IVestingVault.VestingVault_TransferFailed.selector, receiver, AMOUNT)
        );
        vault.claim(id);
        receiver.execute(address(vault), abi.encodeCall(vault.claimTo, (id, bob)));
        assertEq(bob.balance, AMOUNT, "way out");
    }

    function test_Claim_GivenBeneficiaryBurnsAllGas_ItRevertsAndKeepsTheGrant() public {
        GasBurningReceiver receiver = new GasBurningReceiver();
        IVestingVault.Grant memory grant = terms();
        grant.beneficiary = address(receiver);
        uint256 id = create(grant);
        vm.warp(START + LOCK + LINEAR);
        (bool success,) = address(vault).call{gas: 200_000}(abi.encodeCall(vault.claim, (id)));
        assertTrue(!success && vault.claimable(id) == AMOUNT, "kept");
    }

    function test_Claim_GivenBeneficiaryReenters_ItPaysOnce() public {
        ReenteringReceiver receiver = new ReenteringReceiver();
        IVestingVault.Grant memory grant = terms();
        grant.beneficiary = address(receiver);
        uint256 id = create(grant);
        create(terms());
        vm.warp(START + LOCK + LINEAR / 2);
        receiver.arm(address(vault), abi.encodeCall(vault.claim, (id)));
        vault.claim(id);
        assertTrue(receiver.entered() && !receiver.succeeded(), "refused");
        assertEq(address(receiver).balance, AMOUNT / 2, "once");
    }

    function test_ClaimTo_WhenCallerIsNotBeneficiary_ItReverts() public {
        uint256 id = create(terms());
        vm.prank(eve);
        vm.expectRevert(abi.encodeWithSelector(IVestingVault.VestingVault_NotBeneficiary.selector, id, eve));
        vault.claimTo(id, eve);
    }

    // revoke

    function test_Revoke_GivenAnyTime_ItReturnsTheUnvestedAndKeepsTheVested() public {
        uint256[5] memory times = [START, START + LOCK / 2, START + LOCK, START + LOCK + LINEAR / 3, 0];
        times[4] = START + LOCK + LINEAR - 1;
        for (uint256 i; i < times.length; ++i) {
            vm.warp(START);
            uint256 id = create(terms());
            vm.warp(times[i]);
            uint256 vested = vault.vestedAt(id, times[i]);
            uint256 before = bob.balance;
            vm.prank(admin);
            assertEq(vault.revoke(id, bob), AMOUNT - vested, "refund");
            assertEq(bob.balance - before, AMOUNT - vested, "received");
            vm.warp(START + LOCK + 2 * LINEAR);
            assertEq(vault.claimable(id), vested, "VI-3: constant after");
            if (vested > 0) {
                assertTrue(vault.status(id) == IVestingVault.Status.Revoked, "revoked");
                vault.claim(id);
            }
            assertTrue(vault.status(id) == IVestingVault.Status.Depleted, "depleted");
        }
        assertEq(address(vault).balance, 0, "nothing over, nothing short");
    }

    function test_Revoke_GivenPartialClaim_ItRefundsWithoutTouchingTheVested() public {
        uint256 id = create(terms());
        vm.warp(START + LOCK + LINEAR / 4);
        vault.claim(id);
        vm.warp(START + LOCK + LINEAR / 2);
        vm.prank(admin);
        vault.revoke(id, bob);
        assertEq(vault.claim(id), AMOUNT / 2 - AMOUNT / 4, "rest of the vested part");
        assertEq(bob.balance + alice.balance, AMOUNT, "whole");
    }

    function test_Revoke_GivenBeforeStart_ItReturnsEverything() public {
        IVestingVault.Grant memory grant = terms();
        grant.start = uint64(START + 100);
        uint256 id = create(grant);
        vm.prank(admin);
        assertEq(vault.revoke(id, bob), AMOUNT, "all");
    }

    function test_Revoke_GivenRefund_ItMayBeGrantedAgainFromTheBucket() public {
        vm.prank(admin);
        vault.openBucket("small", AMOUNT);
        IVestingVault.Grant memory grant = terms();
        grant.bucket = "small";
        uint256 id = create(grant);
        vm.prank(admin);
        vault.revoke(id, bob);
        assertEq(vault.bucketGranted("small"), 0, "free again");
        create(grant);
        expectRefused(
            grant,
            abi.encodeWithSelector(
                IVestingVault.VestingVault_BucketExceeded.selector,
                bytes32("small"),
                2 * uint256(AMOUNT),
                AMOUNT
            )
        );
    }

    function test_Revoke_GivenTwiceOrVested_ItReverts() public {
        uint256 id = create(terms());
        vm.warp(START + LOCK + LINEAR / 2);
        vm.prank(admin);
        vault.revoke(id, bob);
        vm.prank(admin);
        vm.expectRevert(abi.encodeWithSelector(IVestingVault.VestingVault_NothingToRevoke.selector, id));
        vault.revoke(id, bob);
        uint256 late = create(terms());
        vm.warp(START + LOCK + LINEAR);
        vm.prank(admin);
        vm.expectRevert(abi.encodeWithSelector(IVestingVault.VestingVault_NothingToRevoke.selector, late));
        vault.revoke(late, bob);
    }

    function test_Revoke_GivenNotRevocable_ItReverts() public {
        IVestingVault.Grant memory grant = terms();
        grant.revocable = false;
        uint256 id = create(grant);
        vm.prank(admin);
        vm.expectRevert(abi.encodeWithSelector(IVestingVault.VestingVault_NotRevocable.selector, id));
        vault.revoke(id, bob);
    }

    function test_Revoke_WhenCallerIsNotOwner_ItReverts() public {
        uint256 id = create(terms());
        vm.prank(eve);
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, eve));
        vault.revoke(id, eve);
        vm.prank(admin);
        vault.renounceOwnership();
        vm.prank(admin);
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, admin));
        vault.revoke(id, admin);
    }

    // beneficiary

    function test_Beneficiary_ItChangesInTwoSteps() public {
        uint256 id = create(terms());
        vm.warp(START + LOCK + LINEAR / 2);
        vm.prank(alice);
        vault.proposeBeneficiary(id, bob);
        vault.claim(id);
        assertEq(alice.balance, AMOUNT / 2, "the old beneficiary claims until the offer is accepted");
        vm.prank(bob);
        vault.acceptBeneficiary(id);
        assertEq(vault.position(id).grant.beneficiary, bob, "bob");
        vm.warp(START + LOCK + LINEAR);
        vault.claim(id);
        assertEq(bob.balance, AMOUNT - AMOUNT / 2, "the rest");
    }

    function test_Beneficiary_GivenRevokedInFlight_ItKeepsTheVestedForTheNewOne() public {
        uint256 id = create(terms());
        vm.prank(alice);
        vault.proposeBeneficiary(id, bob);
        vm.warp(START + LOCK + LINEAR / 2);
        vm.prank(admin);
        vault.revoke(id, carol);
        vm.prank(bob);
        vault.acceptBeneficiary(id);
        vault.claim(id);
        assertEq(bob.balance, AMOUNT / 2, "vested part");
    }

    function test_Beneficiary_GivenStrangers_ItReverts() public {
        uint256 id = create(terms());
        vm.prank(eve);
        vm.expectRevert(abi.encodeWithSelector(IVestingVault.VestingVault_NotBeneficiary.selector, id, eve));
        vault.proposeBeneficiary(id, eve);
        vm.prank(alice);
        vault.proposeBeneficiary(id, bob);
        vm.prank(eve);
        vm.expectRevert(abi.encodeWithSelector(IVestingVault.VestingVault_NotProposed.selector, id, eve));
        vault.acceptBeneficiary(id);
        vm.prank(alice);
        vault.proposeBeneficiary(id, address(0));
        vm.prank(bob);
        vm.expectRevert(abi.encodeWithSelector(IVestingVault.VestingVault_NotProposed.selector, id, bob));
        vault.acceptBeneficiary(id);
    }

    // status and sweeping

    function test_Status_ItFollowsTheLifeOfAGrant() public {
        IVestingVault.Grant memory grant = terms();
        grant.start = uint64(START + 100);
        uint256 id = create(grant);
        assertTrue(vault.status(id) == IVestingVault.Status.Pending, "pending");
        vm.warp(START + 100);
        assertTrue(vault.status(id) == IVestingVault.Status.Locked, "locked");
        vm.warp(START + 100 + LOCK);
        assertTrue(vault.status(id) == IVestingVault.Status.Streaming, "streaming");
        vm.warp(START + 100 + LOCK + LINEAR);
        assertTrue(vault.status(id) == IVestingVault.Status.Settled, "settled");
    }

    function test_SweepSurplus_GivenForcedTokens_ItTakesExactlyThose() public {
        create(terms());
        vm.deal(address(this), 5);
        new ForcedSender{value: 5}(payable(address(vault)));
        vm.prank(admin);
        assertEq(vault.sweepSurplus(bob), 5, "surplus");
        vm.prank(admin);
        assertEq(vault.sweepSurplus(bob), 0, "never the grants");
        assertEq(address(vault).balance, AMOUNT, "grants");
    }

    function test_Receive_GivenPlainTransfer_ItReverts() public {
        vm.deal(address(this), 5);
        (bool success,) = address(vault).call{value: 5}("");
        assertTrue(!success, "no donations");
    }

    function test_SweepToken_GivenMistakenTokens_ItHandsThemOut() public {
        TestToken token = new TestToken();
        token.give(address(vault), 5);
        vm.prank(admin);
        vault.sweepToken(address(token), bob, 5);
        assertEq(token.balanceOf(bob), 5, "token");
        vm.prank(eve);
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, eve));
        vault.sweepToken(address(token), eve, 0);
        vm.prank(eve);
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, eve));
        vault.sweepSurplus(eve);
    }

    // fuzz

    /// @dev Covers: any amount up to 2^128 - 1, both modes, any TGE part, three claims at any times, one claim at the end.
    function testFuzz_Claim_ItIsPathIndependentAndExactAtTheEnd(
        uint128 amount,
        uint128 tge,
        uint32 lock,
        uint32 linear,
        bool cliff,
        uint32[3] memory steps
    ) public {
        IVestingVault.Grant memory grant = terms();
        grant.amount = uint128(bound(amount, 1, type(uint128).max));
        grant.tgeAmount = uint128(bound(tge, 0, grant.amount));
        grant.linearSeconds = linear;
        grant.lockSeconds = cliff ? uint32(bound(lock, 0, linear)) : lock;
        grant.mode = cliff ? IVestingVault.Mode.Cliff : IVestingVault.Mode.LockThenLinear;
        grant.bucket = "fuzz";
        vm.prank(admin);
        vault.openBucket("fuzz", type(uint256).max);
        uint256 id = create(grant);
        uint256 time = START;
        for (uint256 i; i < 3; ++i) {
            time += steps[i];
            vm.warp(time);
            if (vault.claimable(id) > 0) vault.claim(id);
            assertEq(alice.balance, vault.vestedAt(id, time), "VI-4: many claims equal one");
        }
        vm.warp(START + 2 * uint256(type(uint32).max));
        if (vault.claimable(id) > 0) vault.claim(id);
        assertEq(alice.balance, grant.amount, "VI-5: to the wei");
        assertEq(address(vault).balance, 0, "no dust");
    }
}
