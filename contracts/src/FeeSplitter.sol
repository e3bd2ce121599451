// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IFeeSplitter} from "./interfaces/IFeeSplitter.sol";
import {NativeTransfer} from "./libraries/NativeTransfer.sol";
import {Ownable, Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @title FeeSplitter
/// @notice See the documentation in {IFeeSplitter}.
contract FeeSplitter is IFeeSplitter, Ownable2Step {
    using NativeTransfer for address;
    using SafeERC20 for IERC20;

    /// @inheritdoc IFeeSplitter
    address public constant BLACKHOLE = 0x0100000000000000000000000000000000000000;
    /// @notice Most payees that a split can have.
    uint256 public constant MAX_PAYEES = 64;
    uint256 private constant WHOLE = 10_000;

    /// @inheritdoc IFeeSplitter
    uint16 public burnBasisPoints;
    /// @inheritdoc IFeeSplitter
    uint256 public totalOwed;
    /// @inheritdoc IFeeSplitter
    uint256 public totalBurned;
    /// @inheritdoc IFeeSplitter
    uint256 public totalPaid;
    /// @inheritdoc IFeeSplitter
    mapping(address payee => uint256) public owed;
    Payee[] private _payees;

    /// @param admin Owner; should be a timelock.
    /// @param burnBasisPoints_ Burned part of each fee.
    /// @param payees_ Who shares the unburned part.
    /// @param basisPoints Their shares, together 10,000.
    constructor(address admin, uint16 burnBasisPoints_, address[] memory payees_, uint16[] memory basisPoints)
        Ownable(admin)
    {
        _setShares(burnBasisPoints_, payees_, basisPoints);
    }

    /// @notice Plain transfers are fees.
    receive() external payable {}

    /// @inheritdoc IFeeSplitter
    function distribute() external returns (uint256 burned, uint256 credited) {
        return _distribute();
    }

    /// @inheritdoc IFeeSplitter
    function withdraw(address payee) external returns (uint256 amount) {
        return _withdraw(payee, payee);
    }

    /// @inheritdoc IFeeSplitter
    function withdrawTo(address receiver) external returns (uint256 amount) {
        return _withdraw(msg.sender, receiver);
    }

    /// @inheritdoc IFeeSplitter
    function setShares(uint16 burnBasisPoints_, address[] calldata payees_, uint16[] calldata basisPoints)
        external
        onlyOwner
    {
        _distribute();
        _setShares(burnBasisPoints_, payees_, basisPoints);
    }

    /// @inheritdoc IFeeSplitter
    function sweepToken(address token, address receiver, uint256 amount) external onlyOwner {
        emit TokenSwept(token, receiver, amount);
        IERC20(token).safeTransfer(receiver, amount);
    }

    /// @inheritdoc IFeeSplitter
    function payees() external view returns (Payee[] memory) {
        return _payees;
    }

    /// @inheritdoc IFeeSplitter
    function pending() public view returns (uint256) {
        return address(this).balance - totalOwed;
    }

    function _distribute() private returns (uint256 burned, uint256 credited) {
        uint256 amount = pending();
        if (amount == 0) return (0, 0);

        uint256 rest = (amount * (WHOLE - burnBasisPoints)) / WHOLE;
        uint256 count = _payees.length;
        for (uint256 i; i < count; ++i) {
            Payee memory payee = _payees[i];
            uint256 share = (rest * payee.basisPoints) / WHOLE;
            owed[payee.account] += share;
            credited += share;
            emit Credited(payee.account, share);
        }
        burned = amount - credited;
        totalOwed += credited;
        totalBurned += burned;
        emit Distributed(msg.sender, amount, burned, credited);

        // The blackhole has no code and cannot refuse; payees are not called here, so nobody can stop the burn.
        if (!BLACKHOLE.trySend(burned)) revert FeeSplitter_TransferFailed(BLACKHOLE, burned);
    }

    function _withdraw(address payee, address receiver) private returns (uint256 amount) {
        amount = owed[payee];
        if (amount == 0) revert FeeSplitter_NothingOwed(payee);

        owed[payee] = 0;
        totalOwed -= amount;
        totalPaid += amount;
        emit Withdrawn(payee, receiver, amount);

        if (!receiver.trySend(amount)) revert FeeSplitter_TransferFailed(receiver, amount);
    }

    function _setShares(uint16 burnBasisPoints_, address[] memory payees_, uint16[] memory basisPoints)
        private
    {
        uint256 count = payees_.length;
        if (count != basisPoints.length) revert FeeSplitter_LengthsDiffer(count, basisPoints.length);
        if (count > MAX_PAYEES) revert FeeSplitter_TooManyPayees(count, MAX_PAYEES);
        if (burnBasisPoints_ > WHOLE) revert FeeSplitter_BurnAboveWhole(burnBasisPoints_);

        burnBasisPoints = burnBasisPoints_;
        delete _payees;
        uint256 sum;
        for (uint256 i; i < count; ++i) {
            address account = payees_[i];
            if (account == address(0) || account == address(this) || account == BLACKHOLE) {
                revert FeeSplitter_PayeeInvalid(account);
            }
            if (basisPoints[i] == 0) revert FeeSplitter_ShareZero(account);
            for (uint256 j; j < i; ++j) {
                if (payees_[j] == account) revert FeeSplitter_PayeeRepeated(account);
            }
            sum += basisPoints[i];
            _payees.push(Payee(account, basisPoints[i]));
        }
        // Without payees everything must be burned.
        if (sum != WHOLE && !(count == 0 && burnBasisPoints_ == WHOLE)) {
            revert FeeSplitter_SharesNotWhole(sum);
        }
        emit SharesSet(burnBasisPoints_, _payees);
    }
}
