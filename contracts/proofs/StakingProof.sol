// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice The formula of {MasaStaking}, stated for the solver; the differential run ties it to the contract.
contract StakingProof {
    uint256 private constant MAX_MICRO_PERCENT = 100e6;

    /// @dev A reward is never above its rate, less than one wei below it, and fits the ledger with the principal.
    function reward(uint128 amount, uint256 rate) external pure {
        require(rate <= MAX_MICRO_PERCENT);
        uint256 made = (uint256(amount) * rate) / MAX_MICRO_PERCENT;
        assert(made * MAX_MICRO_PERCENT <= uint256(amount) * rate);
        assert(uint256(amount) * rate < (made + 1) * MAX_MICRO_PERCENT);
        assert(made <= amount);
        assert(made <= type(uint128).max);
    }
}
