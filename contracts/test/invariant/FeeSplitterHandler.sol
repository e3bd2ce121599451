// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {FeeSplitter} from "../../src/FeeSplitter.sol";
import {IFeeSplitter} from "../../src/interfaces/IFeeSplitter.sol";
import {BaseTest} from "../base/BaseTest.sol";
import {ForcedSender, RejectingReceiver, ReturnBombReceiver} from "../base/HostileReceivers.sol";
import {Vm} from "../base/Vm.sol";

/// @notice Acts on the splitter and keeps its own books. No action reverts.
contract FeeSplitterHandler is BaseTest {
    FeeSplitter public immutable splitter;
    address[] public candidates;
    uint256 public arrived;
    uint256 public paid;
    uint256 public roundingViolations;
    uint256 public settlementViolations;
    /// @dev Sums of what the events say, read back from the logs.
    uint256 public burnedByLogs;
    uint256 public creditedByLogs;
    uint256 public paidByLogs;
    uint256 public strangerSuccesses;
    mapping(bytes32 action => uint256) public calls;

    constructor() {
        candidates = [alice, bob, carol, address(new RejectingReceiver()), address(new ReturnBombReceiver())];
        (address[] memory payees, uint16[] memory points) = draw(7, 3);
        splitter = new FeeSplitter(address(this), 3000, payees, points);
    }

    function draw(uint256 seed, uint256 count)
        internal
        view
        returns (address[] memory payees, uint16[] memory points)
    {
        payees = new address[](count);
        points = new uint16[](count);
        uint256 left = 10_000;
        for (uint256 i; i < count; ++i) {
            payees[i] = candidates[i];
            uint256 share = i + 1 == count
                ? left
                : bound(uint256(keccak256(abi.encode(seed, i))), 1, left - (count - i - 1));
            points[i] = uint16(share);
            left -= share;
        }
    }

    function candidateCount() external view returns (uint256) {
        return candidates.length;
    }

    function feesArrive(uint256 amount) external {
        calls["feesArrive"]++;
        amount = bound(amount, 0, 1_000_000 ether);
        arrived += amount;
        credit(address(splitter), amount);
    }

    function dustArrives(uint256 amount) external {
        calls["dustArrives"]++;
        amount = bound(amount, 0, 20_000);
        arrived += amount;
        vm.deal(address(this), amount);
        new ForcedSender{value: amount}(payable(address(splitter)));
    }

    function distribute(address caller) external {
        calls["distribute"]++;
        vm.prank(caller);
        checkedDistribution(0);
    }

    function withdraw(uint256 index) external {
        address payee = candidates[index % candidates.length];
        uint256 amount = splitter.owed(payee);
        if (amount == 0) return;
        calls["withdraw"]++;
        vm.recordLogs();
        try splitter.withdraw(payee) {
            paid += amount;
            readLogs();
        } catch {
            // Logs of a call that was undone are recorded all the same; they never happened.
            vm.getRecordedLogs();
            assertEq(payee, candidates[3], "only the refusing payee fails");
        }
    }

    /// @dev Also the way out of the payee that refuses coins.
    function withdrawTo(uint256 index) external {
        address payee = candidates[index % candidates.length];
        uint256 amount = splitter.owed(payee);
        if (amount == 0) return;
        calls["withdrawTo"]++;
        vm.recordLogs();
        vm.prank(payee);
        splitter.withdrawTo(user("receiver"));
        paid += amount;
        readLogs();
    }

    function interfere(uint256 amount) external {
        calls["interfere"]++;
        bytes[3] memory attempts = [
            abi.encodeCall(splitter.withdrawTo, (eve)),
            abi.encodeCall(splitter.setShares, (0, new address[](0), new uint16[](0))),
            abi.encodeCall(splitter.sweepToken, (address(splitter), eve, amount))
        ];
        for (uint256 i; i < 3; ++i) {
            vm.prank(eve);
            (bool success,) = address(splitter).call(attempts[i]);
            if (success) strangerSuccesses++;
        }
    }

    function readLogs() private {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i; i < logs.length; ++i) {
            if (logs[i].emitter != address(splitter)) continue;
            bytes32 topic = logs[i].topics[0];
            if (topic == IFeeSplitter.Distributed.selector) {
                (, uint256 burned,) = abi.decode(logs[i].data, (uint256, uint256, uint256));
                burnedByLogs += burned;
            } else if (topic == IFeeSplitter.Credited.selector) {
                creditedByLogs += abi.decode(logs[i].data, (uint256));
            } else if (topic == IFeeSplitter.Withdrawn.selector) {
                paidByLogs += abi.decode(logs[i].data, (uint256));
            }
        }
    }

    function setShares(uint16 burn, uint256 seed, uint256 count) external {
        calls["setShares"]++;
        burn = uint16(bound(burn, 0, 10_000));
        count = bound(count, burn == 10_000 ? 0 : 1, candidates.length);
        (address[] memory payees, uint16[] memory points) = draw(seed, count);
        checkedDistribution(abi.encodeCall(splitter.setShares, (burn, payees, points)));
        if (splitter.pending() != 0) settlementViolations++;
    }

    function checkedDistribution(uint256) private {
        checkedDistribution(abi.encodeCall(splitter.distribute, ()));
    }

    /// @dev Compares with exact fractions of the shares before the call, not with the contract's formula.
    function checkedDistribution(bytes memory call_) private {
        uint256 amount = splitter.pending();
        uint256 burn = splitter.burnBasisPoints();
        IFeeSplitter.Payee[] memory payees = splitter.payees();
        uint256[] memory owed = new uint256[](payees.length);
        for (uint256 i; i < payees.length; ++i) {
            owed[i] = splitter.owed(payees[i].account);
        }
        uint256 blackhole = BLACKHOLE.balance;
        vm.recordLogs();
        (bool success,) = address(splitter).call(call_);
        assertTrue(success, "BI-4: nobody can stop the burn");
        readLogs();
        uint256 burned = BLACKHOLE.balance - blackhole;
        if (burned * 10_000 < amount * burn) roundingViolations++;
        for (uint256 i; i < payees.length; ++i) {
            uint256 got = splitter.owed(payees[i].account) - owed[i];
            uint256 exact = amount * (10_000 - burn) * payees[i].basisPoints;
            if (got * 1e8 > exact || exact >= (got + 2) * 1e8) roundingViolations++;
        }
    }
}
