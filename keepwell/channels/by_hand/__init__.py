"""What staff write down themselves: a call that was answered, a voice message, something they noticed."""
