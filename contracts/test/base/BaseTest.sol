// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Vm} from "./Vm.sol";

/// @notice Named users, bounds and assertions shared by all tests.
abstract contract BaseTest {
    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    address internal constant BLACKHOLE = 0x0100000000000000000000000000000000000000;
    uint256 internal constant SUPPLY = 1_588_866_523 ether;
    /// @dev Start of time in tests, 11 April 2024.
    uint256 internal constant START = 1_712_793_600;
    uint256 internal constant MONTH = 2_628_000;

    address internal admin = user("admin");
    address internal alice = user("alice");
    address internal bob = user("bob");
    address internal carol = user("carol");
    address internal eve = user("eve");

    error AssertionFailed(string label, uint256 left, uint256 right);

    function user(string memory name) internal pure returns (address) {
        return address(uint160(uint256(keccak256(bytes(name)))));
    }

    /// @dev Maps any number into [low, high]; keeps numbers that are already there.
    function bound(uint256 value, uint256 low, uint256 high) internal pure returns (uint256) {
        if (value >= low && value <= high) return value;
        uint256 size = high - low + 1;
        return size == 0 ? value : low + (value % size);
    }

    function assertEq(uint256 left, uint256 right, string memory label) internal pure {
        if (left != right) revert AssertionFailed(label, left, right);
    }

    function assertEq(address left, address right, string memory label) internal pure {
        assertEq(uint256(uint160(left)), uint256(uint160(right)), label);
    }

    function assertEq(bytes32 left, bytes32 right, string memory label) internal pure {
        assertEq(uint256(left), uint256(right), label);
    }

    function assertEq(string memory left, string memory right, string memory label) internal pure {
        assertEq(keccak256(bytes(left)), keccak256(bytes(right)), label);
    }

    function assertLe(uint256 left, uint256 right, string memory label) internal pure {
        if (left > right) revert AssertionFailed(label, left, right);
    }

    function assertTrue(bool condition, string memory label) internal pure {
        if (!condition) revert AssertionFailed(label, 0, 1);
    }

    function assertEq(bytes memory left, bytes memory right, string memory label) internal pure {
        assertEq(keccak256(left), keccak256(right), label);
    }

    function assertLt(uint256 left, uint256 right, string memory label) internal pure {
        if (left >= right) revert AssertionFailed(label, left, right);
    }

    /// @dev A call that must fail with exactly this reason.
    function assertRefused(address caller, address target, bytes memory call_, bytes memory reason) internal {
        vm.prank(caller);
        (bool success, bytes memory answer) = target.call(call_);
        assertTrue(!success, "not refused");
        assertEq(answer, reason, "refused for another reason");
    }

    /// @dev A constructor that must fail with exactly this reason. Created from the artifact, as a deployment does.
    function assertNotCreated(string memory name, bytes memory arguments, bytes memory reason) internal {
        bytes memory creation = abi.encodePacked(vm.getCode(string.concat(name, ".sol:", name)), arguments);
        address made;
        bytes memory answer;
        assembly ("memory-safe") {
            made := create(0, add(creation, 32), mload(creation))
            answer := mload(0x40)
            mstore(answer, returndatasize())
            returndatacopy(add(answer, 32), 0, returndatasize())
            mstore(0x40, and(add(add(answer, returndatasize()), 63), not(31)))
        }
        assertTrue(made == address(0), "created");
        assertEq(answer, reason, "refused for another reason");
    }

    /// @dev Puts native tokens somewhere without a call, as a block reward does.
    function credit(address account, uint256 amount) internal {
        vm.deal(account, account.balance + amount);
    }
}
