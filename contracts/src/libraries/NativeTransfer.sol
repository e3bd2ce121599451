// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title NativeTransfer
/// @notice Sends native tokens without copying what the receiver returns, so that a huge answer costs the receiver, not us.
library NativeTransfer {
    /// @dev Forwards all gas: callers must have finished their effects.
    /// @return success Whether the receiver took `amount` wei.
    function trySend(address receiver, uint256 amount) internal returns (bool success) {
        assembly ("memory-safe") {
            success := call(gas(), receiver, amount, 0, 0, 0, 0)
        }
    }
}
