// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {FeeSplitter} from "../../src/FeeSplitter.sol";
import {IFeeSplitter} from "../../src/interfaces/IFeeSplitter.sol";
import {BaseTest} from "../base/BaseTest.sol";
import {FeeSplitterHandler} from "./FeeSplitterHandler.sol";

contract FeeSplitterInvariants is BaseTest {
    FeeSplitterHandler internal handler;
    FeeSplitter internal splitter;

    function setUp() public {
        vm.warp(START);
        handler = new FeeSplitterHandler();
        splitter = handler.splitter();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// @notice BI-1: what arrived = burned + paid + held; held = credits + what waits for the next distribution.
    function invariant_BI1_NothingIsLost() public view {
        assertEq(handler.arrived(), BLACKHOLE.balance + handler.paid() + address(splitter).balance, "BI-1");
        uint256 owed;
        for (uint256 i; i < handler.candidateCount(); ++i) {
            owed += splitter.owed(handler.candidates(i));
        }
        assertEq(splitter.totalOwed(), owed, "BI-1: credits");
        assertEq(address(splitter).balance, owed + splitter.pending(), "BI-1: held");
    }

    /// @notice BI-2: payees' shares are whole, the burn share is in bounds, and a change settles first.
    function invariant_BI2_SharesAreWhole() public view {
        IFeeSplitter.Payee[] memory payees = splitter.payees();
        uint256 sum;
        for (uint256 i; i < payees.length; ++i) {
            sum += payees[i].basisPoints;
        }
        assertTrue(sum == 10_000 || (payees.length == 0 && splitter.burnBasisPoints() == 10_000), "BI-2");
        assertLe(splitter.burnBasisPoints(), 10_000, "BI-2: burn");
        assertEq(handler.settlementViolations(), 0, "BI-2: settled first");
    }

    /// @notice BI-3: credits are rounded down, the remainder is burned, every time.
    function invariant_BI3_TheRemainderIsBurned() public view {
        assertEq(handler.roundingViolations(), 0, "BI-3");
    }

    /// @notice BI-4: the burn never fails (the handler asserts it at every call) and what is counted has arrived there.
    function invariant_BI4_TheBurnCannotBeStopped() public view {
        assertEq(splitter.totalBurned(), BLACKHOLE.balance, "BI-4");
        assertEq(splitter.totalPaid(), handler.paid(), "BI-4: paid");
    }

    /// @notice BI-5: counters equal the history of the balances, from the state and from the logs alone.
    function invariant_BI5_CountersEqualHistory() public view {
        assertEq(handler.burnedByLogs(), splitter.totalBurned(), "BI-5: burned");
        assertEq(handler.burnedByLogs(), BLACKHOLE.balance, "BI-5: black hole");
        assertEq(handler.paidByLogs(), splitter.totalPaid(), "BI-5: paid");
        assertEq(handler.paidByLogs(), receivedByAll(), "BI-5: receivers");
        assertEq(handler.creditedByLogs(), splitter.totalPaid() + splitter.totalOwed(), "BI-5: credited");
    }

    /// @notice BI-6: no coin is made or lost: what arrived is the sum of all balances, the black hole's included.
    function invariant_BI6_SupplyIsWhole() public view {
        assertEq(handler.arrived(), address(splitter).balance + BLACKHOLE.balance + receivedByAll(), "BI-6");
    }

    /// @notice BI-7: strangers, who try at random moments, never succeed.
    function invariant_BI7_StrangersCanDoNothing() public view {
        assertEq(handler.strangerSuccesses(), 0, "BI-7");
        assertEq(eve.balance, 0, "BI-7: eve");
    }

    function receivedByAll() private view returns (uint256 sum) {
        for (uint256 i; i < handler.candidateCount(); ++i) {
            sum += handler.candidates(i).balance;
        }
        sum += user("receiver").balance;
    }
}
