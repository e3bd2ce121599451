// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice The formula of {FeeSplitter} for three payees, stated for the solver; the differential run ties it to the contract.
contract SplitProof {
    uint256 private constant WHOLE = 10_000;

    /// @dev Whatever the shares: credits never exceed the amount, so the burned part never underflows and nothing is made up.
    function conserves(uint128 amount, uint16 burn, uint16 a, uint16 b, uint16 c) external pure {
        require(burn <= WHOLE && uint256(a) + b + c == WHOLE);
        uint256 rest = (uint256(amount) * (WHOLE - burn)) / WHOLE;
        assert(rest <= amount);
        uint256 first = (rest * a) / WHOLE;
        uint256 second = (rest * b) / WHOLE;
        uint256 third = (rest * c) / WHOLE;
        assert(first * WHOLE <= rest * a);
        assert(second * WHOLE <= rest * b);
        assert(third * WHOLE <= rest * c);
        assert((first + second + third) * WHOLE <= rest * (uint256(a) + b + c));
        assert(first + second + third <= rest);
        uint256 burned = amount - (first + second + third);
        assert(burned + first + second + third == amount);
    }
}
