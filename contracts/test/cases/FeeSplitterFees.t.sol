// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {WMASA} from "../../src/WMASA.sol";
import {IFeeSplitter} from "../../src/interfaces/IFeeSplitter.sol";
import {ForcedSender} from "../base/HostileReceivers.sol";
import {TestToken} from "../base/TestToken.sol";
import {FeeSplitterFixture} from "../fixtures/FeeSplitterFixture.sol";
import {FeeOnTransferToken} from "../mocks/HostileTokens.sol";

/// @notice What arrives at the splitter and in which order. 30 % burned; 40, 20, 10 and 30 % of the rest credited.
contract FeeSplitterFeesCases is FeeSplitterFixture {
    function assertSplit(
        uint256 amount,
        uint256 burned,
        uint256 first,
        uint256 second,
        uint256 third,
        uint256 fourth
    ) internal {
        assertEq(splitter.pending(), amount, "pending");
        (uint256 burnedNow, uint256 credited) = splitter.distribute();
        assertEq(burnedNow, burned, "burned");
        assertEq(credited, amount - burned, "credited");
        assertEq(splitter.owed(alice), first, "first");
        assertEq(splitter.owed(bob), second, "second");
        assertEq(splitter.owed(carol), third, "third");
        assertEq(splitter.owed(user("treasury")), fourth, "fourth");
        assertEq(splitter.pending(), 0, "nothing waits");
        assertEq(address(splitter).balance, splitter.totalOwed(), "held = credits");
    }

    function test_B01_GivenNothing_ItDoesNothingAndSaysNothing() public {
        vm.recordLogs();
        assertSplit(0, 0, 0, 0, 0, 0);
        assertEq(vm.getRecordedLogs().length, 0, "no event");
    }

    function test_B02_GivenOneWei_ItIsBurned() public {
        credit(address(splitter), 1);
        assertSplit(1, 1, 0, 0, 0, 0);
        assertEq(BLACKHOLE.balance, 1, "there");
    }

    function test_B03_GivenOneWeiBelowTheWhole_ItBurnsTheRemainders() public {
        credit(address(splitter), 9999);
        // rest = floor(9999 x 0.7) = 6999; shares 2799.6, 1399.8, 699.9, 2099.7
        assertSplit(9999, 9999 - 2799 - 1399 - 699 - 2099, 2799, 1399, 699, 2099);
    }

    function test_B04_GivenTheWhole_ItSplitsWithoutRemainder() public {
        credit(address(splitter), 10_000);
        assertSplit(10_000, 3000, 2800, 1400, 700, 2100);
    }

    function test_B05_GivenAFeeBetweenTwoCallsInOneBlock_ItIsSplitByTheSecond() public {
        credit(address(splitter), 10_000);
        assertSplit(10_000, 3000, 2800, 1400, 700, 2100);
        credit(address(splitter), 9999);
        assertSplit(9999, 3003, 2800 + 2799, 1400 + 1399, 700 + 699, 2100 + 2099);
        (uint256 burned, uint256 credited) = splitter.distribute();
        assertEq(burned + credited, 0, "a third call finds nothing");
    }

    function test_B06_GivenCoinsForcedByDestruction_ItTreatsThemAsFees() public {
        vm.deal(address(this), 10_000);
        new ForcedSender{value: 10_000}(payable(address(splitter)));
        assertSplit(10_000, 3000, 2800, 1400, 700, 2100);
    }

    /// @notice As the chain does it: the splitter is the coinbase, its balance grows while none of its code runs.
    function test_B07_GivenItIsTheCoinbase_ItSplitsWhatTheBlockPaid() public {
        vm.coinbase(address(splitter));
        assertEq(block.coinbase, address(splitter), "coinbase");
        vm.recordLogs();
        credit(block.coinbase, 10_000);
        assertEq(vm.getRecordedLogs().length, 0, "nothing ran");
        assertSplit(10_000, 3000, 2800, 1400, 700, 2100);
    }

    function test_B12_GivenItselfAsPayeeOrReceiver_ItRefusesOrTreatsItAsAFee() public {
        (address[] memory list, uint16[] memory points) = one(address(splitter));
        assertRefused(
            admin,
            address(splitter),
            abi.encodeCall(splitter.setShares, (0, list, points)),
            abi.encodeWithSelector(IFeeSplitter.FeeSplitter_PayeeInvalid.selector, splitter)
        );
        credit(address(splitter), 10_000);
        splitter.distribute();
        vm.prank(alice);
        splitter.withdrawTo(address(splitter));
        assertEq(splitter.pending(), 2800, "her credit became a fee");
        assertEq(splitter.totalPaid(), 2800, "and was paid");
        assertEq(address(splitter).balance, splitter.totalOwed() + 2800, "no wei twice");
    }

    function test_B13_GivenTheBlackHoleAsPayeeOrReceiver_ItRefusesOrBurns() public {
        (address[] memory list, uint16[] memory points) = one(BLACKHOLE);
        assertRefused(
            admin,
            address(splitter),
            abi.encodeCall(splitter.setShares, (0, list, points)),
            abi.encodeWithSelector(IFeeSplitter.FeeSplitter_PayeeInvalid.selector, BLACKHOLE)
        );
        credit(address(splitter), 10_000);
        splitter.distribute();
        vm.prank(alice);
        splitter.withdrawTo(BLACKHOLE);
        assertEq(BLACKHOLE.balance, 5800, "a payee may burn its own");
        assertEq(splitter.totalBurned(), 3000, "which is no fee burn");
    }

    function test_B15_GivenShareChangeInFrontOfADistribution_ItChangesNoFeeThatArrived() public {
        credit(address(splitter), 10_000);
        (address[] memory list, uint16[] memory points) = one(eve);
        vm.prank(admin);
        splitter.setShares(0, list, points);
        vm.prank(bob);
        splitter.distribute();
        assertEq(splitter.owed(eve), 0, "nothing of the past");
        assertEq(splitter.owed(alice), 2800, "the past by the old shares");
        assertEq(splitter.totalBurned(), 3000, "and the old burn");
    }

    /// @notice The chain's reward address moves away and comes back: fees in between never arrive, those before and after do.
    function test_B16_GivenRewardAddressMovedAwayAndBack_ItAccountsForWhatArrived() public {
        credit(address(splitter), 10_000);
        address elsewhere = user("other reward address");
        credit(elsewhere, 7777);
        credit(address(splitter), 10_000);
        assertSplit(20_000, 6000, 5600, 2800, 1400, 4200);
        assertEq(elsewhere.balance, 7777, "not ours");
    }

    function test_B18_GivenTokensByMistake_ItSweepsThemWithoutNative() public {
        WMASA wmasa = new WMASA();
        vm.deal(address(this), 100);
        wmasa.deposit{value: 100}();
        wmasa.transfer(address(splitter), 100);
        FeeOnTransferToken fee = new FeeOnTransferToken();
        fee.give(address(splitter), 50);
        TestToken plain = new TestToken();
        plain.give(address(splitter), 3);
        credit(address(splitter), 10_000);
        address[3] memory tokens = [address(wmasa), address(fee), address(plain)];
        uint256[3] memory amounts = [uint256(100), 50, 3];
        for (uint256 i; i < 3; ++i) {
            vm.prank(admin);
            splitter.sweepToken(tokens[i], bob, amounts[i]);
        }
        assertEq(wmasa.balanceOf(bob), 100, "wrapped coins stay wrapped");
        assertEq(fee.balanceOf(bob), 45, "the token's own fee");
        assertEq(plain.balanceOf(bob), 3, "plain");
        assertSplit(10_000, 3000, 2800, 1400, 700, 2100);
    }

    function test_B19_GivenTheBlackHole_ItHasNoCodeNoNonceAndNoPower() public {
        credit(address(splitter), 10_000);
        splitter.distribute();
        assertEq(BLACKHOLE.code.length, 0, "no code");
        assertEq(vm.getNonce(BLACKHOLE), 0, "never sent anything");
        assertTrue(splitter.owner() != BLACKHOLE && splitter.pendingOwner() != BLACKHOLE, "owns nothing");
        assertEq(splitter.owed(BLACKHOLE), 0, "is owed nothing");
        assertEq(splitter.BLACKHOLE(), BLACKHOLE, "the platform's address");
    }

    function test_B20_GivenAThousandStrangers_ItSplitsOnceAndPaysThemNothing() public {
        credit(address(splitter), 10_000);
        for (uint256 i = 1; i <= 1000; ++i) {
            vm.prank(address(uint160(0x10_0000 + i)));
            splitter.distribute();
        }
        assertEq(splitter.totalBurned(), 3000, "once");
        assertEq(splitter.totalOwed(), 7000, "once");
        assertEq(address(uint160(0x10_0001)).balance, 0, "no reward for calling");
    }
}
