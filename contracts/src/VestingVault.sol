// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IVestingVault} from "./interfaces/IVestingVault.sol";
import {NativeTransfer} from "./libraries/NativeTransfer.sol";
import {VestingSchedule} from "./libraries/VestingSchedule.sol";
import {Ownable, Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @title VestingVault
/// @notice See the documentation in {IVestingVault}.
contract VestingVault is IVestingVault, Ownable2Step {
    using NativeTransfer for address;
    using SafeERC20 for IERC20;

    /// @notice A grant may start at most ten years ahead, so that a mistyped time is refused.
    uint256 public constant MAX_START_DELAY = 3650 days;

    /// @inheritdoc IVestingVault
    uint256 public totalAllocated;
    /// @inheritdoc IVestingVault
    uint256 public totalReleased;
    /// @inheritdoc IVestingVault
    uint256 public totalRefunded;
    /// @inheritdoc IVestingVault
    mapping(bytes32 bucket => uint256) public bucketCap;
    /// @inheritdoc IVestingVault
    mapping(bytes32 bucket => uint256) public bucketGranted;
    Position[] private _positions;

    /// @param admin Owner; should be a timelock.
    /// @param grants Grants of genesis; the value sent must be their sum. Each bucket is opened with the sum of its grants.
    constructor(address admin, Grant[] memory grants) payable Ownable(admin) {
        uint256 needed;
        for (uint256 i; i < grants.length; ++i) {
            bucketCap[grants[i].bucket] += grants[i].amount;
        }
        for (uint256 i; i < grants.length; ++i) {
            bytes32 bucket = grants[i].bucket;
            if (bucketGranted[bucket] == 0) emit BucketOpened(bucket, bucketCap[bucket]);
            needed += grants[i].amount;
            _create(grants[i]);
        }
        if (msg.value != needed) revert VestingVault_FundingDiffers(msg.value, needed);
    }

    /// @inheritdoc IVestingVault
    function openBucket(bytes32 bucket, uint256 cap) external onlyOwner {
        if (cap == 0) revert VestingVault_CapZero(bucket);
        if (bucketCap[bucket] != 0) revert VestingVault_BucketExists(bucket);
        bucketCap[bucket] = cap;
        emit BucketOpened(bucket, cap);
    }

    /// @inheritdoc IVestingVault
    function createGrants(Grant[] calldata grants) external payable onlyOwner returns (uint256 firstId) {
        firstId = _positions.length;
        uint256 needed;
        for (uint256 i; i < grants.length; ++i) {
            needed += grants[i].amount;
            _create(grants[i]);
        }
        if (msg.value != needed) revert VestingVault_FundingDiffers(msg.value, needed);
    }

    /// @inheritdoc IVestingVault
    function claim(uint256 id) external returns (uint256 amount) {
        return _claim(id, _position(id).grant.beneficiary);
    }

    /// @inheritdoc IVestingVault
    function claimTo(uint256 id, address receiver) external returns (uint256 amount) {
        _requireBeneficiary(id);
        return _claim(id, receiver);
    }

    /// @inheritdoc IVestingVault
    function revoke(uint256 id, address receiver) external onlyOwner returns (uint256 refunded) {
        Position storage self = _position(id);
        if (!self.grant.revocable) revert VestingVault_NotRevocable(id);
        uint256 vested = vestedAt(id, block.timestamp);
        refunded = self.grant.amount - vested;
        if (self.revokedAt != 0 || refunded == 0) revert VestingVault_NothingToRevoke(id);

        // Both fit: refunded <= amount (uint128), and block times stay below 2^64.
        self.refunded = uint128(refunded);
        self.revokedAt = uint64(block.timestamp);
        totalRefunded += refunded;
        bucketGranted[self.grant.bucket] -= refunded;
        emit Revoked(id, receiver, vested, refunded);

        _send(receiver, refunded);
    }

    /// @inheritdoc IVestingVault
    function proposeBeneficiary(uint256 id, address proposed) external {
        _requireBeneficiary(id);
        _positions[id].pendingBeneficiary = proposed;
        emit BeneficiaryProposed(id, proposed);
    }

    /// @inheritdoc IVestingVault
    function acceptBeneficiary(uint256 id) external {
        Position storage self = _position(id);
        if (self.pendingBeneficiary != msg.sender) revert VestingVault_NotProposed(id, msg.sender);
        address previous = self.grant.beneficiary;
        self.grant.beneficiary = msg.sender;
        self.pendingBeneficiary = address(0);
        emit BeneficiaryChanged(id, previous, msg.sender);
    }

    /// @inheritdoc IVestingVault
    function sweepSurplus(address receiver) external onlyOwner returns (uint256 amount) {
        amount = address(this).balance - liabilities();
        emit Swept(address(0), receiver, amount);
        _send(receiver, amount);
    }

    /// @inheritdoc IVestingVault
    function sweepToken(address token, address receiver, uint256 amount) external onlyOwner {
        emit Swept(token, receiver, amount);
        IERC20(token).safeTransfer(receiver, amount);
    }

    /// @inheritdoc IVestingVault
    function grantCount() external view returns (uint256) {
        return _positions.length;
    }

    /// @inheritdoc IVestingVault
    function position(uint256 id) external view returns (Position memory) {
        return _position(id);
    }

    /// @inheritdoc IVestingVault
    function status(uint256 id) external view returns (Status) {
        Position storage self = _position(id);
        if (self.released + self.refunded == self.grant.amount) return Status.Depleted;
        if (self.revokedAt != 0) return Status.Revoked;
        if (block.timestamp < self.grant.start) return Status.Pending;
        if (vestedAt(id, block.timestamp) == self.grant.amount) return Status.Settled;
        if (block.timestamp < uint256(self.grant.start) + self.grant.lockSeconds) return Status.Locked;
        return Status.Streaming;
    }

    /// @inheritdoc IVestingVault
    function claimable(uint256 id) external view returns (uint256) {
        return vestedAt(id, block.timestamp) - _positions[id].released;
    }

    /// @inheritdoc IVestingVault
    function vestedAt(uint256 id, uint256 time) public view returns (uint256) {
        Position storage self = _position(id);
        uint256 vested = VestingSchedule.vested(self.grant, time);
        if (self.revokedAt == 0) return vested;
        // After a revocation only the past of the schedule counts.
        uint256 kept = self.grant.amount - self.refunded;
        return vested < kept ? vested : kept;
    }

    /// @inheritdoc IVestingVault
    function liabilities() public view returns (uint256) {
        return totalAllocated - totalReleased - totalRefunded;
    }

    function _create(Grant memory grant) private {
        if (grant.beneficiary == address(0) || grant.beneficiary == address(this)) {
            revert VestingVault_BeneficiaryInvalid(grant.beneficiary);
        }
        if (grant.amount == 0) revert VestingVault_AmountZero();
        if (grant.tgeAmount > grant.amount) {
            revert VestingVault_TgeAboveAmount(grant.tgeAmount, grant.amount);
        }
        if (grant.start > block.timestamp + MAX_START_DELAY) {
            revert VestingVault_StartTooFar(grant.start, block.timestamp + MAX_START_DELAY);
        }
        if (grant.mode == Mode.Cliff && grant.lockSeconds > grant.linearSeconds) {
            revert VestingVault_LockAboveLinear(grant.lockSeconds, grant.linearSeconds);
        }
        uint256 granted = bucketGranted[grant.bucket] + grant.amount;
        if (granted > bucketCap[grant.bucket]) {
            revert VestingVault_BucketExceeded(grant.bucket, granted, bucketCap[grant.bucket]);
        }

        bucketGranted[grant.bucket] = granted;
        totalAllocated += grant.amount;
        uint256 id = _positions.length;
        _positions.push().grant = grant;
        emit GrantCreated(id, grant.beneficiary, grant.bucket, grant.amount);
    }

    function _claim(uint256 id, address receiver) private returns (uint256 amount) {
        Position storage self = _positions[id];
        uint256 vested = vestedAt(id, block.timestamp);
        amount = vested - self.released;
        if (amount == 0) revert VestingVault_NothingClaimable(id);

        self.released = uint128(vested); // vested <= amount of the grant, a uint128
        totalReleased += amount;
        emit Claimed(id, receiver, amount);

        _send(receiver, amount);
    }

    function _send(address receiver, uint256 amount) private {
        if (!receiver.trySend(amount)) revert VestingVault_TransferFailed(receiver, amount);
    }

    function _position(uint256 id) private view returns (Position storage) {
        if (id >= _positions.length) revert VestingVault_UnknownGrant(id, _positions.length);
        return _positions[id];
    }

    function _requireBeneficiary(uint256 id) private view {
        if (_position(id).grant.beneficiary != msg.sender) {
            revert VestingVault_NotBeneficiary(id, msg.sender);
        }
    }
}
