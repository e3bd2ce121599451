// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {FeeSplitter} from "../../src/FeeSplitter.sol";
import {IFeeSplitter} from "../../src/interfaces/IFeeSplitter.sol";
import {
    GasBurningReceiver,
    ReenteringReceiver,
    RejectingReceiver,
    ReturnBombReceiver
} from "../base/HostileReceivers.sol";
import {FeeSplitterFixture} from "../fixtures/FeeSplitterFixture.sol";

/// @notice Hostile payees, and as many as there may be.
contract FeeSplitterPayeesCases is FeeSplitterFixture {
    /// @dev A splitter with a hostile first payee and bob as second, half each; 30 % burned of 10,000 wei.
    function makeHostile(address hostile) internal returns (FeeSplitter made) {
        address[] memory list = new address[](2);
        (list[0], list[1]) = (hostile, bob);
        uint16[] memory points = new uint16[](2);
        (points[0], points[1]) = (5000, 5000);
        made = make(3000, list, points);
        credit(address(made), 10_000);
        uint256 before = BLACKHOLE.balance;
        made.distribute();
        assertEq(BLACKHOLE.balance - before, 3000, "BI-4: the burn went through");
    }

    /// @dev Whatever the first payee does, the second is paid and its credit is untouched.
    function assertOthersUnhurt(FeeSplitter made) internal {
        uint256 before = bob.balance;
        made.withdraw(bob);
        assertEq(bob.balance - before, 3500, "bob");
        assertEq(address(made).balance, made.totalOwed(), "held = credits");
    }

    function test_B08_GivenAPayeeThatReverts_ItKeepsItsCreditAndHasAWayOut() public {
        RejectingReceiver payee = new RejectingReceiver();
        FeeSplitter made = makeHostile(address(payee));
        assertRefused(
            eve,
            address(made),
            abi.encodeCall(made.withdraw, (address(payee))),
            abi.encodeWithSelector(IFeeSplitter.FeeSplitter_TransferFailed.selector, payee, 3500)
        );
        assertOthersUnhurt(made);
        assertEq(made.owed(address(payee)), 3500, "kept");
        payee.execute(address(made), abi.encodeCall(made.withdrawTo, (carol)));
        assertEq(carol.balance, 3500, "way out");
    }

    function test_B09_GivenAPayeeThatReturnsABomb_ItCopiesNothing() public {
        ReturnBombReceiver payee = new ReturnBombReceiver();
        FeeSplitter made = makeHostile(address(payee));
        uint256 gasBefore = gasleft();
        made.withdraw(address(payee));
        assertLe(gasBefore - gasleft(), 100_000, "the bomb costs its receiver only");
        assertEq(address(payee).balance, 3500, "paid");
        assertOthersUnhurt(made);
    }

    function test_B10_GivenAPayeeThatReenters_ItPaysOnceAndTellsTheTruthInside() public {
        ReenteringReceiver payee = new ReenteringReceiver();
        FeeSplitter made = makeHostile(address(payee));
        bytes[5] memory calls = [
            abi.encodeCall(made.withdraw, (address(payee))),
            abi.encodeCall(made.withdrawTo, (eve)),
            abi.encodeCall(made.pending, ()),
            abi.encodeCall(made.totalOwed, ()),
            abi.encodeCall(made.totalPaid, ())
        ];
        uint256[5] memory seen = [uint256(0), 0, 0, 3500 * 4, 3500 * 5];
        for (uint256 i; i < 5; ++i) {
            if (i > 0) credit(address(made), 10_000);
            made.distribute();
            payee.arm(address(made), calls[i]);
            made.withdraw(address(payee));
            assertTrue(payee.entered() && payee.succeeded() == (i >= 2), "payments refused, views answered");
            assertEq(address(payee).balance, 3500 * (i + 1), "once each time");
            if (i >= 2) assertEq(payee.observed(), seen[i], "seen from inside");
        }
        credit(address(made), 10_000);
        made.distribute();
        credit(address(made), 10_000);
        payee.arm(address(made), abi.encodeCall(made.distribute, ()));
        made.withdraw(address(payee));
        assertTrue(payee.succeeded(), "fees may be split inside a payment");
        assertEq(made.owed(address(payee)), 3500, "the new credit is kept for the next time");
        assertEq(address(made).balance, made.totalOwed(), "held = credits");
        assertEq(made.totalBurned(), BLACKHOLE.balance, "burned once each");
    }

    function test_B11_GivenAPayeeThatEatsAllGas_ItKeepsItsCredit() public {
        GasBurningReceiver payee = new GasBurningReceiver();
        FeeSplitter made = makeHostile(address(payee));
        (bool success,) = address(made).call{gas: 300_000}(abi.encodeCall(made.withdraw, (address(payee))));
        assertTrue(!success, "refused");
        assertEq(made.owed(address(payee)), 3500, "kept");
        assertOthersUnhurt(made);
    }

    function test_B14_GivenOneToSixtyFourPayees_ItAlwaysFitsIntoABlock() public {
        for (uint256 count = 1; count <= 64; count += 9) {
            address[] memory list = new address[](count);
            uint16[] memory points = new uint16[](count);
            uint256 left = 10_000;
            for (uint256 i; i < count; ++i) {
                list[i] = address(uint160(0x5000 + i));
                points[i] = uint16(i + 1 == count ? left : 10_000 / count);
                left -= points[i];
            }
            FeeSplitter made = make(3000, list, points);
            credit(address(made), 1 ether + 1);
            uint256 gasBefore = gasleft();
            (uint256 burned, uint256 credited) = made.distribute();
            assertLe(gasBefore - gasleft(), 6_400_000, "80 % of 8 million gas");
            assertEq(burned + credited, 1 ether + 1, "whole");
            assertLe(burned, 0.3 ether + count + 2, "at most a wei for each payee and each step");
            gasBefore = gasleft();
            vm.prank(admin);
            made.setShares(3000, list, points);
            assertLe(gasBefore - gasleft(), 6_400_000, "changing all shares fits too");
        }
    }
}
