// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {VestingVault} from "../../src/VestingVault.sol";
import {WMASA} from "../../src/WMASA.sol";
import {IVestingVault} from "../../src/interfaces/IVestingVault.sol";
import {BaseTest} from "../base/BaseTest.sol";
import {ForcedSender} from "../base/HostileReceivers.sol";

/// @notice Acts on the vault and keeps its own books. No action reverts.
contract VestingVaultHandler is BaseTest {
    uint256 public constant MAX_GRANTS = 5;
    bytes32[3] public buckets = [bytes32("a"), bytes32("b"), bytes32("c")];

    VestingVault public immutable vault;
    WMASA public immutable wmasa;
    uint256 public wrapped;
    /// @dev Gas of the vault's calls alone: the cheapest creation of one grant, the dearest of the others.
    uint256 public cheapestCreate = type(uint256).max;
    uint256 public dearestCreate;
    uint256 public dearestClaim;
    uint256 public dearestRevoke;
    uint256 public strangerSuccesses;
    uint256 public swept;
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
        wmasa = new WMASA();
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
        uint256 gasBefore = gasleft();
        vault.createGrants{value: amount}(list);
        uint256 used = gasBefore - gasleft();
        if (used < cheapestCreate) cheapestCreate = used;
        if (used > dearestCreate) dearestCreate = used;
    }

    function claim(uint256 id, address caller) external observed(id = pick(id)) {
        if (vault.grantCount() == 0 || vault.claimable(id) == 0) return;
        calls["claim"]++;
        address receiver = vault.position(id).grant.beneficiary;
        uint256 before = receiver.balance;
        vm.prank(caller);
        uint256 gasBefore = gasleft();
        vault.claim(id);
        noteClaim(gasBefore - gasleft());
        paid[id] += receiver.balance - before;
    }

    function claimTo(uint256 id, uint256 seed) external observed(id = pick(id)) {
        if (vault.grantCount() == 0 || vault.claimable(id) == 0) return;
        calls["claimTo"]++;
        address receiver = address(uint160(0x3000 + (seed % 1000)));
        uint256 before = receiver.balance;
        vm.prank(vault.position(id).grant.beneficiary);
        uint256 gasBefore = gasleft();
        vault.claimTo(id, receiver);
        noteClaim(gasBefore - gasleft());
        paid[id] += receiver.balance - before;
    }

    function noteClaim(uint256 used) private {
        if (used > dearestClaim) dearestClaim = used;
    }

    /// @dev A stranger tries everything that is not his; the vault's money and books must not move.
    function interfere(uint256 id) external observed(type(uint256).max) {
        calls["interfere"]++;
        id = pick(id);
        bytes[7] memory attempts = [
            abi.encodeCall(vault.claimTo, (id, eve)),
            abi.encodeCall(vault.revoke, (id, eve)),
            abi.encodeCall(vault.proposeBeneficiary, (id, eve)),
            abi.encodeCall(vault.acceptBeneficiary, (id)),
            abi.encodeCall(vault.openBucket, ("eve", 1)),
            abi.encodeCall(vault.sweepSurplus, (eve)),
            abi.encodeCall(vault.sweepToken, (address(wmasa), eve, 0))
        ];
        for (uint256 i; i < attempts.length; ++i) {
            vm.prank(eve);
            (bool success,) = address(vault).call(attempts[i]);
            if (success) strangerSuccesses++;
        }
    }

    /// @dev Wrapped coins come by mistake and are swept: the only path on which the vault touches a token.
    function wrapAndSweep(uint256 amount, uint256 part) external observed(type(uint256).max) {
        calls["wrapAndSweep"]++;
        amount = bound(amount, 0, 1 ether);
        vm.deal(address(this), amount);
        wmasa.deposit{value: amount}();
        wmasa.transfer(address(vault), amount);
        part = bound(part, 0, wmasa.balanceOf(address(vault)));
        vault.sweepToken(address(wmasa), carol, part);
        wrapped = wrapped + amount - part;
    }

    function revoke(uint256 id) external observed(id = pick(id)) {
        if (vault.grantCount() == 0) return;
        IVestingVault.Position memory position = vault.position(id);
        uint256 vested = vault.vestedAt(id, block.timestamp);
        if (!position.grant.revocable || position.revokedAt != 0 || vested == position.grant.amount) return;
        calls["revoke"]++;
        uint256 before = carol.balance;
        uint256 gasBefore = gasleft();
        vault.revoke(id, carol);
        uint256 used = gasBefore - gasleft();
        if (used > dearestRevoke) dearestRevoke = used;
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
        swept += forced;
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
