// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IVestingVault} from "../src/interfaces/IVestingVault.sol";
import {VestingSchedule} from "../src/libraries/VestingSchedule.sol";

/// @notice Bounds of the vault's own formula, for every grant that the vault accepts and every time.
contract VestingProof {
    function bounds(IVestingVault.Grant calldata grant, uint64 time) external pure {
        require(grant.tgeAmount <= grant.amount);
        require(grant.mode != IVestingVault.Mode.Cliff || grant.lockSeconds <= grant.linearSeconds);
        uint256 vested = VestingSchedule.vested(grant, time);
        assert(vested <= grant.amount);
        if (time < grant.start) assert(vested == 0);
        else assert(vested >= grant.tgeAmount);
        if (time >= uint256(grant.start) + grant.lockSeconds + grant.linearSeconds) {
            assert(vested == grant.amount);
        }
    }

    /// @dev VI-3: what has vested never falls.
    function monotone(IVestingVault.Grant calldata grant, uint64 time, uint64 later) external pure {
        require(grant.tgeAmount <= grant.amount && time <= later);
        require(grant.mode != IVestingVault.Mode.Cliff || grant.lockSeconds <= grant.linearSeconds);
        assert(VestingSchedule.vested(grant, time) <= VestingSchedule.vested(grant, later));
    }
}
