// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {FeeSplitter} from "../src/FeeSplitter.sol";
import {MasaStaking} from "../src/MasaStaking.sol";
import {MasaToken} from "../src/MasaToken.sol";
import {VestingVault} from "../src/VestingVault.sol";
import {WMASA} from "../src/WMASA.sol";
import {IVestingVault} from "../src/interfaces/IVestingVault.sol";
import {BaseTest} from "./base/BaseTest.sol";
import {VestingWallet} from "@openzeppelin/contracts/finance/VestingWallet.sol";

/// @notice Gas of the main calls, kept in contracts/snapshots/gas; scripts/dev/contracts-gas.mjs writes and checks them.
/// Receivers have been paid before, so that no call pays for the birth of an account.
contract GasTest is BaseTest {
    function setUp() public {
        vm.warp(START);
        address[4] memory users = [alice, bob, carol, BLACKHOLE];
        for (uint256 i; i < users.length; ++i) {
            vm.deal(users[i], 1);
        }
        vm.deal(address(this), 1_000_000 ether);
        vm.deal(alice, 1_000_000 ether);
    }

    function grants(uint256 count) private view returns (IVestingVault.Grant[] memory list) {
        list = new IVestingVault.Grant[](count);
        for (uint256 i; i < count; ++i) {
            list[i] = IVestingVault.Grant(
                alice,
                1000 ether,
                0,
                uint64(START),
                100,
                1000,
                IVestingVault.Mode.LockThenLinear,
                true,
                "bucket"
            );
        }
    }

    function test_VestingVault_ItIsMeasured() public {
        VestingVault vault = new VestingVault(address(this), new IVestingVault.Grant[](0));
        vault.openBucket("bucket", SUPPLY);
        vault.createGrants{value: 1000 ether}(grants(1));
        vault.createGrants{value: 1000 ether}(grants(1));
        vm.snapshotGasLastCall("VestingVault", "create one grant");
        vault.createGrants{value: 60_000 ether}(grants(60));
        vm.snapshotGasLastCall("VestingVault", "create 60 grants");
        vm.warp(START + 300);
        vault.claim(0);
        vm.snapshotGasLastCall("VestingVault", "claim, first");
        vm.warp(START + 600);
        vault.claim(0);
        vm.snapshotGasLastCall("VestingVault", "claim, later");
        vault.revoke(1, bob);
        vm.snapshotGasLastCall("VestingVault", "revoke");
    }

    /// @notice OpenZeppelin's wallet for comparison: one contract for each grant.
    function test_VestingWallet_ItIsMeasured() public {
        uint256 gasBefore = gasleft();
        VestingWallet wallet = new VestingWallet(alice, uint64(START + 100), 1000);
        uint256 used = gasBefore - gasleft();
        (bool success,) = address(wallet).call{value: 1000 ether}("");
        assertTrue(success && used > 0, "funded");
        vm.warp(START + 300);
        wallet.release();
        vm.snapshotGasLastCall("OpenZeppelin VestingWallet", "release, first");
        vm.warp(START + 600);
        wallet.release();
        vm.snapshotGasLastCall("OpenZeppelin VestingWallet", "release, later");
        vm.snapshotValue("OpenZeppelin VestingWallet", "one more grant (a deployment)", used);
        assertEq(alice.balance, 1_000_500 ether, "the same schedule");
    }

    function splitter(uint256 count) private returns (FeeSplitter made) {
        address[] memory payees = new address[](count);
        uint16[] memory points = new uint16[](count);
        for (uint256 i; i < count; ++i) {
            payees[i] = i == 0 ? bob : address(uint160(0x5000 + i));
            points[i] = uint16(i == 0 ? 10_000 - (count - 1) * 156 : 156);
        }
        made = new FeeSplitter(address(this), 3000, payees, points);
        credit(address(made), 1 ether);
        made.distribute();
        credit(address(made), 1 ether);
    }

    function test_FeeSplitter_ItIsMeasured() public {
        FeeSplitter four = splitter(4);
        four.distribute();
        vm.snapshotGasLastCall("FeeSplitter", "distribute to 4 payees");
        four.withdraw(bob);
        vm.snapshotGasLastCall("FeeSplitter", "withdraw");
        splitter(64).distribute();
        vm.snapshotGasLastCall("FeeSplitter", "distribute to 64 payees");
    }

    function test_MasaStaking_ItIsMeasured() public {
        uint16[] memory periods = new uint16[](1);
        uint256[] memory rates = new uint256[](1);
        (periods[0], rates[0]) = (3, 3.75e6);
        MasaStaking staking = new MasaStaking(address(this), 30 days, 21 days, periods, rates);
        staking.fund{value: 100 ether}();
        staking.stake{value: 1 ether}(3);
        vm.startPrank(alice);
        staking.stake{value: 100 ether}(3);
        vm.snapshotGasLastCall("MasaStaking", "stake");
        vm.warp(START + 90 days);
        staking.unlock(1);
        vm.snapshotGasLastCall("MasaStaking", "unlock");
        vm.warp(START + 111 days);
        staking.claim(1);
        vm.snapshotGasLastCall("MasaStaking", "claim");
        vm.stopPrank();
    }

    function test_Tokens_ItIsMeasured() public {
        MasaToken masa = new MasaToken("Masa", "MASA", SUPPLY, address(this), address(this));
        masa.mint(alice, 10 ether);
        masa.mint(alice, 10 ether);
        vm.snapshotGasLastCall("MasaToken", "mint");
        vm.prank(alice);
        masa.transfer(bob, 1 ether);
        vm.snapshotGasLastCall("MasaToken", "transfer, to a new holder");
        WMASA wmasa = new WMASA();
        vm.startPrank(alice);
        wmasa.deposit{value: 2 ether}();
        wmasa.deposit{value: 2 ether}();
        vm.snapshotGasLastCall("WMASA", "deposit");
        wmasa.withdraw(1 ether);
        vm.snapshotGasLastCall("WMASA", "withdraw");
        vm.stopPrank();
    }
}
