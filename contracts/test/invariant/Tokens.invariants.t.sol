// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {MasaToken} from "../../src/MasaToken.sol";
import {WMASA} from "../../src/WMASA.sol";
import {BaseTest} from "../base/BaseTest.sol";
import {TokensHandler} from "./TokensHandler.sol";

contract TokensInvariants is BaseTest {
    TokensHandler internal handler;
    MasaToken internal masa;
    WMASA internal wmasa;

    function setUp() public {
        vm.warp(START);
        handler = new TokensHandler();
        (masa, wmasa) = (handler.masa(), handler.wmasa());
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// @notice TI-1: the supply never exceeds the cap, and one wei more is always refused.
    function invariant_TI1_Capped() public view {
        assertLe(masa.totalSupply(), masa.cap(), "TI-1");
        assertEq(masa.cap(), handler.CAP(), "TI-1: the cap never changes");
        assertEq(handler.capViolations(), 0, "TI-1: refused");
    }

    /// @notice TI-2: supply = minted - burned = the sum of all balances.
    function invariant_TI2_SupplyAddsUp() public view {
        uint256 sum;
        for (uint256 i; i < handler.holderCount(); ++i) {
            sum += masa.balanceOf(handler.holders(i));
        }
        assertEq(masa.totalSupply(), sum, "TI-2: balances");
        assertEq(masa.totalSupply(), handler.minted() - handler.burned(), "TI-2: minted - burned");
    }

    /// @notice TI-3: only the bridge of the moment mints; strangers, who try at random moments, never succeed in anything.
    function invariant_TI3_StrangersCanDoNothing() public view {
        assertEq(handler.strangerSuccesses(), 0, "TI-3");
        assertEq(masa.balanceOf(eve) + wmasa.balanceOf(eve), 0, "TI-3: eve");
        assertEq(masa.bridge(), handler.bridge(), "TI-3: bridge");
    }

    /// @notice WI-1: every wrapped coin is backed by one native coin, exactly, plus what was forced in.
    function invariant_WI1_Backed() public view {
        assertEq(address(wmasa).balance, handler.wrapped() - handler.unwrapped() + handler.forced(), "WI-1");
        assertEq(wmasa.totalSupply() + handler.forced(), address(wmasa).balance, "WI-1: supply");
    }

    /// @notice WI-2: all balances together are what was wrapped and not unwrapped.
    function invariant_WI2_BalancesAddUp() public view {
        uint256 sum;
        for (uint256 i; i < handler.holderCount(); ++i) {
            sum += wmasa.balanceOf(handler.holders(i));
        }
        assertEq(sum, handler.wrapped() - handler.unwrapped(), "WI-2");
    }
}
