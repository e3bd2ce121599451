// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IFeeSplitter
/// @notice Splits the transaction fees of the chain: one part is burned, the rest is credited to payees who withdraw it.
///
/// The contract is the reward address of the chain, so the fee of every transaction is added to its balance without
/// any code running here. Nothing happens to fees until somebody calls `distribute`.
///
/// @dev All amounts are wei of the native token. Shares are basis points (10,000 = all).
///
/// Formula, for `amount` = balance that nobody owns yet:
///   rest     = floor(amount x (10,000 - burnBasisPoints) / 10,000)
///   credit_i = floor(rest x basisPoints_i / 10,000)
///   burned   = amount - sum of credit_i
///
/// Notes:
/// 1. Every rounding remainder is burned; after `distribute` the balance equals what payees are owed.
/// 2. Burning is a transfer to the blackhole, where tokens stay visible as its balance; supply is not reduced.
/// 3. The fee of the transaction that calls `distribute` arrives after it and waits for the next call.
///
/// Sharp edges:
/// - Native tokens sent here by mistake are fees: they are split and cannot be returned.
/// - A payee that refuses native tokens keeps its credit for ever unless it can call `withdrawTo`.
/// - If the reward address of the chain is moved elsewhere, fees simply stop arriving.
interface IFeeSplitter {
    /// @notice A share of the unburned part.
    /// @param account Who is credited.
    /// @param basisPoints Share in basis points; all payees together have 10,000.
    struct Payee {
        address account;
        uint16 basisPoints;
    }

    /// @notice Fees were split. `amount` = `burned` + `credited`, in wei.
    event Distributed(address indexed caller, uint256 amount, uint256 burned, uint256 credited);
    /// @notice `payee` may withdraw `amount` wei more.
    event Credited(address indexed payee, uint256 amount);
    /// @notice Credit of `payee`, `amount` wei, was paid to `receiver`.
    event Withdrawn(address indexed payee, address indexed receiver, uint256 amount);
    /// @notice New shares hold for fees that arrive from now on.
    event SharesSet(uint16 burnBasisPoints, Payee[] payees);
    /// @notice ERC-20 tokens sent here by mistake were handed out, in the token's own units.
    event TokenSwept(address indexed token, address indexed receiver, uint256 amount);

    /// @notice The two lists of the shares differ in length.
    error FeeSplitter_LengthsDiffer(uint256 payees, uint256 basisPoints);
    /// @notice Too many payees for one block.
    error FeeSplitter_TooManyPayees(uint256 count, uint256 maximum);
    /// @notice The burn share is above 10,000 basis points.
    error FeeSplitter_BurnAboveWhole(uint256 burnBasisPoints);
    /// @notice The payees' shares do not add up to 10,000, or something is unburned and nobody receives it.
    error FeeSplitter_SharesNotWhole(uint256 sum);
    /// @notice A payee has no share.
    error FeeSplitter_ShareZero(address payee);
    /// @notice Zero, this contract and the blackhole cannot be payees.
    error FeeSplitter_PayeeInvalid(address payee);
    /// @notice A payee is listed twice.
    error FeeSplitter_PayeeRepeated(address payee);
    /// @notice There is nothing to withdraw.
    error FeeSplitter_NothingOwed(address payee);
    /// @notice The receiver refused `amount` wei.
    error FeeSplitter_TransferFailed(address receiver, uint256 amount);

    /// @notice Where burned tokens go: the address that Subnet-EVM uses for the same purpose.
    function BLACKHOLE() external view returns (address);

    /// @notice Splits all fees that arrived since the last call. Anyone may call; with nothing to split it does nothing.
    /// @return burned Wei sent to the blackhole.
    /// @return credited Wei credited to payees.
    function distribute() external returns (uint256 burned, uint256 credited);

    /// @notice Pays `payee` everything it is owed. Anyone may call; only the payee receives.
    /// @return amount Wei paid.
    function withdraw(address payee) external returns (uint256 amount);

    /// @notice Pays everything the caller is owed to `receiver`.
    /// @return amount Wei paid.
    function withdrawTo(address receiver) external returns (uint256 amount);

    /// @notice Replaces all shares. Only the owner, which should be a timelock.
    /// @dev Fees that have arrived are split by the old shares first; credits of former payees stay theirs.
    function setShares(uint16 burnBasisPoints, address[] calldata payees, uint16[] calldata basisPoints)
        external;

    /// @notice Hands out ERC-20 tokens (also wrapped MASA) that were sent here by mistake. Only the owner.
    /// @dev Cannot move native tokens: no value is ever sent along.
    function sweepToken(address token, address receiver, uint256 amount) external;

    /// @notice Burned part of each fee, in basis points.
    function burnBasisPoints() external view returns (uint16);
    /// @notice Payees with their shares of the unburned part.
    function payees() external view returns (Payee[] memory);
    /// @notice Wei that `payee` can withdraw.
    function owed(address payee) external view returns (uint256);
    /// @notice Sum of all credits that have not been withdrawn, wei.
    function totalOwed() external view returns (uint256);
    /// @notice Wei burned since the beginning.
    function totalBurned() external view returns (uint256);
    /// @notice Wei paid out to payees since the beginning.
    function totalPaid() external view returns (uint256);
    /// @notice Wei that the next `distribute` would split.
    function pending() external view returns (uint256);
}
