// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IVestingVault} from "../../src/interfaces/IVestingVault.sol";
import {VestingVaultFixture} from "../fixtures/VestingVaultFixture.sol";

/// @notice Time and amount edges of vesting, each a second or a wei before, at and after; all numbers are computed by hand.
contract VestingTimeCases is VestingVaultFixture {
    IVestingVault.Mode internal constant LINEAR_AFTER_LOCK = IVestingVault.Mode.LockThenLinear;
    IVestingVault.Mode internal constant CLIFF = IVestingVault.Mode.Cliff;

    /// @dev 3 wei a second for 1,000 seconds after a lock of 100 seconds; 10 wei are free at the start.
    function small(IVestingVault.Mode mode) internal returns (uint256) {
        return createWith(3010, 10, 100, 1000, mode);
    }

    function assertVested(uint256 id, uint256 time, uint256 expected, string memory label) internal {
        assertEq(vault.vestedAt(id, time), expected, label);
        vm.warp(time);
        assertEq(vault.claimable(id), expected, label);
    }

    function test_V01_GivenTheStart_ItFreesTheTgePartAtThatSecond() public {
        uint256[2] memory ids = [small(LINEAR_AFTER_LOCK), small(CLIFF)];
        for (uint256 i; i < 2; ++i) {
            assertVested(ids[i], START - 1, 0, "before");
            assertVested(ids[i], START, 10, "at");
            assertVested(ids[i], START + 1, 10, "after");
        }
    }

    function test_V02_GivenTheLockEnd_ItDiffersByModeAndPaysPerSecond() public {
        uint256 lock = small(LINEAR_AFTER_LOCK);
        assertVested(lock, START + 99, 10, "lock: before");
        assertVested(lock, START + 100, 10, "lock: nothing at the end of the lock");
        assertVested(lock, START + 101, 13, "lock: one second of the linear part");
        uint256 cliff = small(CLIFF);
        assertVested(cliff, START + 99, 10, "cliff: before");
        assertVested(cliff, START + 100, 310, "cliff: the accrued lump");
        assertVested(cliff, START + 101, 313, "cliff: and on");
    }

    function test_V03_GivenOneMonth_ItPaysOneOfThirtySix() public {
        uint256 id = createWith(36_000, 0, LOCK, LINEAR, LINEAR_AFTER_LOCK);
        uint256 month = START + LOCK + MONTH;
        assertVested(id, month - 1, 999, "before");
        assertVested(id, month, 1000, "at");
        assertVested(id, month + 1, 1000, "after");
        assertVested(id, month + MONTH / 1000, 1001, "a wei later");
    }

    function test_V04_GivenTheMiddle_ItHasHalf() public {
        uint256 id = small(LINEAR_AFTER_LOCK);
        assertVested(id, START + 599, 10 + 1497, "before");
        assertVested(id, START + 600, 10 + 1500, "at");
        assertVested(id, START + 601, 10 + 1503, "after");
    }

    function test_V05_GivenTheEnd_ItHasAllFromThatSecond() public {
        uint256 id = small(LINEAR_AFTER_LOCK);
        assertVested(id, START + 1099, 3007, "before");
        assertVested(id, START + 1100, 3010, "at");
        assertVested(id, START + 1101, 3010, "after");
        uint256 cliff = small(CLIFF);
        assertVested(cliff, START + 999, 3007, "cliff: before");
        assertVested(cliff, START + 1000, 3010, "cliff: at");
        assertVested(cliff, START + 1001, 3010, "cliff: after");
    }

    function test_V06_GivenTheLastTimes_ItNeitherOverflowsNorForgets() public {
        vm.prank(admin);
        vault.openBucket("large", type(uint256).max);
        IVestingVault.Grant memory grant = terms();
        (grant.amount, grant.bucket) = (type(uint128).max, "large");
        (grant.lockSeconds, grant.linearSeconds) = (type(uint32).max, type(uint32).max);
        uint256 id = create(grant);
        uint256 end = START + 2 * uint256(type(uint32).max);
        assertLt(vault.vestedAt(id, end - 1), type(uint128).max, "last second");
        assertEq(vault.vestedAt(id, end), type(uint128).max, "end");
        assertEq(vault.vestedAt(id, type(uint64).max - 1), type(uint128).max, "uint64 - 1");
        assertEq(vault.vestedAt(id, type(uint64).max), type(uint128).max, "uint64");
        assertEq(vault.vestedAt(id, type(uint256).max), type(uint128).max, "uint256");
        vm.warp(type(uint64).max);
        assertEq(vault.claim(id), type(uint128).max, "claimed at the last time there is");
    }

    function test_V07_GivenADayWithoutBlocks_ItPaysTheDayAtOnce() public {
        uint256 id = createWith(864_000, 0, 0, 10 days, LINEAR_AFTER_LOCK);
        vm.warp(START + 12 hours);
        assertEq(vault.claim(id), 43_200, "before the gap");
        vm.warp(START + 36 hours);
        assertEq(vault.claim(id), 86_400, "the whole gap");
    }

    function test_V08_GivenTwoClaimsInOneBlock_ItPaysOnce() public {
        uint256 id = small(LINEAR_AFTER_LOCK);
        vm.warp(START + 600);
        assertEq(vault.claim(id), 1510, "first");
        assertRefused(bob, address(vault), abi.encodeCall(vault.claim, (id)), nothingClaimable(id));
        assertRefused(alice, address(vault), abi.encodeCall(vault.claimTo, (id, bob)), nothingClaimable(id));
        assertEq(alice.balance, 1510, "once");
    }

    function test_V09_GivenAmountZero_ItIsRefused() public {
        IVestingVault.Grant memory grant = terms();
        grant.amount = 0;
        expectRefused(grant, abi.encodeWithSelector(IVestingVault.VestingVault_AmountZero.selector));
    }

    function test_V10_GivenOneWei_ItIsPaidAtTheEndAndNotBefore() public {
        uint256 id = createWith(1, 0, 100, 1000, LINEAR_AFTER_LOCK);
        vm.warp(START + 1099);
        assertRefused(alice, address(vault), abi.encodeCall(vault.claim, (id)), nothingClaimable(id));
        vm.warp(START + 1100);
        assertEq(vault.claim(id), 1, "the wei");
    }

    function test_V11_GivenOneWeiLessThanSeconds_ItRoundsDownEverySecondAndEndsWhole() public {
        uint256 id = createWith(999, 0, 0, 1000, LINEAR_AFTER_LOCK);
        for (uint256 second = 1; second < 1000; ++second) {
            // floor(999 x s / 1000) = s - 1 for 1 <= s < 1000
            assertEq(vault.vestedAt(id, START + second), second - 1, "one wei behind");
        }
        vm.warp(START + 1000);
        assertEq(vault.claim(id), 999, "whole");
    }

    function test_V12_GivenPrimeAmounts_ItLosesNoWeiOverManyClaims() public {
        uint128[4] memory primes =
            [2, 7919, 2_147_483_647, 170_141_183_460_469_231_731_687_303_715_884_105_727];
        for (uint256 i; i < 4; ++i) {
            vm.warp(START);
            IVestingVault.Grant memory grant = terms();
            grant.beneficiary = address(uint160(0x9000 + i));
            (grant.amount, grant.lockSeconds, grant.linearSeconds) = (primes[i], 0, 997);
            vm.prank(admin);
            vault.openBucket(bytes32(i + 1), primes[i]);
            grant.bucket = bytes32(i + 1);
            uint256 id = create(grant);
            for (uint256 second = 13; second < 997; second += 13) {
                vm.warp(START + second);
                if (vault.claimable(id) > 0) vault.claim(id);
            }
            vm.warp(START + 997);
            vault.claim(id);
            assertEq(grant.beneficiary.balance, primes[i], "to the wei");
        }
    }

    function test_V13_GivenTheWholeSupply_ItVestsToTheWei() public {
        uint256 id = createWith(uint128(SUPPLY), uint128(SUPPLY / 10), LOCK, LINEAR, LINEAR_AFTER_LOCK);
        vm.warp(START + LOCK + LINEAR / 2);
        // 10 % at the start and half of 90 %.
        assertEq(vault.claim(id), (SUPPLY * 55) / 100, "55 %");
        vm.warp(START + LOCK + LINEAR);
        vault.claim(id);
        assertEq(alice.balance, SUPPLY, "all");
    }

    function test_V14_GivenTheLargestAmount_ItVestsWithoutOverflow() public {
        vm.prank(admin);
        vault.openBucket("large", type(uint256).max);
        IVestingVault.Grant memory grant = terms();
        (grant.amount, grant.lockSeconds, grant.linearSeconds) = (type(uint128).max, 0, type(uint32).max);
        grant.bucket = "large";
        uint256 id = create(grant);
        // 2^128 - 1 = (2^32 - 1) x (2^96 + 2^64 + 2^32 + 1): every second is a whole number of wei.
        uint256 perSecond = 2 ** 96 + 2 ** 64 + 2 ** 32 + 1;
        assertEq(vault.vestedAt(id, START + 1), perSecond, "first second");
        assertEq(vault.vestedAt(id, START + 12_345), 12_345 * perSecond, "later");
        assertEq(
            vault.vestedAt(id, START + type(uint32).max - 1), type(uint128).max - perSecond, "last but one"
        );
        vm.warp(START + type(uint32).max);
        assertEq(vault.claim(id), type(uint128).max, "all");
    }
}
