/** First byte that the kernels do not use themselves: blocks for their arguments are laid out from here. */
export const FREE_FROM: usize = __heap_base;
