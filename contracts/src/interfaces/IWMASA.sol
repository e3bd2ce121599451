// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IWMASA
/// @notice MASA as an ERC-20 on its own chain: one WMASA for each native MASA held here, with permit (EIP-2612).
///
/// @dev Amounts are wei. totalSupply = balance of the contract (it counts forced tokens too; the backing is never smaller).
///
/// Sharp edges:
/// - WMASA sent to the WMASA contract itself is lost.
/// - Burning wrapped tokens by sending them to the blackhole leaves their backing here; unwrap first.
/// - `withdraw` calls the caller with all gas; its balance is already reduced by then.
interface IWMASA {
    /// @notice Wraps the value sent for the caller; a plain transfer does the same.
    function deposit() external payable;

    /// @notice Unwraps `amount` wei of the caller.
    function withdraw(uint256 amount) external;
}
