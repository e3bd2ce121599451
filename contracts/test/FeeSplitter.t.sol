// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {FeeSplitter} from "../src/FeeSplitter.sol";
import {IFeeSplitter} from "../src/interfaces/IFeeSplitter.sol";
import {
    ForcedSender,
    GasBurningReceiver,
    ReenteringReceiver,
    RejectingReceiver,
    ReturnBombReceiver
} from "./base/HostileReceivers.sol";
import {TestToken} from "./base/TestToken.sol";
import {FeeSplitterFixture} from "./fixtures/FeeSplitterFixture.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

contract FeeSplitterTest is FeeSplitterFixture {
    function expectShares(bytes memory reason, uint16 burn, address[] memory list, uint16[] memory points)
        internal
    {
        vm.prank(admin);
        vm.expectRevert(reason);
        splitter.setShares(burn, list, points);
    }

    // constructor and setShares

    function test_Constructor_ItStoresTheShares() public view {
        assertEq(splitter.owner(), admin, "owner");
        assertEq(splitter.burnBasisPoints(), 3000, "burn");
        assertEq(splitter.payees().length, 4, "payees");
        assertEq(splitter.payees()[3].basisPoints, 3000, "share");
        assertEq(splitter.payees()[0].account, alice, "payee");
        assertEq(splitter.MAX_PAYEES(), 64, "most payees");
    }

    function test_Constructor_GivenBadShares_ItReverts() public {
        assertNotCreated(
            "FeeSplitter",
            abi.encode(admin, 0, four(), shares(4000, 2000, 1000, 2999)),
            abi.encodeWithSelector(IFeeSplitter.FeeSplitter_SharesNotWhole.selector, 9999)
        );
        assertNotCreated(
            "FeeSplitter",
            abi.encode(address(0), 0, four(), shares(4000, 2000, 1000, 3000)),
            abi.encodeWithSelector(Ownable.OwnableInvalidOwner.selector, address(0))
        );
    }

    function test_SetShares_GivenLengthsDiffer_ItReverts() public {
        expectShares(
            abi.encodeWithSelector(IFeeSplitter.FeeSplitter_LengthsDiffer.selector, 4, 0),
            0,
            four(),
            new uint16[](0)
        );
    }

    function test_SetShares_GivenSumNotWhole_ItReverts() public {
        bytes4 selector = IFeeSplitter.FeeSplitter_SharesNotWhole.selector;
        expectShares(abi.encodeWithSelector(selector, 9999), 0, four(), shares(4000, 2000, 1000, 2999));
        expectShares(abi.encodeWithSelector(selector, 10_001), 0, four(), shares(4000, 2000, 1000, 3001));
        expectShares(abi.encodeWithSelector(selector, 0), 9999, new address[](0), new uint16[](0));
    }

    function test_SetShares_GivenBurnAboveWhole_ItReverts() public {
        expectShares(
            abi.encodeWithSelector(IFeeSplitter.FeeSplitter_BurnAboveWhole.selector, 10_001),
            10_001,
            four(),
            shares(4000, 2000, 1000, 3000)
        );
    }

    function test_SetShares_GivenShareZero_ItReverts() public {
        expectShares(
            abi.encodeWithSelector(IFeeSplitter.FeeSplitter_ShareZero.selector, carol),
            0,
            four(),
            shares(4000, 2000, 0, 4000)
        );
    }

    function test_SetShares_GivenPayeeInvalid_ItReverts() public {
        address[3] memory wrong = [address(0), address(splitter), BLACKHOLE];
        for (uint256 i; i < wrong.length; ++i) {
            (address[] memory list, uint16[] memory points) = one(wrong[i]);
            expectShares(
                abi.encodeWithSelector(IFeeSplitter.FeeSplitter_PayeeInvalid.selector, wrong[i]),
                0,
                list,
                points
            );
        }
    }

    function test_SetShares_GivenPayeeRepeated_ItReverts() public {
        address[] memory list = four();
        list[3] = list[0];
        expectShares(
            abi.encodeWithSelector(IFeeSplitter.FeeSplitter_PayeeRepeated.selector, alice),
            0,
            list,
            shares(4000, 2000, 1000, 3000)
        );
    }

    function test_SetShares_GivenTooManyPayees_ItReverts() public {
        expectShares(
            abi.encodeWithSelector(IFeeSplitter.FeeSplitter_TooManyPayees.selector, 65, 64),
            0,
            new address[](65),
            new uint16[](65)
        );
    }

    function test_SetShares_WhenCallerIsNotOwner_ItReverts() public {
        vm.prank(eve);
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, eve));
        splitter.setShares(0, four(), shares(4000, 2000, 1000, 3000));
    }

    function test_SetShares_GivenFeesArrived_ItSettlesByTheOldSharesFirst() public {
        credit(address(splitter), 10_000);
        (address[] memory list, uint16[] memory points) = one(eve);
        vm.prank(admin);
        splitter.setShares(0, list, points);
        assertEq(splitter.owed(alice), 2800, "old payee");
        assertEq(splitter.owed(eve), 0, "new payee");
        assertEq(BLACKHOLE.balance, 3000, "burned");
        credit(address(splitter), 5000);
        splitter.distribute();
        assertEq(splitter.owed(eve), 5000, "new payee, new fees");
        assertEq(splitter.withdraw(alice), 2800, "former payee keeps its credit");
    }

    function test_SetShares_GivenNoPayeesAndFullBurn_ItBurnsEverything() public {
        vm.prank(admin);
        splitter.setShares(10_000, new address[](0), new uint16[](0));
        credit(address(splitter), 7);
        splitter.distribute();
        assertEq(BLACKHOLE.balance, 7, "burned");
    }

    // distribute

    function test_Distribute_GivenNothing_ItDoesNothing() public {
        (uint256 burned, uint256 credited) = splitter.distribute();
        assertEq(burned + credited, 0, "nothing");
    }

    function test_Distribute_GivenFees_ItBurnsAndCredits() public {
        uint256[4] memory amounts = [uint256(1), 9999, 10_000, SUPPLY];
        uint256[4] memory burns = [uint256(1), 3003, 3000, SUPPLY - (SUPPLY * 7) / 10];
        uint256 burnedBefore;
        for (uint256 i; i < 4; ++i) {
            credit(address(splitter), amounts[i]);
            vm.prank(eve);
            (uint256 burned, uint256 credited) = splitter.distribute();
            if (i < 3) assertEq(burned, burns[i], "burned");
            assertEq(burned + credited, amounts[i], "whole");
            assertEq(BLACKHOLE.balance - burnedBefore, burned, "blackhole");
            burnedBefore = BLACKHOLE.balance;
        }
        assertEq(splitter.totalBurned(), BLACKHOLE.balance, "counter");
    }

    function test_Distribute_GivenFeesBetweenTwoCallsInOneBlock_ItSplitsBoth() public {
        credit(address(splitter), 10_000);
        splitter.distribute();
        credit(address(splitter), 20_000);
        splitter.distribute();
        assertEq(splitter.totalBurned(), 9000, "burned");
        assertEq(splitter.owed(bob), 4200, "bob");
    }

    function test_Distribute_GivenPlainAndForcedTransfers_ItTreatsThemAsFees() public {
        vm.deal(address(this), 20_000);
        (bool success,) = address(splitter).call{value: 10_000}("");
        assertTrue(success, "plain transfer");
        new ForcedSender{value: 10_000}(payable(address(splitter)));
        assertEq(splitter.pending(), 20_000, "pending");
        splitter.distribute();
        assertEq(splitter.totalBurned(), 6000, "burned");
    }

    /// @notice The black hole has no code on any chain; even if it had, fees would wait rather than vanish.
    function test_Distribute_GivenABlackHoleThatRefuses_ItKeepsTheFees() public {
        credit(address(splitter), 10_000);
        vm.etch(BLACKHOLE, hex"fe");
        bytes memory reason =
            abi.encodeWithSelector(IFeeSplitter.FeeSplitter_TransferFailed.selector, BLACKHOLE, 3000);
        (bool success, bytes memory answer) =
            address(splitter).call{gas: 500_000}(abi.encodeCall(splitter.distribute, ()));
        assertTrue(!success, "refused");
        assertEq(answer, reason, "says why");
        assertEq(splitter.pending(), 10_000, "nothing lost");
        assertEq(splitter.totalOwed() + splitter.totalBurned(), 0, "nothing booked");
        vm.etch(BLACKHOLE, "");
        splitter.distribute();
        assertEq(BLACKHOLE.balance, 3000, "later");
    }

    function test_Distribute_GivenMaximumPayees_ItFitsIntoABlock() public {
        address[] memory list = new address[](64);
        uint16[] memory points = new uint16[](64);
        for (uint256 i; i < 64; ++i) {
            list[i] = address(uint160(0x1000 + i));
            points[i] = i == 0 ? 10_000 - 63 * 156 : 156;
        }
        vm.prank(admin);
        splitter.setShares(3000, list, points);
        credit(address(splitter), 1 ether);
        uint256 gasBefore = gasleft();
        splitter.distribute();
        assertLe(gasBefore - gasleft(), 6_400_000, "80 % of 8 million gas");
    }

    // withdraw

    function test_Withdraw_GivenCredit_ItPaysThePayee() public {
        credit(address(splitter), 10_000);
        splitter.distribute();
        vm.prank(eve);
        assertEq(splitter.withdraw(alice), 2800, "paid");
        assertEq(alice.balance, 2800, "balance");
        assertEq(splitter.owed(alice), 0, "owed");
        assertEq(splitter.totalPaid(), 2800, "counter");
        assertEq(splitter.pending(), 0, "credits of others are not fees");
    }

    function test_Withdraw_GivenNoCredit_ItReverts() public {
        vm.expectRevert(abi.encodeWithSelector(IFeeSplitter.FeeSplitter_NothingOwed.selector, eve));
        splitter.withdraw(eve);
    }

    function test_WithdrawTo_GivenCredit_ItPaysTheReceiver() public {
        credit(address(splitter), 10_000);
        splitter.distribute();
        vm.prank(alice);
        splitter.withdrawTo(bob);
        assertEq(bob.balance, 2800, "receiver");
    }

    function test_Withdraw_GivenPayeeRejects_ItRevertsAndNobodyElseIsHurt() public {
        RejectingReceiver payee = new RejectingReceiver();
        address[] memory list = four();
        list[0] = address(payee);
        vm.prank(admin);
        splitter.setShares(3000, list, shares(4000, 2000, 1000, 3000));
        credit(address(splitter), 10_000);
        splitter.distribute();
        assertEq(BLACKHOLE.balance, 3000, "BI-4: the burn went through");
        vm.expectRevert(
            abi.encodeWithSelector(IFeeSplitter.FeeSplitter_TransferFailed.selector, address(payee), 2800)
        );
        splitter.withdraw(address(payee));
        assertEq(splitter.withdraw(bob), 1400, "bob");
        payee.execute(address(splitter), abi.encodeCall(splitter.withdrawTo, (eve)));
        assertEq(eve.balance, 2800, "way out");
    }

    function test_Withdraw_GivenPayeeBurnsAllGas_ItRevertsAndKeepsTheCredit() public {
        GasBurningReceiver payee = new GasBurningReceiver();
        (address[] memory list, uint16[] memory points) = one(address(payee));
        vm.prank(admin);
        splitter.setShares(0, list, points);
        credit(address(splitter), 10_000);
        splitter.distribute();
        (bool success,) =
            address(splitter).call{gas: 200_000}(abi.encodeCall(splitter.withdraw, (address(payee))));
        assertTrue(!success, "refused");
        assertEq(splitter.owed(address(payee)), 10_000, "credit");
    }

    function test_Withdraw_GivenPayeeReturnsABomb_ItPaysWithoutCopying() public {
        ReturnBombReceiver payee = new ReturnBombReceiver();
        (address[] memory list, uint16[] memory points) = one(address(payee));
        vm.prank(admin);
        splitter.setShares(0, list, points);
        credit(address(splitter), 10_000);
        splitter.distribute();
        splitter.withdraw(address(payee));
        assertEq(address(payee).balance, 10_000, "paid");
    }

    function test_Withdraw_GivenPayeeReenters_ItPaysOnce() public {
        ReenteringReceiver payee = new ReenteringReceiver();
        (address[] memory list, uint16[] memory points) = one(address(payee));
        vm.prank(admin);
        splitter.setShares(0, list, points);
        credit(address(splitter), 10_000);
        splitter.distribute();
        payee.arm(address(splitter), abi.encodeCall(splitter.withdraw, (address(payee))));
        splitter.withdraw(address(payee));
        assertTrue(payee.entered() && !payee.succeeded(), "second payment refused");
        assertEq(address(payee).balance, 10_000, "once");
    }

    function test_Withdraw_GivenPayeeReentersDistribute_ItSeesNoFees() public {
        ReenteringReceiver payee = new ReenteringReceiver();
        (address[] memory list, uint16[] memory points) = one(address(payee));
        vm.prank(admin);
        splitter.setShares(0, list, points);
        credit(address(splitter), 10_000);
        splitter.distribute();
        payee.arm(address(splitter), abi.encodeCall(splitter.pending, ()));
        splitter.withdraw(address(payee));
        assertTrue(payee.succeeded(), "view works inside");
        assertEq(payee.observed(), 0, "read-only reentrancy sees consistent books");
    }

    // sweepToken

    function test_SweepToken_GivenMistakenTokens_ItHandsThemOutAndNoNative() public {
        TestToken token = new TestToken();
        token.give(address(splitter), 5);
        credit(address(splitter), 10_000);
        vm.prank(admin);
        splitter.sweepToken(address(token), bob, 5);
        assertEq(token.balanceOf(bob), 5, "token");
        assertEq(address(splitter).balance, 10_000, "native untouched");
        token.give(address(splitter), 5);
        token.behave(TestToken.Behaviour.ReturnsNothing);
        vm.prank(admin);
        splitter.sweepToken(address(token), bob, 5);
        assertEq(token.balanceOf(bob), 10, "token without return value");
    }

    function test_SweepToken_GivenTokenFails_ItReverts() public {
        TestToken token = new TestToken();
        token.give(address(splitter), 5);
        token.behave(TestToken.Behaviour.ReturnsFalse);
        vm.prank(admin);
        vm.expectRevert();
        splitter.sweepToken(address(token), bob, 5);
        token.behave(TestToken.Behaviour.Reverts);
        vm.prank(admin);
        vm.expectRevert();
        splitter.sweepToken(address(token), bob, 5);
    }

    function test_SweepToken_WhenCallerIsNotOwner_ItReverts() public {
        vm.prank(eve);
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, eve));
        splitter.sweepToken(address(1), eve, 1);
    }

    // ownership

    function test_Ownership_ItChangesInTwoSteps() public {
        vm.prank(admin);
        splitter.transferOwnership(bob);
        assertEq(splitter.owner(), admin, "not yet");
        vm.prank(bob);
        splitter.acceptOwnership();
        assertEq(splitter.owner(), bob, "now");
    }

    // fuzz

    /// @dev Covers: any amount up to the supply, any burn share, two payees with any shares. Burn at least its share.
    function testFuzz_Distribute_ItConservesEveryWei(uint256 amount, uint16 burn, uint16 first) public {
        amount = bound(amount, 0, SUPPLY);
        burn = uint16(bound(burn, 0, 10_000));
        first = uint16(bound(first, 1, 9999));
        address[] memory list = new address[](2);
        (list[0], list[1]) = (alice, bob);
        uint16[] memory points = new uint16[](2);
        (points[0], points[1]) = (first, 10_000 - first);
        splitter = make(burn, list, points);
        credit(address(splitter), amount);
        (uint256 burned, uint256 credited) = splitter.distribute();
        assertEq(burned + credited, amount, "whole");
        assertEq(address(splitter).balance, splitter.totalOwed(), "nothing but credits is held");
        assertLe(amount * burn, burned * 10_000, "burn share");
        assertLe(burned * 10_000, amount * burn + 3 * 10_000, "at most 3 wei more");
    }
}
