// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {WMASA} from "../src/WMASA.sol";
import {BaseTest} from "./base/BaseTest.sol";
import {ReenteringReceiver, RejectingReceiver} from "./base/HostileReceivers.sol";

contract WMASATest is BaseTest {
    WMASA internal wmasa;

    function setUp() public {
        vm.warp(START);
        wmasa = new WMASA();
        vm.deal(alice, SUPPLY);
        vm.deal(address(this), SUPPLY);
    }

    function test_Metadata_ItNamesTheToken() public view {
        assertEq(wmasa.name(), "Wrapped MASA", "name");
        assertEq(wmasa.symbol(), "WMASA", "symbol");
        assertEq(wmasa.decimals(), 18, "decimals");
    }

    function test_Deposit_GivenCallOrPlainTransfer_ItWraps() public {
        vm.prank(alice);
        wmasa.deposit{value: 5}();
        vm.prank(alice);
        (bool success,) = address(wmasa).call{value: 7}("");
        assertTrue(success, "plain transfer");
        assertEq(wmasa.balanceOf(alice), 12, "balance");
        assertEq(wmasa.totalSupply(), address(wmasa).balance, "backing");
    }

    function test_Withdraw_GivenBalance_ItUnwraps() public {
        vm.prank(alice);
        wmasa.deposit{value: SUPPLY}();
        vm.prank(alice);
        wmasa.withdraw(SUPPLY);
        assertEq(alice.balance, SUPPLY, "native");
        assertEq(wmasa.totalSupply(), 0, "supply");
    }

    function test_Withdraw_GivenTooMuch_ItReverts() public {
        vm.prank(alice);
        vm.expectRevert();
        wmasa.withdraw(1);
    }

    function test_Withdraw_GivenHolderRejects_ItReverts() public {
        RejectingReceiver holder = new RejectingReceiver();
        holder.execute{value: 5}(address(wmasa), abi.encodeCall(wmasa.deposit, ()));
        (bool success,) = holder.execute(address(wmasa), abi.encodeCall(wmasa.withdraw, (5)));
        assertTrue(!success && wmasa.balanceOf(address(holder)) == 5, "kept");
    }

    function test_Withdraw_GivenHolderReenters_ItPaysOnce() public {
        ReenteringReceiver holder = new ReenteringReceiver();
        vm.prank(alice);
        wmasa.deposit{value: 5}();
        holder.execute{value: 5}(address(wmasa), abi.encodeCall(wmasa.deposit, ()));
        holder.arm(address(wmasa), abi.encodeCall(wmasa.withdraw, (5)));
        holder.execute(address(wmasa), abi.encodeCall(wmasa.withdraw, (5)));
        assertTrue(holder.entered() && !holder.succeeded(), "refused");
        assertEq(address(holder).balance, 5, "once");
    }

    function test_Allowance_ItGivesPermit2Nothing() public view {
        assertEq(
            wmasa.allowance(alice, 0x000000000022D473030F116dDEE9F6B43aC78BA3), 0, "no standing allowance"
        );
    }

    function test_Permit_GivenSignature_ItApproves() public {
        (uint256 key, address owner) = (0xA11CE, vm.addr(0xA11CE));
        bytes32 typeHash =
            keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        bytes32 message = keccak256(abi.encode(typeHash, owner, bob, 5, 0, START));
        (uint8 v, bytes32 r, bytes32 s) =
            vm.sign(key, keccak256(abi.encodePacked("\x19\x01", wmasa.DOMAIN_SEPARATOR(), message)));
        wmasa.permit(owner, bob, 5, START, v, r, s);
        assertEq(wmasa.allowance(owner, bob), 5, "allowance");
    }

    /// @dev Covers: any amounts in and out, and a transfer between.
    function testFuzz_Wrap_ItIsBackedOneToOne(uint256 amount, uint256 moved, uint256 out) public {
        amount = bound(amount, 0, SUPPLY);
        moved = bound(moved, 0, amount);
        out = bound(out, 0, moved);
        vm.prank(alice);
        wmasa.deposit{value: amount}();
        vm.prank(alice);
        wmasa.transfer(bob, moved);
        vm.prank(bob);
        wmasa.withdraw(out);
        assertEq(wmasa.totalSupply(), amount - out, "supply");
        assertEq(address(wmasa).balance, amount - out, "backing");
        assertEq(bob.balance, out, "native");
    }
}
