// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {VestingVault} from "../../src/VestingVault.sol";
import {IVestingVault} from "../../src/interfaces/IVestingVault.sol";
import {BaseTest} from "../base/BaseTest.sol";
import {ForcedSender} from "../base/HostileReceivers.sol";

/// @notice Acts on the vault and keeps its own books. No action reverts.
contract VestingVaultHandler is BaseTest {
    uint256 public constant MAX_GRANTS = 5;
    bytes32[3] public buckets = [bytes32("a"), bytes32("b"), bytes32("c")];

    VestingVault public immutable vault;
    uint256 public deposited;
    uint256 public forced;
    uint256 public refunds;
    uint256 public isolationViolations;
    uint256 public statusViolations;
    uint256 public monotoneViolations;
    mapping(uint256 id => uint256) public paid;
    mapping(uint256 id => uint256) public refunded;
    mapping(uint256 id => uint256) public revokedAt;
    mapping(uint256 id => uint256) private _lastVested;
    mapping(uint256 id => IVestingVault.Status) private _lastStatus;
    mapping(bytes32 action => uint256) public calls;

    constructor() {
        vault = new VestingVault(address(this), new IVestingVault.Grant[](0));
        vault.openBucket("a", 1_000_000 ether);
        vault.openBucket("b", 1000);
        vault.openBucket("c", SUPPLY);
    }

    /// @dev Positions of all grants but `id` must not change; states of all may move only along allowed edges.
    modifier observed(uint256 id) {
        bytes32 others = othersHash(id);
        _;
        if (othersHash(id) != others) isolationViolations++;
        observe();
    }

    function create(uint256 seed, uint128 amount, uint32 lock, uint32 linear, bool cliff, bool revocable)
        external
        observed(vault.grantCount())
    {
        bytes32 bucket = buckets[seed % 3];
        uint256 room = vault.bucketCap(bucket) - vault.bucketGranted(bucket);
        if (vault.grantCount() == MAX_GRANTS || room == 0) return;
        calls["create"]++;
        IVestingVault.Grant[] memory list = new IVestingVault.Grant[](1);
        amount = uint128(bound(amount, 1, room));
        linear = uint32(bound(linear, 0, 5 * 365 days));
        list[0] = IVestingVault.Grant(
            address(uint160(0x1000 + vault.grantCount())),
            amount,
            uint128(bound(seed, 0, amount)),
            uint64(bound(seed >> 8, block.timestamp - 200 days, block.timestamp + 200 days)),
            cliff ? uint32(bound(lock, 0, linear)) : uint32(bound(lock, 0, 2 * 365 days)),
            linear,
            cliff ? IVestingVault.Mode.Cliff : IVestingVault.Mode.LockThenLinear,
            revocable,
            bucket
        );
        deposited += amount;
        vm.deal(address(this), amount);
        vault.createGrants{value: amount}(list);
    }

    function claim(uint256 id, address caller) external observed(id = pick(id)) {
        if (vault.grantCount() == 0 || vault.claimable(id) == 0) return;
        calls["claim"]++;
        address receiver = vault.position(id).grant.beneficiary;
        uint256 before = receiver.balance;
        vm.prank(caller);
        vault.claim(id);
        paid[id] += receiver.balance - before;
    }

    function revoke(uint256 id) external observed(id = pick(id)) {
        if (vault.grantCount() == 0) return;
        IVestingVault.Position memory position = vault.position(id);
        uint256 vested = vault.vestedAt(id, block.timestamp);
        if (!position.grant.revocable || position.revokedAt != 0 || vested == position.grant.amount) return;
        calls["revoke"]++;
        uint256 before = carol.balance;
        vault.revoke(id, carol);
        refunded[id] = carol.balance - before;
        refunds += refunded[id];
        revokedAt[id] = block.timestamp;
    }

    function handOver(uint256 id, uint256 seed) external observed(id = pick(id)) {
        if (vault.grantCount() == 0) return;
        calls["handOver"]++;
        address next = address(uint160(0x2000 + (seed % 1000)));
        vm.prank(vault.position(id).grant.beneficiary);
        vault.proposeBeneficiary(id, next);
        vm.prank(next);
        vault.acceptBeneficiary(id);
    }

    function pass(uint256 seconds_) external observed(type(uint256).max) {
        calls["pass"]++;
        vm.warp(block.timestamp + bound(seconds_, 0, 120 days));
    }

    function force(uint256 amount) external observed(type(uint256).max) {
        calls["force"]++;
        amount = bound(amount, 0, 1 ether);
        forced += amount;
        vm.deal(address(this), amount);
        new ForcedSender{value: amount}(payable(address(vault)));
    }

    function sweep() external observed(type(uint256).max) {
        calls["sweep"]++;
        assertEq(vault.sweepSurplus(eve), forced, "sweep takes what was forced");
        forced = 0;
    }

    function pick(uint256 id) private view returns (uint256) {
        uint256 count = vault.grantCount();
        return count == 0 ? 0 : id % count;
    }

    function othersHash(uint256 id) private view returns (bytes32 hash) {
        for (uint256 i; i < vault.grantCount(); ++i) {
            if (i != id) hash = keccak256(abi.encode(hash, vault.position(i)));
        }
    }

    function observe() private {
        for (uint256 i; i < vault.grantCount(); ++i) {
            uint256 vested = vault.vestedAt(i, block.timestamp);
            if (vested < _lastVested[i]) monotoneViolations++;
            if (revokedAt[i] != 0 && revokedAt[i] < block.timestamp && vested != _lastVested[i]) {
                monotoneViolations++;
            }
            _lastVested[i] = vested;
            IVestingVault.Status status = vault.status(i);
            bool back = status < _lastStatus[i];
            bool revokedAfterAll =
                _lastStatus[i] == IVestingVault.Status.Settled && status == IVestingVault.Status.Revoked;
            if (back || revokedAfterAll) statusViolations++;
            _lastStatus[i] = status;
        }
    }
}
