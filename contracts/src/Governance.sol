// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

// Compiled with the project because genesis places it and owners are set to it; nothing of it is changed.
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
