// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {MasaToken} from "../src/MasaToken.sol";
import {IMasaToken} from "../src/interfaces/IMasaToken.sol";
import {BaseTest} from "./base/BaseTest.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

contract MasaTokenTest is BaseTest {
    MasaToken internal token;
    address internal bridge = user("bridge");

    function setUp() public {
        vm.warp(START);
        token = new MasaToken("Masa", "MASA", SUPPLY, bridge, admin);
    }

    function test_Constructor_ItStartsEmpty() public view {
        assertEq(token.totalSupply(), 0, "supply");
        assertEq(token.cap(), SUPPLY, "cap");
        assertEq(token.bridge(), bridge, "bridge");
        assertEq(token.name(), "Masa", "name");
        assertEq(token.symbol(), "MASA", "symbol");
        assertEq(token.owner(), admin, "owner");
    }

    function test_Constructor_GivenCapZero_ItReverts() public {
        assertNotCreated(
            "MasaToken",
            abi.encode("Masa", "MASA", 0, bridge, admin),
            abi.encodeWithSelector(IMasaToken.MasaToken_CapZero.selector)
        );
        assertNotCreated(
            "MasaToken",
            abi.encode("Masa", "MASA", 1, bridge, address(0)),
            abi.encodeWithSelector(Ownable.OwnableInvalidOwner.selector, address(0))
        );
    }

    function test_Mint_GivenBridge_ItMintsUpToTheCap() public {
        vm.prank(bridge);
        token.mint(alice, SUPPLY);
        vm.prank(bridge);
        vm.expectRevert(abi.encodeWithSelector(IMasaToken.MasaToken_CapExceeded.selector, SUPPLY + 1, SUPPLY));
        token.mint(alice, 1);
        vm.prank(alice);
        token.burn(1);
        vm.prank(bridge);
        token.mint(bob, 1);
        assertEq(token.totalSupply(), SUPPLY, "burning makes room");
    }

    function test_Mint_WhenCallerIsNotBridge_ItReverts() public {
        vm.prank(admin);
        vm.expectRevert(abi.encodeWithSelector(IMasaToken.MasaToken_NotBridge.selector, admin, bridge));
        token.mint(admin, 1);
    }

    function test_SetBridge_ItReplacesTheOnlyMinter() public {
        vm.prank(admin);
        token.setBridge(bob);
        vm.prank(bridge);
        vm.expectRevert(abi.encodeWithSelector(IMasaToken.MasaToken_NotBridge.selector, bridge, bob));
        token.mint(alice, 1);
        vm.prank(bob);
        token.mint(alice, 1);
        assertEq(token.balanceOf(alice), 1, "minted");
    }

    function test_SetBridge_WhenCallerIsNotOwner_ItReverts() public {
        vm.prank(bridge);
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, bridge));
        token.setBridge(eve);
    }

    function test_BurnFrom_GivenAllowance_ItBurns() public {
        vm.prank(bridge);
        token.mint(alice, 10);
        vm.prank(alice);
        token.approve(bob, 4);
        vm.prank(bob);
        token.burnFrom(alice, 4);
        assertEq(token.totalSupply(), 6, "supply");
    }

    function test_Permit_GivenSignature_ItApprovesOnce() public {
        (uint256 key, address owner) = (0xA11CE, vm.addr(0xA11CE));
        bytes32 typeHash =
            keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        bytes32 message = keccak256(abi.encode(typeHash, owner, bob, 5, 0, START));
        (uint8 v, bytes32 r, bytes32 s) =
            vm.sign(key, keccak256(abi.encodePacked("\x19\x01", token.DOMAIN_SEPARATOR(), message)));
        token.permit(owner, bob, 5, START, v, r, s);
        assertEq(token.allowance(owner, bob), 5, "allowance");
        vm.expectRevert();
        token.permit(owner, bob, 5, START, v, r, s);
    }

    /// @notice The domain carries the name, the chain and the address: finding 1 of pasted runtime code would break it.
    function test_Eip712Domain_ItNamesThisTokenOnThisChain() public view {
        (, string memory name, string memory version, uint256 chainId, address verifying,,) =
            token.eip712Domain();
        assertEq(name, "Masa", "name");
        assertEq(version, "1", "version");
        assertEq(chainId, block.chainid, "chain");
        assertEq(verifying, address(token), "address");
    }

    /// @dev Covers: any mints and burns by the bridge and holders.
    function testFuzz_Mint_ItNeverExceedsTheCap(uint256 first, uint256 burned, uint256 second) public {
        first = bound(first, 0, SUPPLY);
        burned = bound(burned, 0, first);
        vm.prank(bridge);
        token.mint(alice, first);
        vm.prank(alice);
        token.burn(burned);
        uint256 room = SUPPLY - first + burned;
        second = bound(second, 0, 2 * SUPPLY);
        vm.prank(bridge);
        if (second > room) vm.expectRevert();
        token.mint(bob, second);
        assertLe(token.totalSupply(), SUPPLY, "cap");
    }
}
