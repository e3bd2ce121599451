// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IWMASA} from "./interfaces/IWMASA.sol";
import {WETH} from "solady/tokens/WETH.sol";

/// @title WMASA
/// @notice See the documentation in {IWMASA}.
contract WMASA is IWMASA, WETH {
    /// @inheritdoc IWMASA
    function deposit() public payable override(IWMASA, WETH) {
        super.deposit();
    }

    /// @inheritdoc IWMASA
    function withdraw(uint256 amount) public override(IWMASA, WETH) {
        super.withdraw(amount);
    }

    /// @notice Name, also of the permit domain.
    function name() public pure override returns (string memory) {
        return "Wrapped MASA";
    }

    /// @notice Symbol.
    function symbol() public pure override returns (string memory) {
        return "WMASA";
    }

    /// @dev Nobody has a standing allowance: Permit2 needs not exist on this chain, and its address could be anybody's.
    function _givePermit2InfiniteAllowance() internal pure override returns (bool) {
        return false;
    }
}
