// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IVestingVault} from "../../src/interfaces/IVestingVault.sol";
import {ReenteringReceiver, RejectingReceiver} from "../base/HostileReceivers.sol";
import {VestingVaultFixture} from "../fixtures/VestingVaultFixture.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";

/// @notice Revocations at every moment of a grant's life. 1,000 wei over 1,000 seconds after a lock of 100.
contract VestingRevocationCases is VestingVaultFixture {
    uint256 internal id;

    function setUp() public override {
        super.setUp();
        id = createWith(1000, 0, 100, 1000, IVestingVault.Mode.LockThenLinear);
        // Another grant, of which no wei may ever go astray.
        create(terms());
    }

    /// @dev Revokes at `time` and checks both sides to the wei, now and at the end of time.
    function revokeAt(uint256 time, uint256 vested) internal {
        vm.warp(time);
        uint256 before = carol.balance;
        uint256 paidBefore = alice.balance;
        uint256 others = vault.liabilities() + paidBefore - 1000;
        vm.prank(admin);
        assertEq(vault.revoke(id, carol), 1000 - vested, "refund");
        assertEq(carol.balance - before, 1000 - vested, "received");
        assertEq(vault.position(id).revokedAt, time, "time");
        vm.warp(time + 10_000);
        uint256 rest = vested - paidBefore;
        assertEq(vault.claimable(id), rest, "kept");
        if (rest > 0) assertEq(vault.claim(id), rest, "still claimable after any time");
        assertEq(alice.balance, vested, "the beneficiary has what had vested");
        assertTrue(vault.status(id) == IVestingVault.Status.Depleted, "over");
        assertEq(address(vault).balance, others, "other grants are whole");
    }

    function nothingToRevoke() internal view returns (bytes memory) {
        return abi.encodeWithSelector(IVestingVault.VestingVault_NothingToRevoke.selector, id);
    }

    function test_V24_GivenBeforeStart_ItReturnsAll() public {
        IVestingVault.Grant memory grant = terms();
        (grant.amount, grant.start, grant.tgeAmount) = (1000, uint64(START + 50), 400);
        id = create(grant);
        revokeAt(START + 49, 0);
    }

    function test_V25_GivenInTheLock_ItReturnsAllButTheTgePart() public {
        revokeAt(START + 99, 0);
        vm.warp(START);
        vm.deal(alice, 0);
        id = createWith(1000, 300, 100, 1000, IVestingVault.Mode.Cliff);
        revokeAt(START + 99, 300);
    }

    function test_V26_GivenTheMiddle_ItReturnsHalf() public {
        revokeAt(START + 600, 500);
    }

    function test_V27_GivenTheLastSecond_ItReturnsTheLastWei() public {
        revokeAt(START + 1099, 999);
    }

    function test_V28_GivenAfterTheEnd_ItIsRefused() public {
        vm.warp(START + 1100);
        assertRefused(admin, address(vault), abi.encodeCall(vault.revoke, (id, carol)), nothingToRevoke());
        assertEq(vault.claim(id), 1000, "all");
        assertRefused(admin, address(vault), abi.encodeCall(vault.revoke, (id, carol)), nothingToRevoke());
    }

    function test_V29_GivenTwice_ItIsRefusedAndChangesNothing() public {
        vm.warp(START + 600);
        vm.prank(admin);
        vault.revoke(id, carol);
        vm.warp(START + 700);
        assertRefused(admin, address(vault), abi.encodeCall(vault.revoke, (id, carol)), nothingToRevoke());
        assertEq(vault.position(id).revokedAt, START + 600, "first time holds");
        assertEq(carol.balance, 500, "once");
    }

    function test_V30_GivenNotRevocable_ItIsRefusedAtAnyTime() public {
        IVestingVault.Grant memory grant = terms();
        grant.revocable = false;
        id = create(grant);
        bytes memory reason = abi.encodeWithSelector(IVestingVault.VestingVault_NotRevocable.selector, id);
        for (uint256 time = START; time < START + LOCK + LINEAR; time += LINEAR / 5) {
            vm.warp(time);
            assertRefused(admin, address(vault), abi.encodeCall(vault.revoke, (id, admin)), reason);
        }
    }

    function test_V31_GivenStrangers_ItIsRefused() public {
        address[3] memory strangers = [eve, alice, address(vault)];
        for (uint256 i; i < 3; ++i) {
            bytes memory reason =
                abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, strangers[i]);
            assertRefused(strangers[i], address(vault), abi.encodeCall(vault.revoke, (id, eve)), reason);
        }
    }

    function test_V32_GivenTheFormerOwner_ItIsRefused() public {
        vm.prank(admin);
        vault.transferOwnership(bob);
        vm.prank(bob);
        vault.acceptOwnership();
        bytes memory reason = abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, admin);
        assertRefused(admin, address(vault), abi.encodeCall(vault.revoke, (id, admin)), reason);
        vm.prank(bob);
        assertEq(vault.revoke(id, bob), 1000, "the new owner can");
    }

    function test_V33_GivenAPartialClaim_ItReturnsOnlyTheUnvested() public {
        vm.warp(START + 300);
        assertEq(vault.claim(id), 200, "claimed before");
        revokeAt(START + 600, 500);
    }

    /// @notice Scheduled in a timelock: what counts is the second of the execution, not of the announcement.
    function test_V35_GivenScheduledForTheFuture_ItCountsFromItsExecution() public {
        address[] memory role = new address[](1);
        role[0] = admin;
        TimelockController timelock = new TimelockController(400, role, role, address(0));
        vm.prank(admin);
        vault.transferOwnership(address(timelock));
        bytes memory accept = abi.encodeCall(vault.acceptOwnership, ());
        bytes memory revoke = abi.encodeCall(vault.revoke, (id, carol));
        vm.startPrank(admin);
        timelock.schedule(address(vault), 0, accept, 0, 0, 400);
        timelock.schedule(address(vault), 0, revoke, 0, 0, 400);
        vm.warp(START + 399);
        vm.expectRevert();
        timelock.execute(address(vault), 0, revoke, 0, 0);
        vm.warp(START + 400);
        timelock.execute(address(vault), 0, accept, 0, 0);
        vm.stopPrank();
        vm.warp(START + 450);
        assertEq(vault.claim(id), 350, "vesting went on in between");
        vm.warp(START + 600);
        vm.prank(admin);
        timelock.execute(address(vault), 0, revoke, 0, 0);
        assertEq(carol.balance, 500, "unvested at the execution");
        assertEq(vault.claim(id), 150, "vested at the execution");
    }

    function test_V36_GivenAHandOverInFlight_ItKeepsTheVestedForWhomeverAccepts() public {
        vm.prank(alice);
        vault.proposeBeneficiary(id, bob);
        vm.warp(START + 600);
        vm.prank(admin);
        vault.revoke(id, carol);
        vm.prank(bob);
        vault.acceptBeneficiary(id);
        vm.warp(START + 5000);
        assertEq(vault.claim(id), 500, "vested");
        assertEq(bob.balance, 500, "to the new beneficiary");
        assertEq(alice.balance, 0, "not to the old one");
    }

    /// @notice Refund = allocated - vested, never allocated - released: nobody can be robbed of what was not claimed yet.
    function test_V37_GivenNothingClaimed_ItStillKeepsAllVested() public {
        revokeAt(START + 1000, 900);
    }

    function test_V43_GivenAReceiverThatReentersAClaim_ItPaysOnceAndTellsTheTruthInside() public {
        ReenteringReceiver receiver = new ReenteringReceiver();
        vm.prank(alice);
        vault.proposeBeneficiary(id, address(receiver));
        receiver.execute(address(vault), abi.encodeCall(vault.acceptBeneficiary, (id)));
        bytes[4] memory calls = [
            abi.encodeCall(vault.claim, (id)),
            abi.encodeCall(vault.claimTo, (id, bob)),
            abi.encodeCall(vault.claimable, (id)),
            abi.encodeCall(vault.liabilities, ())
        ];
        uint256 paid;
        for (uint256 i; i < 4; ++i) {
            vm.warp(START + 200 + 100 * i);
            receiver.arm(address(vault), calls[i]);
            paid += vault.claim(id);
            assertTrue(
                receiver.entered() && receiver.succeeded() == (i >= 2), "payments refused, views answered"
            );
            assertEq(address(receiver).balance, paid, "once");
            if (i == 2) assertEq(receiver.observed(), 0, "nothing claimable inside");
            if (i == 3) {
                assertEq(receiver.observed(), address(vault).balance, "books equal the balance inside");
            }
        }
        assertEq(bob.balance, 0, "no second way");
    }

    function test_V44_GivenAReceiverThatReentersARevocation_ItRefundsOnce() public {
        ReenteringReceiver owner = new ReenteringReceiver();
        vm.prank(admin);
        vault.transferOwnership(address(owner));
        owner.execute(address(vault), abi.encodeCall(vault.acceptOwnership, ()));
        owner.arm(address(vault), abi.encodeCall(vault.revoke, (id, address(owner))));
        vm.warp(START + 600);
        owner.execute(address(vault), abi.encodeCall(vault.revoke, (id, address(owner))));
        assertTrue(owner.entered() && !owner.succeeded(), "second refund refused");
        assertEq(address(owner).balance, 500, "once");
        uint256 other = createAsOwner(owner);
        owner.arm(address(vault), abi.encodeCall(vault.sweepSurplus, (address(owner))));
        owner.execute(address(vault), abi.encodeCall(vault.revoke, (other, address(owner))));
        assertTrue(owner.succeeded(), "sweeping inside works");
        assertEq(owner.observed(), 0, "and finds nothing that belongs to grants");
    }

    function createAsOwner(ReenteringReceiver owner) private returns (uint256 other) {
        other = vault.grantCount();
        IVestingVault.Grant[] memory list = new IVestingVault.Grant[](1);
        list[0] = terms();
        vm.deal(address(this), AMOUNT);
        owner.execute{value: AMOUNT}(address(vault), abi.encodeCall(vault.createGrants, (list)));
    }

    function test_V45_GivenARefundReceiverThatRefuses_ItChangesNothing() public {
        RejectingReceiver receiver = new RejectingReceiver();
        vm.warp(START + 600);
        assertRefused(
            admin,
            address(vault),
            abi.encodeCall(vault.revoke, (id, address(receiver))),
            abi.encodeWithSelector(IVestingVault.VestingVault_TransferFailed.selector, receiver, 500)
        );
        assertEq(vault.position(id).revokedAt, 0, "not revoked");
        revokeAt(START + 700, 600);
    }
}
