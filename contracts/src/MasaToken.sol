// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IMasaToken} from "./interfaces/IMasaToken.sol";
import {Ownable, Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Burnable} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Burnable.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

/// @title MasaToken
/// @notice See the documentation in {IMasaToken}.
contract MasaToken is IMasaToken, ERC20Burnable, ERC20Permit, Ownable2Step {
    /// @inheritdoc IMasaToken
    uint256 public immutable cap;
    /// @inheritdoc IMasaToken
    address public bridge;

    /// @param name_ Name, also of the permit domain.
    /// @param symbol_ Symbol.
    /// @param cap_ Highest possible supply, wei.
    /// @param bridge_ First minter; zero for none.
    /// @param admin Owner; should be a timelock.
    constructor(string memory name_, string memory symbol_, uint256 cap_, address bridge_, address admin)
        ERC20(name_, symbol_)
        ERC20Permit(name_)
        Ownable(admin)
    {
        if (cap_ == 0) revert MasaToken_CapZero();
        cap = cap_;
        _setBridge(bridge_);
    }

    /// @inheritdoc IMasaToken
    function mint(address to, uint256 amount) external {
        if (msg.sender != bridge) revert MasaToken_NotBridge(msg.sender, bridge);
        _mint(to, amount);
        if (totalSupply() > cap) revert MasaToken_CapExceeded(totalSupply(), cap);
    }

    /// @inheritdoc IMasaToken
    function setBridge(address newBridge) external onlyOwner {
        _setBridge(newBridge);
    }

    function _setBridge(address newBridge) private {
        emit BridgeSet(bridge, newBridge);
        bridge = newBridge;
    }
}
