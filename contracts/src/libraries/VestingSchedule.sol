// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IVestingVault} from "../interfaces/IVestingVault.sol";

/// @title VestingSchedule
/// @notice The vesting formula, documented in {IVestingVault}.
library VestingSchedule {
    /// @dev Cannot overflow: 128 bits of amount times 32 bits of seconds.
    /// @param grant Terms, amounts in wei.
    /// @param time Unix seconds.
    /// @return Wei vested at `time`, rounded down.
    function vested(IVestingVault.Grant memory grant, uint256 time) internal pure returns (uint256) {
        if (time < grant.start) return 0;
        uint256 lockEnd = uint256(grant.start) + grant.lockSeconds;
        if (time < lockEnd) return grant.tgeAmount;

        uint256 from = grant.mode == IVestingVault.Mode.Cliff ? grant.start : lockEnd;
        uint256 elapsed = time - from;
        if (elapsed >= grant.linearSeconds) return grant.amount;
        uint256 rest = grant.amount - grant.tgeAmount;
        return grant.tgeAmount + (rest * elapsed) / grant.linearSeconds;
    }
}
