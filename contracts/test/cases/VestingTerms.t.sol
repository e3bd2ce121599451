// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {WMASA} from "../../src/WMASA.sol";
import {IVestingVault} from "../../src/interfaces/IVestingVault.sol";
import {VestingVaultFixture} from "../fixtures/VestingVaultFixture.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @notice Parameter edges of grants.
contract VestingTermsCases is VestingVaultFixture {
    function test_V15_GivenLockAboveLinear_ItIsRefusedInCliffAndFineAfterALock() public {
        IVestingVault.Grant memory grant = terms();
        (grant.lockSeconds, grant.linearSeconds, grant.mode) = (101, 100, IVestingVault.Mode.Cliff);
        expectRefused(
            grant, abi.encodeWithSelector(IVestingVault.VestingVault_LockAboveLinear.selector, 101, 100)
        );
        grant.lockSeconds = 100;
        uint256 equal = create(grant);
        assertEq(vault.vestedAt(equal, START + 99), 0, "cliff of the whole time: nothing");
        assertEq(vault.vestedAt(equal, START + 100), AMOUNT, "then everything");
        (grant.lockSeconds, grant.mode) = (101, IVestingVault.Mode.LockThenLinear);
        uint256 id = create(grant);
        assertEq(vault.vestedAt(id, START + 201), AMOUNT, "lock, then linear");
    }

    function test_V16_GivenNoDuration_ItFreesAllAtLockEnd() public {
        uint256 locked = createWith(7, 0, 100, 0, IVestingVault.Mode.LockThenLinear);
        assertEq(vault.vestedAt(locked, START + 99), 0, "before");
        assertEq(vault.vestedAt(locked, START + 100), 7, "at");
        uint256 atOnce = createWith(7, 0, 0, 0, IVestingVault.Mode.Cliff);
        assertEq(vault.vestedAt(atOnce, START), 7, "no times at all");
        assertEq(vault.claim(atOnce), 7, "claimable in the block of the grant");
    }

    function test_V17_GivenStartInThePast_ItHasVestedSinceThen() public {
        IVestingVault.Grant memory grant = terms();
        grant.start = uint64(START - LOCK - LINEAR / 4);
        uint256 id = create(grant);
        assertEq(vault.claimable(id), AMOUNT / 4, "a quarter");
        grant.start = 0;
        assertEq(vault.claimable(create(grant)), AMOUNT, "start of 1970");
    }

    function test_V18_GivenStartFarAhead_ItIsRefusedAfterTenYears() public {
        IVestingVault.Grant memory grant = terms();
        grant.start = uint64(START + 3650 days + 1);
        expectRefused(
            grant,
            abi.encodeWithSelector(
                IVestingVault.VestingVault_StartTooFar.selector, START + 3650 days + 1, START + 3650 days
            )
        );
        grant.start = uint64(START + 3650 days);
        create(grant);
    }

    function test_V19_GivenBeneficiaryZeroOrTheVault_ItIsRefused() public {
        address[2] memory wrong = [address(0), address(vault)];
        for (uint256 i; i < 2; ++i) {
            IVestingVault.Grant memory grant = terms();
            grant.beneficiary = wrong[i];
            expectRefused(
                grant,
                abi.encodeWithSelector(IVestingVault.VestingVault_BeneficiaryInvalid.selector, wrong[i])
            );
        }
    }

    function test_V20_GivenTokenWithoutCode_ItRefusesToSweepIt() public {
        vm.prank(admin);
        vm.expectRevert(abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, bob));
        vault.sweepToken(bob, carol, 1);
    }

    function test_V22_GivenBatchSumDiffersByOneWei_ItIsRefusedWhole() public {
        IVestingVault.Grant[] memory list = new IVestingVault.Grant[](3);
        (list[0], list[1], list[2]) = (terms(), terms(), terms());
        uint256 sum = 3 * uint256(AMOUNT);
        vm.deal(admin, sum + 1);
        for (uint256 value = sum - 1; value <= sum + 1; value += 2) {
            vm.prank(admin);
            vm.expectRevert(
                abi.encodeWithSelector(IVestingVault.VestingVault_FundingDiffers.selector, value, sum)
            );
            vault.createGrants{value: value}(list);
        }
        assertEq(
            vault.grantCount() + vault.totalAllocated() + vault.bucketGranted(TEAM), 0, "nothing left behind"
        );
    }

    function test_V23_GivenABlockFullOfGrants_ItTellsHowManyFit() public {
        // 80 % of 8 million gas; the last batch that fits, found here once, must keep fitting.
        IVestingVault.Grant[] memory list = new IVestingVault.Grant[](60);
        for (uint256 i; i < 60; ++i) {
            list[i] = terms();
        }
        uint256 sum = 60 * uint256(AMOUNT);
        vm.deal(admin, sum);
        vm.prank(admin);
        uint256 gasBefore = gasleft();
        vault.createGrants{value: sum}(list);
        assertLe(gasBefore - gasleft(), 6_400_000, "60 grants in a block");
        assertEq(vault.grantCount(), 60, "all");
    }

    function test_V47_GivenTheWrapperAsReceiver_ItPaysEachGrantOnceInOneCoin() public {
        WMASA wrapper = new WMASA();
        uint256 id = createWith(1000, 0, 0, 1000, IVestingVault.Mode.LockThenLinear);
        uint256 other = createWith(5000, 0, 0, 1000, IVestingVault.Mode.LockThenLinear);
        vm.warp(START + 500);
        vm.prank(alice);
        vault.claimTo(id, address(wrapper));
        // The wrapper credits who pays it: the vault. The beneficiary chose a wrong receiver and is paid nothing again.
        assertEq(wrapper.balanceOf(address(vault)), 500, "wrapped for the vault");
        assertEq(vault.claimable(id), 0, "and counted as paid");
        assertEq(alice.balance, 0, "not in native coins as well");
        vm.prank(admin);
        vault.sweepToken(address(wrapper), alice, 500);
        assertEq(wrapper.balanceOf(alice), 500, "the owner can hand the wrapped coins on");
        assertEq(address(vault).balance, vault.liabilities(), "grants are whole");
        vm.warp(START + 1000);
        assertEq(vault.claim(id) + vault.claim(other), 5500, "the rest is native");
    }
}
