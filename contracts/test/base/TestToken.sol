// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice A token of which anyone has plenty; can be told to lie or to refuse.
contract TestToken {
    enum Behaviour {
        Normal,
        ReturnsFalse,
        ReturnsNothing,
        Reverts
    }

    Behaviour public behaviour;
    mapping(address account => uint256) public balanceOf;

    error Refused();

    function give(address account, uint256 amount) external {
        balanceOf[account] += amount;
    }

    function behave(Behaviour behaviour_) external {
        behaviour = behaviour_;
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        if (behaviour == Behaviour.Reverts) revert Refused();
        if (behaviour == Behaviour.ReturnsFalse) return false;
        balanceOf[msg.sender] -= amount;
        balanceOf[to] += amount;
        if (behaviour == Behaviour.ReturnsNothing) {
            assembly {
                return(0, 0)
            }
        }
        return true;
    }
}
