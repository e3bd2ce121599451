// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {VestingVault} from "../../src/VestingVault.sol";
import {WMASA} from "../../src/WMASA.sol";
import {IVestingVault} from "../../src/interfaces/IVestingVault.sol";
import {BaseTest} from "../base/BaseTest.sol";
import {VestingVaultHandler} from "./VestingVaultHandler.sol";

contract VestingVaultInvariants is BaseTest {
    VestingVaultHandler internal handler;
    VestingVault internal vault;

    function setUp() public {
        vm.warp(START);
        handler = new VestingVaultHandler();
        vault = handler.vault();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// @notice VI-1: the balance covers every grant, exactly, plus what was forced in.
    function invariant_VI1_Solvent() public view {
        uint256 liabilities;
        uint256 paid;
        for (uint256 i; i < vault.grantCount(); ++i) {
            IVestingVault.Position memory position = vault.position(i);
            liabilities += position.grant.amount - position.released - position.refunded;
            paid += handler.paid(i);
        }
        assertEq(address(vault).balance, liabilities + handler.forced(), "VI-1");
        assertEq(vault.liabilities(), liabilities, "VI-1: counter");
        assertEq(handler.deposited(), paid + handler.refunds() + liabilities, "VI-1: deposits");
    }

    /// @notice VI-2: released <= vested <= allocated; released + claimable + unvested + refunded = allocated.
    function invariant_VI2_EveryGrantAddsUp() public view {
        for (uint256 i; i < vault.grantCount(); ++i) {
            IVestingVault.Position memory position = vault.position(i);
            uint256 vested = vault.vestedAt(i, block.timestamp);
            assertLe(position.released, vested, "VI-2: released");
            assertLe(vested, position.grant.amount, "VI-2: vested");
            uint256 unvested = position.revokedAt == 0 ? position.grant.amount - vested : 0;
            uint256 sum = position.released + vault.claimable(i) + unvested + position.refunded;
            assertEq(sum, position.grant.amount, "VI-2: sum");
            assertEq(position.released, handler.paid(i), "VI-2: paid");
            assertEq(position.refunded, handler.refunded(i), "VI-2: refunded");
        }
    }

    /// @notice VI-3: what has vested never falls; after a revocation it is constant.
    function invariant_VI3_VestedNeverFalls() public view {
        assertEq(handler.monotoneViolations(), 0, "VI-3");
    }

    /// @notice VI-4: released + claimable depends on time alone: it is the exact schedule rounded down, however often
    /// somebody claimed. Checked by cross-multiplication, not by the contract's formula.
    function invariant_VI4_PathIndependent() public view {
        for (uint256 i; i < vault.grantCount(); ++i) {
            IVestingVault.Position memory position = vault.position(i);
            IVestingVault.Grant memory grant = position.grant;
            uint256 sum = position.released + vault.claimable(i);
            uint256 time = handler.revokedAt(i) == 0 ? block.timestamp : handler.revokedAt(i);
            if (time < grant.start) {
                assertEq(sum, 0, "VI-4: before start");
                continue;
            }
            uint256 after_ = time - grant.start;
            if (after_ < grant.lockSeconds) {
                assertEq(sum, grant.tgeAmount, "VI-4: in lock");
                continue;
            }
            uint256 elapsed = grant.mode == IVestingVault.Mode.Cliff ? after_ : after_ - grant.lockSeconds;
            if (elapsed >= grant.linearSeconds) {
                assertEq(sum, grant.amount, "VI-4: end");
                continue;
            }
            uint256 exact = uint256(grant.amount - grant.tgeAmount) * elapsed;
            uint256 linear = sum - grant.tgeAmount;
            assertTrue(linear * grant.linearSeconds <= exact, "VI-4: too much");
            assertTrue(exact < (linear + 1) * grant.linearSeconds, "VI-4: too little");
        }
    }

    /// @notice VI-5: at the end everything that was not refunded is paid, no dust is left.
    function invariant_VI5_ExactAtTheEnd() public {
        uint256 now_ = block.timestamp;
        vm.warp(now_ + 20 * 365 days);
        for (uint256 i; i < vault.grantCount(); ++i) {
            IVestingVault.Position memory position = vault.position(i);
            uint256 sum = position.released + vault.claimable(i);
            assertEq(sum, position.grant.amount - position.refunded, "VI-5");
        }
        vm.warp(now_);
    }

    /// @notice VI-6: no action on one grant changes another (the handler compares all others at every call).
    function invariant_VI6_Isolated() public view {
        assertEq(handler.isolationViolations(), 0, "VI-6");
    }

    /// @notice VI-7: pending, locked, streaming, settled or revoked, depleted; never back, never revoked once settled.
    function invariant_VI7_StatusMachine() public view {
        assertEq(handler.statusViolations(), 0, "VI-7");
    }

    /// @notice VI-8: grants of a bucket stay within its cap, caps never change, buckets together are all that is granted.
    function invariant_VI8_BucketCaps() public view {
        uint256[3] memory caps = [uint256(1_000_000 ether), 1000, SUPPLY];
        uint256[3] memory sums;
        for (uint256 i; i < vault.grantCount(); ++i) {
            IVestingVault.Position memory position = vault.position(i);
            for (uint256 j; j < 3; ++j) {
                if (position.grant.bucket == handler.buckets(j)) {
                    sums[j] += position.grant.amount - position.refunded;
                }
            }
        }
        for (uint256 j; j < 3; ++j) {
            bytes32 bucket = handler.buckets(j);
            assertEq(vault.bucketCap(bucket), caps[j], "VI-8: cap");
            assertEq(vault.bucketGranted(bucket), sums[j], "VI-8: granted");
            assertLe(sums[j], caps[j], "VI-8");
        }
    }

    /// @notice VI-9: the vault has given nobody an allowance; its tokens are exactly those that came by mistake.
    function invariant_VI9_NoStandingApprovals() public view {
        WMASA wmasa = handler.wmasa();
        address[6] memory spenders = [address(handler), alice, carol, eve, address(0x1000), address(vault)];
        for (uint256 i; i < spenders.length; ++i) {
            assertEq(wmasa.allowance(address(vault), spenders[i]), 0, "VI-9");
        }
        assertEq(wmasa.balanceOf(address(vault)), handler.wrapped(), "VI-9: tokens");
    }

    /// @notice VI-10: creating a grant costs at least as much gas as ending or claiming one, and each has a bound.
    function invariant_VI10_GasIsBounded() public view {
        assertLe(handler.dearestClaim(), handler.cheapestCreate(), "VI-10: create >= claim");
        assertLe(handler.dearestRevoke(), handler.cheapestCreate(), "VI-10: create >= revoke");
        assertLe(handler.dearestCreate(), 210_000, "VI-10: create");
        assertLe(handler.dearestClaim(), 130_000, "VI-10: claim");
        assertLe(handler.dearestRevoke(), 130_000, "VI-10: revoke");
    }

    /// @notice VI-11: strangers, who try everything at random moments, never succeed.
    function invariant_VI11_StrangersCanDoNothing() public view {
        assertEq(handler.strangerSuccesses(), 0, "VI-11");
        assertEq(eve.balance, handler.swept(), "VI-11: only what the owner gave away");
    }
}
