// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IVestingVault
/// @notice Holds native tokens that are released to beneficiaries over time; one vault, many grants.
///
/// @dev All amounts are wei of the native token, all times are unix seconds, all durations seconds.
///
/// Formula, with rest = amount - tgeAmount and lockEnd = start + lockSeconds:
///   t < start                          vested = 0
///   start <= t < lockEnd               vested = tgeAmount
///   t >= lockEnd, LockThenLinear       vested = tgeAmount + floor(rest x min(t - lockEnd, linearSeconds) / linearSeconds)
///   t >= lockEnd, Cliff                vested = tgeAmount + floor(rest x min(t - start, linearSeconds) / linearSeconds)
///   linearSeconds = 0                  vested = amount from lockEnd on
///
/// Notes:
/// 1. `LockThenLinear` starts from zero when the lock ends. `Cliff` counts from the start and pays the accrued lump when
///    the lock ends. They differ by rest x lockSeconds / linearSeconds at lock end; the plan names one per grant.
/// 2. The payout depends on time alone, never on how often somebody claims; at the end it is the whole amount, to the wei.
/// 3. What has vested can never be taken back: a revocation returns amount - vested and the beneficiary keeps the rest.
/// 4. A bucket is a budget with a fixed cap. Genesis grants open their buckets with exactly their sum. What a revocation
///    returns may be granted again from the same bucket.
///
/// Assumptions:
/// - The owner is a timelock. It can add funded grants, open buckets and revoke revocable grants, nothing else.
/// - Block time moves forward; a validator may shift it by seconds, which shifts the payout by rest / linearSeconds per second.
///
/// Sharp edges:
/// - Native tokens forced into the vault (self-destruct, block reward) belong to nobody's grant; the owner may sweep exactly those.
/// - Renouncing ownership makes every grant irrevocable for ever.
/// - A beneficiary that refuses native tokens must use `claimTo`.
interface IVestingVault {
    /// @notice How a grant vests; see note 1 above.
    enum Mode {
        LockThenLinear,
        Cliff
    }

    /// @notice Where a grant stands. Order of a life: Pending, Locked, Streaming, Settled or Revoked, Depleted.
    /// @dev Pending: before start. Locked: before lock end. Streaming: vesting. Settled: all vested, not all claimed.
    /// Revoked: ended by the owner, vested part not all claimed. Depleted: nothing will ever be claimable again.
    enum Status {
        Pending,
        Locked,
        Streaming,
        Settled,
        Revoked,
        Depleted
    }

    /// @notice What a grant is made of.
    /// @param beneficiary Who may claim.
    /// @param amount Whole amount, wei.
    /// @param tgeAmount Part of `amount` that is free at `start`, wei.
    /// @param start Unix seconds.
    /// @param lockSeconds Nothing but `tgeAmount` is free before `start + lockSeconds`.
    /// @param linearSeconds Linear time: after the lock (LockThenLinear) or from the start (Cliff, at least `lockSeconds`).
    /// @param mode See {Mode}.
    /// @param revocable Whether the owner may end the grant.
    /// @param bucket Budget that the grant counts against.
    struct Grant {
        address beneficiary;
        uint128 amount;
        uint128 tgeAmount;
        uint64 start;
        uint32 lockSeconds;
        uint32 linearSeconds;
        Mode mode;
        bool revocable;
        bytes32 bucket;
    }

    /// @notice A grant and what happened to it.
    /// @param grant Its terms; the beneficiary is the present one.
    /// @param released Wei paid so far.
    /// @param refunded Wei returned by a revocation.
    /// @param revokedAt Unix seconds of the revocation, 0 if none.
    /// @param pendingBeneficiary Who may accept the grant, zero if nobody.
    struct Position {
        Grant grant;
        uint128 released;
        uint128 refunded;
        uint64 revokedAt;
        address pendingBeneficiary;
    }

    /// @notice Bucket `bucket` may hold grants of `cap` wei together.
    event BucketOpened(bytes32 indexed bucket, uint256 cap);
    /// @notice Grant `id` was funded.
    event GrantCreated(
        uint256 indexed id, address indexed beneficiary, bytes32 indexed bucket, uint256 amount
    );
    /// @notice `amount` wei of grant `id` were paid to `receiver`.
    event Claimed(uint256 indexed id, address indexed receiver, uint256 amount);
    /// @notice Grant `id` ended: `vested` wei stay with the beneficiary, `refunded` wei went to `receiver`.
    event Revoked(uint256 indexed id, address indexed receiver, uint256 vested, uint256 refunded);
    /// @notice The beneficiary offered grant `id` to `proposed` (zero withdraws the offer).
    event BeneficiaryProposed(uint256 indexed id, address indexed proposed);
    /// @notice Grant `id` belongs to `beneficiary`.
    event BeneficiaryChanged(uint256 indexed id, address indexed previous, address indexed beneficiary);
    /// @notice Forced native tokens (`token` zero) or mistaken ERC-20 tokens were handed out.
    event Swept(address indexed token, address indexed receiver, uint256 amount);

    /// @notice The value sent is not the sum of the grants, wei.
    error VestingVault_FundingDiffers(uint256 sent, uint256 needed);
    /// @notice Zero and the vault itself cannot be beneficiaries.
    error VestingVault_BeneficiaryInvalid(address beneficiary);
    /// @notice A grant of nothing.
    error VestingVault_AmountZero();
    /// @notice More is free at the start than is granted, wei.
    error VestingVault_TgeAboveAmount(uint256 tgeAmount, uint256 amount);
    /// @notice The start is further away than MAX_START_DELAY.
    error VestingVault_StartTooFar(uint256 start, uint256 latest);
    /// @notice In mode Cliff the lock must not outlast the linear time, seconds.
    error VestingVault_LockAboveLinear(uint256 lockSeconds, uint256 linearSeconds);
    /// @notice The bucket was opened before.
    error VestingVault_BucketExists(bytes32 bucket);
    /// @notice A bucket needs a cap.
    error VestingVault_CapZero(bytes32 bucket);
    /// @notice The bucket cannot hold the grant, wei.
    error VestingVault_BucketExceeded(bytes32 bucket, uint256 granted, uint256 cap);
    /// @notice There is no such grant.
    error VestingVault_UnknownGrant(uint256 id, uint256 count);
    /// @notice Only the beneficiary may do this.
    error VestingVault_NotBeneficiary(uint256 id, address caller);
    /// @notice Only the proposed beneficiary may accept.
    error VestingVault_NotProposed(uint256 id, address caller);
    /// @notice Nothing is claimable now.
    error VestingVault_NothingClaimable(uint256 id);
    /// @notice The grant was made irrevocable.
    error VestingVault_NotRevocable(uint256 id);
    /// @notice The grant was revoked before, or has vested in full.
    error VestingVault_NothingToRevoke(uint256 id);
    /// @notice The receiver refused `amount` wei.
    error VestingVault_TransferFailed(address receiver, uint256 amount);

    /// @notice Opens a bucket; its cap can never be changed. Only the owner.
    function openBucket(bytes32 bucket, uint256 cap) external;

    /// @notice Adds grants, funded by the value sent. Only the owner. All or nothing.
    /// @return firstId Id of the first; the others follow.
    function createGrants(Grant[] calldata grants) external payable returns (uint256 firstId);

    /// @notice Pays everything claimable of grant `id` to its beneficiary. Anyone may call.
    /// @return amount Wei paid.
    function claim(uint256 id) external returns (uint256 amount);

    /// @notice Pays everything claimable of grant `id` to `receiver`. Only the beneficiary.
    /// @return amount Wei paid.
    function claimTo(uint256 id, address receiver) external returns (uint256 amount);

    /// @notice Ends a revocable grant: the unvested part goes to `receiver`, the vested part stays claimable. Only the owner.
    /// @return refunded Wei returned.
    function revoke(uint256 id, address receiver) external returns (uint256 refunded);

    /// @notice Offers grant `id` to `proposed`; zero withdraws the offer. Only the beneficiary.
    function proposeBeneficiary(uint256 id, address proposed) external;

    /// @notice Takes over grant `id`. Only whom it was offered to.
    function acceptBeneficiary(uint256 id) external;

    /// @notice Hands out native tokens that were forced into the vault and belong to no grant. Only the owner.
    /// @return amount Wei handed out.
    function sweepSurplus(address receiver) external returns (uint256 amount);

    /// @notice Hands out ERC-20 tokens sent here by mistake. Only the owner.
    function sweepToken(address token, address receiver, uint256 amount) external;

    /// @notice Number of grants; ids are 0 to this minus 1.
    function grantCount() external view returns (uint256);
    /// @notice Terms and state of grant `id`.
    function position(uint256 id) external view returns (Position memory);
    /// @notice Where grant `id` stands now.
    function status(uint256 id) external view returns (Status);
    /// @notice Wei of grant `id` that have vested by `time` by its schedule; constant after a revocation.
    function vestedAt(uint256 id, uint256 time) external view returns (uint256);
    /// @notice Wei of grant `id` that can be claimed now.
    function claimable(uint256 id) external view returns (uint256);
    /// @notice Cap of a bucket, wei; 0 if it was never opened.
    function bucketCap(bytes32 bucket) external view returns (uint256);
    /// @notice Wei granted from a bucket, without what revocations returned.
    function bucketGranted(bytes32 bucket) external view returns (uint256);
    /// @notice Wei granted since the beginning.
    function totalAllocated() external view returns (uint256);
    /// @notice Wei paid to beneficiaries since the beginning.
    function totalReleased() external view returns (uint256);
    /// @notice Wei returned by revocations since the beginning.
    function totalRefunded() external view returns (uint256);
    /// @notice Wei that belong to grants: allocated - released - refunded.
    function liabilities() external view returns (uint256);
}
