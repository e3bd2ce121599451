/** ID of Subnet-EVM: the bytes of "subnetevm", then zeros. Also the file name of its plugin. */
export const SUBNET_EVM_ID = 'srEXiWaHuhNyGwPUi444Tu47ZEDwxTWrbQiuD7FmgSAQ6X7Dy';
