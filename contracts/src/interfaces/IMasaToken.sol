// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IMasaToken
/// @notice MASA on another chain: an ERC-20 with permit and burn whose supply starts at zero.
///
/// @dev Amounts are wei (18 decimals). One bridge mints what was locked on the home chain and burns what goes back.
///
/// Notes:
/// 1. The cap bounds the supply that exists, not what was ever minted: burning on the way home makes room again.
/// 2. There is no pause and no blocklist.
///
/// Sharp edges:
/// - Whoever may set the bridge can mint up to the cap. The owner should be a timelock.
/// - A bridge of zero means that nobody can mint.
interface IMasaToken {
    /// @notice The minter changed.
    event BridgeSet(address indexed previous, address indexed bridge);

    /// @notice A cap of zero.
    error MasaToken_CapZero();
    /// @notice Only the bridge may mint.
    error MasaToken_NotBridge(address caller, address bridge);
    /// @notice The supply would exceed the cap, wei.
    error MasaToken_CapExceeded(uint256 supply, uint256 cap);

    /// @notice Creates `amount` wei for `to`. Only the bridge.
    function mint(address to, uint256 amount) external;

    /// @notice Replaces the minter; zero stops minting. Only the owner.
    function setBridge(address newBridge) external;

    /// @notice Highest possible supply, wei.
    function cap() external view returns (uint256);
    /// @notice The only minter.
    function bridge() external view returns (address);
}
